// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.Cordboard;
import io.cordboard.connector.Connector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the connectors counted: their requests by outcome, and everything else under their own names. */
final class VendorMetrics {
    private static final String REQUESTS = "requests_";
    private static final String MICROS = "requests_micros";
    private static final List<String> OUTCOMES = List.of("2xx", "3xx", "4xx", "5xx", "429", "lost", "unsent");

    private final Exposition out;
    private final List<Counted> all = new ArrayList<>();

    VendorMetrics(Exposition out, Cordboard cordboard, Collection<About.Account> accounts) {
        this.out = out;
        for (About.Account account : accounts) {
            cordboard.connector(account.id()).map(Connector::counts).ifPresent(counts -> {
                all.add(new Counted(account, new TreeMap<>(counts)));
            });
        }
    }

    void write() {
        out.family(
                "cordboard_vendor_requests_total",
                "counter",
                "HTTP requests to the vendor by what came of them: the class of the status, 429, lost (sent and not"
                        + " answered), unsent.");
        for (Counted one : all) {
            for (String outcome : OUTCOMES) {
                Long count = one.counts().get(REQUESTS + outcome);
                if (count != null) {
                    out.sample(
                            "cordboard_vendor_requests_total",
                            count,
                            "account",
                            one.account().id(),
                            "vendor",
                            one.account().vendor(),
                            "outcome",
                            outcome);
                }
            }
        }
        durations();
        others().forEach((name, counted) -> {
            String metric = "cordboard_connector_" + name.replaceAll("[^a-z0-9_]", "_") + "_total";
            out.family(metric, "counter", "Counted by the connector since its start: " + name.replace('_', ' ') + ".");
            counted.forEach(one -> sample(metric, one.counts().getOrDefault(name, 0L), one));
        });
    }

    private void durations() {
        String name = "cordboard_vendor_request_seconds";
        out.family(name, "summary", "How long HTTP requests to the vendor took until the answer began.");
        for (Counted one : all) {
            Long micros = one.counts().get(MICROS);
            if (micros != null) {
                out.micros(
                        name + "_sum",
                        micros,
                        "account",
                        one.account().id(),
                        "vendor",
                        one.account().vendor());
                sample(
                        name + "_count",
                        OUTCOMES.stream()
                                .mapToLong(outcome -> one.counts().getOrDefault(REQUESTS + outcome, 0L))
                                .sum(),
                        one);
            }
        }
    }

    /** {@return the connectors that count something, by the name of what they count} */
    private Map<String, List<Counted>> others() {
        Map<String, List<Counted>> others = new TreeMap<>();
        for (Counted one : all) {
            one.counts().keySet().stream()
                    .filter(name -> !name.equals(MICROS) && !OUTCOMES.contains(outcome(name)))
                    .forEach(name -> others.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                            .add(one));
        }
        return others;
    }

    private static String outcome(String name) {
        return name.startsWith(REQUESTS) ? name.substring(REQUESTS.length()) : "";
    }

    private void sample(String metric, long value, Counted one) {
        out.sample(
                metric,
                value,
                "account",
                one.account().id(),
                "vendor",
                one.account().vendor());
    }

    private record Counted(About.Account account, Map<String, Long> counts) {}
}
