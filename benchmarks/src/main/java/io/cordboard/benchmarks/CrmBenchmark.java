// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.bitrix24.Bitrix24;
import io.cordboard.bitrix24.Bitrix24Settings;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Courier;
import io.cordboard.delivery.Delivery;
import io.cordboard.store.Changes;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Call;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A queue of 1,000 calls goes to Bitrix24: how many are logged by one HTTP request, and how near to the vendor's limit.
 */
final class CrmBenchmark {
    private static final int CALLS = 1_000;

    private CrmBenchmark() {}

    static void run(Path folder, PrintStream out) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        CountDownLatch left = new CountDownLatch(CALLS);
        try (Bitrix24Sandbox portal = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withStrict(false));
                SqliteStore store = SqliteStore.open(folder, clock);
                Bitrix24 connector = Bitrix24.create(
                        new ConnectorContext("main", "RU", clock, store.memory("main")),
                        Bitrix24Settings.of(
                                Map.of("webhookUrl", portal.webhookUrl().toString())))) {
            store.commit(new Changes(List.of(), List.of(), queue(clock)));
            try (Courier courier = Courier.builder(store.outbox(), clock)
                    .crm(connector)
                    .batchSize(50)
                    .listener(delivery -> left.countDown())
                    .build()) {
                long before = portal.requests();
                long begun = System.nanoTime();
                courier.start();
                if (!left.await(5, TimeUnit.MINUTES)) {
                    throw new IllegalStateException(left.getCount() + " calls were not delivered");
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                print(portal, portal.requests() - before, seconds, out);
            }
        }
    }

    private static void print(Bitrix24Sandbox portal, long requests, double seconds, PrintStream out) {
        long records = portal.calls().stream().filter(Bitrix24Call::finished).count();
        out.println("### A queue of " + CALLS + " calls to Bitrix24 (limit 2 requests/s, burst 50)");
        out.println(
                "| records in the CRM | HTTP requests | calls a request | writes a request | seconds | requests/s |");
        out.println("|---|---|---|---|---|---|");
        out.printf(
                "| %d | %d | %.1f | %.1f | %.1f | %.2f |%n",
                records, requests, (double) CALLS / requests, 2.0 * CALLS / requests, seconds, requests / seconds);
    }

    private static List<Delivery> queue(Clock clock) {
        List<Delivery> queue = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            CallId call = new CallId("office", "in_" + i);
            CrmWrite write = new CrmWrite.LogCall(
                    call,
                    Direction.INBOUND,
                    PhoneNumber.of(People.number(i)),
                    People.number(i),
                    "74951110001",
                    "1",
                    true,
                    EndReason.COMPLETED,
                    clock.instant().minusSeconds(100),
                    Duration.ofSeconds(42),
                    null,
                    null,
                    0);
            queue.add(Delivery.planned("main", call + "/log", call.toString(), null, write, clock.instant()));
        }
        return queue;
    }
}
