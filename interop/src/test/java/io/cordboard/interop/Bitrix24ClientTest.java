// SPDX-License-Identifier: Apache-2.0
package io.cordboard.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's own JavaScript SDK understands the Bitrix24 sandbox, and the sandbox understands it. */
@WithNode
final class Bitrix24ClientTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void b24jssdkWorksWithCallsBatchesAndLists() {
        SandboxOptions options =
                SandboxOptions.DEFAULTS.withTls(true).withLimits(false).withContacts(120);
        try (Bitrix24Sandbox portal = Bitrix24Sandbox.start(options)) {
            Map<String, Object> found = new NodeClient(folder).run("bitrix24.mjs", portal, Map.of());

            assertThat(found)
                    .containsEntry("who", "1")
                    .containsEntry("phone", "+7 (916) 555-01-02")
                    .containsEntry("listed", 121)
                    .containsEntry("fetched", 121);
            assertThat(Objects.requireNonNull(found.get("refused")).toString()).contains("Method not found");
            assertThat(portal.calls()).singleElement().satisfies(call -> {
                assertThat(call.callId()).isEqualTo(found.get("call"));
                assertThat(call.finished()).isTrue();
                assertThat(call.duration()).isEqualTo(12);
            });
        }
    }
}
