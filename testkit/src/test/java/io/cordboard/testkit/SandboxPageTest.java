// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/sandboxes.md names every fault. */
class SandboxPageTest {
    @Test
    void everyFaultIsThere() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "sandboxes.md"));
        assertThat(Arrays.stream(Faults.Kind.values()).map(Faults.Kind::key))
                .allSatisfy(name -> assertThat(rows).anyMatch(row -> row.startsWith("| `" + name + "` |")));
    }
}
