// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** The server is killed while it writes to Bitrix24. */
final class KillTest extends KillTests {
    /** What the largest plan lets through. */
    private static final int REQUESTS_PER_SECOND = 5;

    private static final int BURST = 250;

    KillTest() {
        super(50);
    }

    @Override
    CrmSandbox crm() {
        Bitrix24Sandbox portal =
                Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(200).withStrict(false));
        portal.limit(REQUESTS_PER_SECOND, BURST);
        return portal;
    }

    @Override
    Map<String, Object> settings(CrmSandbox crm) {
        Map<String, Object> settings = new LinkedHashMap<>(crm.config());
        settings.put("requestsPerSecond", REQUESTS_PER_SECOND);
        settings.put("burst", BURST);
        return settings;
    }

    @Override
    void hurry(CrmSandbox crm) {
        ((Bitrix24Sandbox) crm).limit(10 * REQUESTS_PER_SECOND, BURST);
    }
}
