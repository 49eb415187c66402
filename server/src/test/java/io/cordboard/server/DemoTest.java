// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void everyKindOfCallEndsUpInTheCrmExactlyOnce() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        int code = Main.run(new Console(stream, stream, Map.of(), Clock.systemUTC()), "demo", "--once");

        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "21 of 21 calls are in the CRM as they happened; nothing is there twice, nothing is missing.");
    }
}
