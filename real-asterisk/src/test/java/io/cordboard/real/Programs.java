// SPDX-License-Identifier: Apache-2.0
package io.cordboard.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The folder with the two programs, {@code asterisk} and {@code sipp}, unpacked if they are not there yet.
 *
 * @param folder the folder
 * @param version what Asterisk says of itself
 */
record Programs(Path folder, String version) {
    private static final int LONGEST_DOWNLOAD_MINUTES = 5;

    /** Where they cannot be had, the tests fail with the script's own line. */
    static Programs get() throws IOException, InterruptedException {
        Path module = Path.of("").toAbsolutePath();
        Path said = Files.createTempFile("get-asterisk", ".txt");
        Process script = new ProcessBuilder(
                        module.resolve("get-asterisk").toString(),
                        module.resolve(".asterisk").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = script.waitFor(LONGEST_DOWNLOAD_MINUTES, TimeUnit.MINUTES);
        String text = Files.readString(said).strip();
        Files.delete(said);
        if (!ended || script.exitValue() != 0) {
            script.destroyForcibly();
            throw new AssertionError("there is no real Asterisk to test with: " + text);
        }
        Path folder = Path.of(text.lines().reduce((first, last) -> last).orElseThrow());
        return new Programs(folder, Files.readString(folder.resolve("version")).strip());
    }

    Path asterisk() {
        return folder.resolve("asterisk");
    }

    Path sipp() {
        return folder.resolve("sipp");
    }
}
