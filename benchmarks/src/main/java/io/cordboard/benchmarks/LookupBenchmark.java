// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.Cordboard;
import io.cordboard.call.PhoneNumber;
import io.cordboard.directory.Directory;
import io.cordboard.directory.NumberPlan;
import io.cordboard.store.SqliteStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Whose number is it: the directory and the whole question with reading the number, beside a hash map. */
final class LookupBenchmark {
    private static final int CONTACTS = 100_000;
    private static final int QUESTIONS = 300_000;
    private static final int ROUNDS = 5;

    private LookupBenchmark() {}

    static void run(Path folder, PrintStream out) {
        Clock clock = Clock.systemUTC();
        try (SqliteStore store = SqliteStore.open(folder, clock)) {
            store.contacts().put(People.some(CONTACTS), 1);
            Map<PhoneNumber, String> map = new HashMap<>();
            PhoneNumber[] numbers = new PhoneNumber[CONTACTS];
            for (int i = 0; i < CONTACTS; i++) {
                numbers[i] = PhoneNumber.of(People.number(i));
                map.put(numbers[i], String.valueOf(i));
            }
            try (Directory directory = Directory.builder(new NumberPlan("RU"), store.contacts())
                            .clock(clock)
                            .open();
                    Cordboard cordboard = Cordboard.builder(store).build()) {
                out.println("### Whose number is it, " + CONTACTS + " contacts, one thread, microseconds p50 / p99");
                out.println("| round | hash map | directory | text of the number read, then directory |");
                out.println("|---|---|---|---|");
                for (int round = 1; round <= ROUNDS; round++) {
                    Percentiles bare = time(i -> map.containsKey(numbers[i]));
                    Percentiles ours =
                            time(i -> !directory.lookup(numbers[i]).matches().isEmpty());
                    Percentiles whole = time(i -> !cordboard
                            .lookup(numbers[i].digits())
                            .lookup()
                            .matches()
                            .isEmpty());
                    out.printf(
                            "| %d | %.2f / %.2f | %.2f / %.2f | %.2f / %.2f |%n",
                            round,
                            bare.micros(0.5),
                            bare.micros(0.99),
                            ours.micros(0.5),
                            ours.micros(0.99),
                            whole.micros(0.5),
                            whole.micros(0.99));
                }
            }
        }
    }

    private static Percentiles time(Question question) {
        long[] nanos = new long[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            int person = (int) (i * 7_919L % CONTACTS);
            long begun = System.nanoTime();
            boolean found = question.knows(person);
            nanos[i] = System.nanoTime() - begun;
            if (!found) {
                throw new IllegalStateException("number " + person + " was not found");
            }
        }
        return new Percentiles(nanos);
    }

    private interface Question {
        boolean knows(int person);
    }
}
