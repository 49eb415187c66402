// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.store.Changes;
import io.cordboard.store.SqliteStore;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Events stored a second, each acknowledged after its fsync, beside bare appends with fsync to a file on the same disk.
 */
final class StoreBenchmark {
    private static final int SECONDS = 5;
    private static final int ROUNDS = 3;
    private static final int BYTES = 600;

    private StoreBenchmark() {}

    static void run(Path folder, PrintStream out) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        out.println("### Events stored a second, acknowledged after fsync");
        out.println(
                "| round | bare append + fsync, 1 writer | store, 1 writer | store, 64 writers | ratio 64 writers / bare |");
        out.println("|---|---|---|---|---|");
        try (SqliteStore store = SqliteStore.open(folder.resolve("store"), clock);
                FileChannel file = FileChannel.open(
                        folder.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            AtomicLong serial = new AtomicLong();
            Instant now = clock.instant();
            IntConsumer storing = writer -> store.commit(Changes.events(List.of(event(serial.incrementAndGet(), now))));
            perSecond(64, storing, 2);
            for (int round = 1; round <= ROUNDS; round++) {
                double bare = perSecond(1, writer -> append(file), SECONDS);
                double one = perSecond(1, storing, SECONDS);
                double many = perSecond(64, storing, SECONDS);
                out.printf("| %d | %,.0f | %,.0f | %,.0f | %.2f |%n", round, bare, one, many, many / bare);
            }
        }
    }

    private static CallEvent event(long serial, Instant now) {
        CallId call = new CallId("bench", "in_" + serial);
        return new CallEvent.Arrived(
                call,
                now,
                Direction.INBOUND,
                Caller.raw("+7916" + (1_000_000 + serial % 9_000_000)),
                "74951110001",
                null,
                null);
    }

    private static void append(FileChannel file) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double perSecond(int writers, IntConsumer work, int seconds) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        long begun = System.nanoTime();
        long end = begun + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    work.accept(writer);
                    done.incrementAndGet();
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return done.get() * 1e9 / (System.nanoTime() - begun);
    }
}
