// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A program that stores events from several threads and tells each acknowledged one, until it is killed. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        String round = args[1];
        SqliteStore store = SqliteStore.open(folder, Clock.systemUTC());
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        for (int t = 0; t < 8; t++) {
            String thread = round + "-" + t;
            new Thread(() -> write(store, out, thread)).start();
        }
    }

    private static void write(SqliteStore store, FileOutputStream out, String thread) {
        for (int i = 0; ; i++) {
            var call = Samples.id(thread);
            store.commit(Changes.events(List.of(Samples.queued(call, Samples.T0, "q" + i))));
            try {
                // One write a line, straight to the pipe: what the kill cuts off was not told.
                out.write((thread + " " + i + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
