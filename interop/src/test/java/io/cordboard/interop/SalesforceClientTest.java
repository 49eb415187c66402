// SPDX-License-Identifier: Apache-2.0
package io.cordboard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.salesforce.SalesforceSandbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jsforce understands the SOAP and the OAuth of the Salesforce sandbox, and the sandbox understands it. */
@WithNode
final class SalesforceClientTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void jsforceWorksWithRecordsSessionsAndTokens() {
        try (SalesforceSandbox org =
                SalesforceSandbox.start(SandboxOptions.DEFAULTS.withTls(true).withLimits(false))) {
            org.configure(Map.of("soapLogin", true));

            Map<String, Object> found = new NodeClient(folder)
                    .run("salesforce.mjs", org, Map.of("username", org.username(), "password", "secret-user1"));

            assertThat(org.rows("Task"))
                    .singleElement()
                    .satisfies(task -> assertThat(task)
                            .containsEntry("Id", found.get("task"))
                            .containsEntry("Subject", "Second")
                            .containsEntry("CallDisposition", "Answered")
                            .containsEntry("WhoId", found.get("contact")));
            assertThat(org.rows("Contact"))
                    .filteredOn(contact ->
                            Objects.requireNonNull(found.get("contact")).equals(contact.get("Id")))
                    .singleElement()
                    .satisfies(contact -> assertThat(contact).containsEntry("LastName", "Interop <&> Anna"));
            assertThat(org.rows("Lead"))
                    .filteredOn(
                            lead -> Objects.requireNonNull(found.get("lead")).equals(lead.get("Id")))
                    .singleElement()
                    .satisfies(lead -> assertThat(lead)
                            .containsEntry("IsConverted", "true")
                            .containsEntry("ConvertedContactId", found.get("converted")));
            assertThat(found.get("user")).asString().startsWith("005");
        }
    }
}
