// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Courier;
import io.cordboard.delivery.Delivery;
import io.cordboard.store.Changes;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.CrmBooks;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A queue of 1,000 calls goes to a CRM while somebody asks for a number again and again, as an arriving call does: how
 * many calls go by one HTTP request, how near to the vendor's limit, and how long who asks has to wait.
 */
final class CrmBenchmark {
    private static final int CALLS = 1_000;
    private static final long ASK_EVERY_MILLIS = 500;

    private CrmBenchmark() {}

    static void run(Path folder, PrintStream out) throws Exception {
        out.println("### A queue of " + CALLS + " calls, with a live question every " + ASK_EVERY_MILLIS + " ms");
        out.println(
                "| CRM | records | HTTP requests of the queue | calls a request | seconds | requests/s, all | share of"
                        + " the limit | live questions (unanswered) | p50 / longest ms |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        for (Vendor vendor : Vendor.ALL) {
            try (OpenCrm crm = OpenCrm.open(vendor, CALLS, folder.resolve(vendor.type()))) {
                measure(crm, vendor, out);
            }
        }
    }

    private static void measure(OpenCrm crm, Vendor vendor, PrintStream out) throws Exception {
        SqliteStore store = crm.store();
        CrmBooks books = crm.sandbox().books();
        CountDownLatch left = new CountDownLatch(CALLS);
        store.commit(new Changes(List.of(), List.of(), queue(books, Clock.systemUTC())));
        ExecutorService asker = Executors.newSingleThreadExecutor();
        try (Courier courier = Courier.builder(store.outbox(), Clock.systemUTC())
                .crm(crm.connector())
                .listener(delivery -> left.countDown())
                .build()) {
            long before = crm.requests();
            long begun = System.nanoTime();
            courier.start();
            AtomicInteger refused = new AtomicInteger();
            Future<List<Long>> asked = asker.submit(() -> ask(crm.connector(), left, refused));
            if (!left.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException(left.getCount() + " calls were not delivered to " + vendor.type());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            long requests = crm.requests() - before;
            Percentiles waits = new Percentiles(
                    asked.get().stream().mapToLong(Long::longValue).toArray());
            long own = requests - (long) waits.count() * vendor.requestsASearch();
            out.printf(
                    "| %s | %d | %d | %.1f | %.1f | %.2f | %s | %d (%d) | %.0f / %.0f |%n",
                    vendor.type(),
                    books.calls().stream().filter(CrmBooks.HeldCall::finished).count(),
                    own,
                    (double) CALLS / own,
                    seconds,
                    requests / seconds,
                    vendor.share(requests, seconds),
                    waits.count(),
                    refused.get(),
                    waits.millis(0.5),
                    waits.millis(1));
        } finally {
            asker.shutdownNow();
        }
    }

    /** How long each question took, in nanoseconds, until the queue is empty. */
    private static List<Long> ask(Connector connector, CountDownLatch left, AtomicInteger refused)
            throws InterruptedException {
        ContactSearch search = connector.role(ContactSearch.class).orElseThrow();
        List<Long> nanos = new ArrayList<>();
        do {
            long begun = System.nanoTime();
            // Nobody has the number: what a stranger's call asks for.
            try {
                search.search(PhoneNumber.of("+7495900" + (1_000 + nanos.size())));
            } catch (ConnectorException e) {
                refused.incrementAndGet();
            }
            nanos.add(System.nanoTime() - begun);
        } while (!left.await(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        return nanos;
    }

    private static List<Delivery> queue(CrmBooks books, Clock clock) {
        List<CrmBooks.HeldContact> contacts = books.contacts();
        List<Delivery> queue = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            CallId call = new CallId("office", "in_" + i);
            CrmBooks.HeldContact contact = contacts.get(i % contacts.size());
            CrmWrite write = new CrmWrite.LogCall(
                    call,
                    Direction.INBOUND,
                    PhoneNumber.of(People.number(i)),
                    People.number(i),
                    "74951110001",
                    books.agents().get(i % books.agents().size()),
                    true,
                    EndReason.COMPLETED,
                    clock.instant().minusSeconds(100),
                    Duration.ofSeconds(42),
                    new ContactRef(OpenCrm.ACCOUNT, ContactRef.Type.CONTACT, contact.id()),
                    null,
                    0);
            queue.add(Delivery.planned(OpenCrm.ACCOUNT, call + "/log", call.toString(), null, write, clock.instant()));
        }
        return queue;
    }
}
