// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.Cordboard;
import io.cordboard.delivery.Delivery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens and writes it for Prometheus. Safe for use by many threads. */
final class Tally {
    private static final double[] BUCKETS = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 1};

    private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
    private final LongAdder[] lookups = new LongAdder[BUCKETS.length + 1];
    private final LongAdder lookupMicros = new LongAdder();

    Tally() {
        for (int i = 0; i < lookups.length; i++) {
            lookups[i] = new LongAdder();
        }
    }

    void webhook(String account, int status) {
        count("cordboard_webhooks_total{account=\"" + account + "\",status=\"" + status + "\"}");
    }

    void request(int status) {
        count("cordboard_http_requests_total{status=\"" + status + "\"}");
    }

    void lookup(long micros) {
        int bucket = 0;
        while (bucket < BUCKETS.length && micros / 1e6 > BUCKETS[bucket]) {
            bucket++;
        }
        lookups[bucket].increment();
        lookupMicros.add(micros);
    }

    String text(Cordboard cordboard, List<About.Account> accounts) {
        StringBuilder out = new StringBuilder();
        type(out, "cordboard_webhooks_total", "counter");
        type(out, "cordboard_http_requests_total", "counter");
        counters.forEach((name, value) -> line(out, name, value.sum()));
        lookups(out);
        type(out, "cordboard_deliveries", "gauge");
        for (About.Account account : accounts) {
            for (Delivery.State state : Delivery.State.values()) {
                long count = cordboard.outbox().count(account.id(), state);
                line(
                        out,
                        "cordboard_deliveries{account=\"" + account.id() + "\",state=\""
                                + state.name().toLowerCase(Locale.ROOT) + "\"}",
                        count);
            }
        }
        type(out, "cordboard_account_status", "gauge");
        cordboard
                .health()
                .forEach((account, health) -> line(
                        out,
                        "cordboard_account_status{account=\"" + account + "\",status=\""
                                + health.status().name().toLowerCase(Locale.ROOT) + "\"}",
                        1));
        cordboard.counters().forEach((name, value) -> counter(out, name, value));
        return out.toString();
    }

    private void lookups(StringBuilder out) {
        type(out, "cordboard_lookup_seconds", "histogram");
        long sum = 0;
        for (int i = 0; i < BUCKETS.length; i++) {
            sum += lookups[i].sum();
            line(out, "cordboard_lookup_seconds_bucket{le=\"" + BUCKETS[i] + "\"}", sum);
        }
        sum += lookups[BUCKETS.length].sum();
        line(out, "cordboard_lookup_seconds_bucket{le=\"+Inf\"}", sum);
        out.append("cordboard_lookup_seconds_sum ")
                .append(lookupMicros.sum() / 1e6)
                .append('\n');
        line(out, "cordboard_lookup_seconds_count", sum);
    }

    /** The engine writes {@code name{account}}; the deliveries are told above. */
    private static void counter(StringBuilder out, String name, long value) {
        int brace = name.indexOf('{');
        String plain = brace < 0 ? name : name.substring(0, brace);
        if (!plain.startsWith("deliveries_")) {
            String labels = brace < 0 ? "" : "{account=\"" + name.substring(brace + 1, name.length() - 1) + "\"}";
            line(out, "cordboard_" + plain + labels, value);
        }
    }

    private void count(String name) {
        counters.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    private static void type(StringBuilder out, String name, String type) {
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, long value) {
        out.append(name).append(' ').append(value).append('\n');
    }
}
