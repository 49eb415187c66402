// SPDX-License-Identifier: Apache-2.0
package io.cordboard.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExamplesTest {
    @TempDir
    private Path folder;

    @Test
    void whoIsCallingFindsTheContactHoweverTheNumberIsWritten() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        WhoIsCalling.run(folder, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("+7 912 345-67-89: Ольга Смирнова")
                .contains("89123456789: Ольга Смирнова")
                .contains("sip:79123456789@pbx: Ольга Смирнова")
                .contains("8 912 000-00-00: nobody");
    }

    @Test
    void callsOfAnOwnPbxBecomeOneRecordEach() throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        CallsIntoCrm.run(folder, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("the portal holds 1 record of the call");
    }
}
