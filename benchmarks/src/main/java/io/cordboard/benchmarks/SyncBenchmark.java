// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.directory.Directory;
import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.SyncReport;
import java.io.PrintStream;
import java.nio.file.Path;

/** All contacts of a CRM are read: how many a second, by how many requests, and how near to the vendor's limit. */
final class SyncBenchmark {
    private static final int CONTACTS = 50_000;

    private SyncBenchmark() {}

    static void run(Path folder, PrintStream out) {
        out.println("### Full sync of " + CONTACTS + " contacts");
        out.println(
                "| CRM | read | numbers | seconds | contacts/s | HTTP requests | requests/s | share of the limit |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Vendor vendor : Vendor.ALL) {
            try (OpenCrm crm = OpenCrm.open(vendor, CONTACTS, folder.resolve(vendor.type()));
                    Directory directory = Directory.builder(
                                    new NumberPlan("RU"), crm.store().contacts())
                            .account(crm.connector(), "RU", crm.store().memory(OpenCrm.ACCOUNT))
                            .open()) {
                long before = crm.requests();
                SyncReport report = directory.sync(OpenCrm.ACCOUNT, (read, total) -> {});
                long requests = crm.requests() - before;
                double seconds = report.took().toNanos() / 1e9;
                out.printf(
                        "| %s | %d | %d | %.1f | %.0f | %d | %.2f | %s |%n",
                        vendor.type(),
                        report.contacts(),
                        report.numbers(),
                        seconds,
                        report.contacts() / seconds,
                        requests,
                        requests / seconds,
                        vendor.share(requests, seconds));
            }
        }
    }
}
