// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WholeRecordingTest {
    private static final byte[] SOUND = "abc".getBytes(StandardCharsets.US_ASCII);
    /** As FIPS 180-2 has it in its first example. */
    private static final String SUM = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static WholeRecording announced(long size) {
        return WholeRecording.of(new Recordings.Ready("r.wav", size, null, () -> new ByteArrayInputStream(SOUND)));
    }

    private static byte[] read(WholeRecording recording) throws IOException {
        try (InputStream in = recording.file().content().open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatIsReadToItsEndIsProved() throws IOException {
        for (long size : new long[] {SOUND.length, -1}) {
            WholeRecording recording = announced(size);
            assertThat(recording.proof()).isEmpty();
            assertThat(read(recording)).isEqualTo(SOUND);
            assertThat(recording.proof()).contains(new WholeRecording.Proof(SOUND.length, SUM));
        }
    }

    @Test
    void oneByteAtATimeIsTheSame() throws IOException {
        WholeRecording recording = announced(SOUND.length);
        try (InputStream in = recording.file().content().open()) {
            assertThat(in.skip(1)).isEqualTo(1);
            assertThat(in.read()).isEqualTo('b');
            assertThat(recording.proof()).as("not at its end").isEmpty();
            assertThat(in.read()).isEqualTo('c');
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(recording.proof()).contains(new WholeRecording.Proof(SOUND.length, SUM));
    }

    @Test
    void tooFewOrTooManyBytesAreNotTheRecording() {
        for (long size : new long[] {SOUND.length + 1, SOUND.length - 1}) {
            WholeRecording recording = announced(size);
            assertThatThrownBy(() -> read(recording))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(size + " were announced");
            assertThat(recording.proof()).isEmpty();
        }
    }
}
