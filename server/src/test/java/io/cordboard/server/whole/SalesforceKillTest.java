// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.salesforce.SalesforceSandbox;

/** The server is killed while it writes to Salesforce. */
final class SalesforceKillTest extends KillTests {
    SalesforceKillTest() {
        super(4);
    }

    @Override
    CrmSandbox crm() {
        return SalesforceSandbox.start(SandboxOptions.DEFAULTS.withContacts(200));
    }

    @Override
    void hurry(CrmSandbox crm) {
        // Its limit is one of the day, and far away.
    }
}
