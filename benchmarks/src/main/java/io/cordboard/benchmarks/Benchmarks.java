// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs the benchmarks that are named, or all, and prints a Markdown table each. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs.
     *
     * @param args {@code webhook}, {@code store}, {@code crm}, {@code sync}, {@code lookup}, or nothing for all
     * @throws Exception if a benchmark cannot run; the message says why
     */
    public static void main(String[] args) throws Exception {
        List<String> named = Arrays.stream(String.join(" ", args).split("[ ,]+"))
                .filter(name -> !name.isEmpty())
                .toList();
        List<String> wanted = named.isEmpty() ? List.of("webhook", "store", "crm", "sync", "lookup") : named;
        PrintStream out = System.out;
        for (String name : wanted) {
            Path folder = Files.createTempDirectory("cordboard-benchmark");
            try {
                switch (name) {
                    case "webhook" -> WebhookBenchmark.run(folder, out);
                    case "store" -> StoreBenchmark.run(folder, out);
                    case "crm" -> CrmBenchmark.run(folder, out);
                    case "sync" -> SyncBenchmark.run(folder, out);
                    case "lookup" -> LookupBenchmark.run(folder, out);
                    default ->
                        throw new IllegalArgumentException(
                                "there is no benchmark \"" + name + "\"; there are webhook, store, crm, sync, lookup");
                }
            } finally {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
