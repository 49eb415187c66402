// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.Cordboard;
import io.cordboard.delivery.Delivery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens and writes it for Prometheus. Safe for use by many threads. */
final class Tally {
    private static final double[] BUCKETS = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 1};

    private final Map<Webhook, LongAdder> webhooks = new ConcurrentSkipListMap<>();
    private final Map<Integer, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final LongAdder[] lookups = new LongAdder[BUCKETS.length + 1];
    private final LongAdder lookupMicros = new LongAdder();

    Tally() {
        for (int i = 0; i < lookups.length; i++) {
            lookups[i] = new LongAdder();
        }
    }

    void webhook(String account, int status) {
        webhooks.computeIfAbsent(new Webhook(account, status), w -> new LongAdder())
                .increment();
    }

    void request(int status) {
        requests.computeIfAbsent(status, s -> new LongAdder()).increment();
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
        Exposition out = new Exposition();
        out.family("cordboard_webhooks_total", "counter", "Requests of vendors to webhooks, by the answer's status.");
        webhooks.forEach((key, value) -> out.sample(
                "cordboard_webhooks_total",
                value.sum(),
                "account",
                key.account(),
                "status",
                Integer.toString(key.status())));
        out.family("cordboard_http_requests_total", "counter", "Requests to the server, by the answer's status.");
        requests.forEach((status, value) ->
                out.sample("cordboard_http_requests_total", value.sum(), "status", Integer.toString(status)));
        lookups(out);
        deliveries(out, cordboard, accounts);
        out.family("cordboard_account_status", "gauge", "1 for the status that the account has now.");
        new TreeMap<>(cordboard.health())
                .forEach((account, health) -> out.sample(
                        "cordboard_account_status",
                        1,
                        "account",
                        account,
                        "status",
                        health.status().name().toLowerCase(Locale.ROOT)));
        new VendorMetrics(out, cordboard, accounts).write();
        engine(out, cordboard.counters());
        return out.toString();
    }

    private void lookups(Exposition out) {
        out.family("cordboard_lookup_seconds", "histogram", "How long it took to tell whose number it is.");
        long sum = 0;
        for (int i = 0; i < BUCKETS.length; i++) {
            sum += lookups[i].sum();
            out.sample("cordboard_lookup_seconds_bucket", sum, "le", Double.toString(BUCKETS[i]));
        }
        sum += lookups[BUCKETS.length].sum();
        out.sample("cordboard_lookup_seconds_bucket", sum, "le", "+Inf");
        out.micros("cordboard_lookup_seconds_sum", lookupMicros.sum());
        out.sample("cordboard_lookup_seconds_count", sum);
    }

    private static void deliveries(Exposition out, Cordboard cordboard, List<About.Account> accounts) {
        out.family("cordboard_deliveries", "gauge", "Deliveries to the CRM, by state.");
        for (About.Account account : accounts) {
            for (Delivery.State state : Delivery.State.values()) {
                out.sample(
                        "cordboard_deliveries",
                        cordboard.outbox().count(account.id(), state),
                        "account",
                        account.id(),
                        "state",
                        state.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The engine's figures are called {@code name} or {@code name{account}}; the deliveries are told above. */
    private static void engine(Exposition out, Map<String, Long> counters) {
        Map<String, Map<String, Long>> families = new TreeMap<>();
        counters.forEach((name, value) -> {
            int brace = name.indexOf('{');
            String plain = brace < 0 ? name : name.substring(0, brace);
            String account = brace < 0 ? "" : name.substring(brace + 1, name.length() - 1);
            if (!plain.startsWith("deliveries_")) {
                families.computeIfAbsent(plain, p -> new TreeMap<>()).put(account, value);
            }
        });
        families.forEach((plain, values) -> {
            String name = "cordboard_" + plain;
            boolean counts = plain.equals("events_accepted");
            out.family(name, counts ? "counter" : "gauge", "The engine's figure: " + plain.replace('_', ' ') + ".");
            values.forEach((account, value) -> {
                if (account.isEmpty()) {
                    out.sample(name, value);
                } else {
                    out.sample(name, value, "account", account);
                }
            });
        });
    }

    private record Webhook(String account, int status) implements Comparable<Webhook> {
        @Override
        public int compareTo(Webhook other) {
            int byAccount = account.compareTo(other.account);
            return byAccount == 0 ? Integer.compare(status, other.status) : byAccount;
        }
    }
}
