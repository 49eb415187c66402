// SPDX-License-Identifier: Apache-2.0
package io.cordboard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.amocrm.AmoCrmSandbox;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** amocrm-js understands the amoCRM sandbox, and the sandbox understands it. */
@WithNode
final class AmoCrmClientTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void amocrmJsWorksWithCardsCallsPagesAndTokens() {
        SandboxOptions options = SandboxOptions.DEFAULTS.withTls(true).withLimits(false);
        try (AmoCrmSandbox account = AmoCrmSandbox.start(options)) {
            Map<String, String> oauth = new LinkedHashMap<>(account.integration());
            oauth.put("code", account.code());

            Map<String, Object> found = new NodeClient(folder).run("amocrm.mjs", account, Map.of("oauth", oauth));

            assertThat(found).containsEntry("subdomain", "example").containsEntry("contacts", 21);
            assertThat(account.contacts())
                    .filteredOn(
                            contact -> Objects.requireNonNull(contact.get("id")).equals(found.get("contact")))
                    .singleElement()
                    .satisfies(contact -> assertThat(contact).containsEntry("name", "Interop Anna Orlova"));
            assertThat(account.notes())
                    .singleElement()
                    .satisfies(note -> assertThat(note)
                            .containsEntry("note_type", "call_in")
                            .containsEntry("entity_type", "leads")
                            .containsEntry("entity_id", found.get("lead")));
            assertThat(account.tasks())
                    .singleElement()
                    .satisfies(task -> assertThat(task).containsEntry("entity_id", found.get("lead")));
            assertThat(account.refreshes()).isEqualTo(1);
            assertThat(account.refusedTokens()).isEqualTo(1);
        }
    }
}
