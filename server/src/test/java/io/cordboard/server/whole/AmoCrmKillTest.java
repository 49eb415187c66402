// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.amocrm.AmoCrmSandbox;
import java.util.HashMap;
import java.util.Map;

/** The server is killed while it writes to amoCRM. */
final class AmoCrmKillTest extends KillTests {
    AmoCrmKillTest() {
        super(4);
    }

    /** Its search takes digits, or asking for strangers in every spelling would be most of what the limit allows. */
    @Override
    CrmSandbox crm() {
        AmoCrmSandbox crm = AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withContacts(200));
        crm.faults().set(Map.of("looseQuery", true));
        return crm;
    }

    @Override
    Map<String, Object> settings(CrmSandbox crm) {
        Map<String, Object> settings = new HashMap<>(super.settings(crm));
        settings.put("search", "digits");
        return settings;
    }

    @Override
    void hurry(CrmSandbox crm) {
        ((AmoCrmSandbox) crm).limit(70, 500);
    }
}
