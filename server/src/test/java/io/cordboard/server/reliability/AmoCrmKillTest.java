// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.reliability;

import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.amocrm.AmoCrmSandbox;

/** The server is killed while it writes to amoCRM. */
final class AmoCrmKillTest extends KillTests {
    AmoCrmKillTest() {
        super(15);
    }

    @Override
    CrmSandbox crm() {
        return AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withContacts(200));
    }

    @Override
    void hurry(CrmSandbox crm) {
        ((AmoCrmSandbox) crm).limit(70, 500);
    }
}
