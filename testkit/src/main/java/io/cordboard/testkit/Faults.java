// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a sandbox at the moment. The same seed and the same requests, one after another, give the same
 * faults.
 *
 * <p>Each fault is off, on ({@code true}), on for the next so many requests (a whole number) or on for a part of them
 * (a fraction, such as {@code 0.2}). Safe for use by many threads.
 */
public final class Faults {
    private final Object lock = new Object();
    private final Set<String> more;
    private final long firstSeed;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Map<String, Integer> struck = new LinkedHashMap<>();
    private Random random;

    /**
     * Creates faults that are all off.
     *
     * @param seed what chance is drawn from
     * @param more the names of faults that only this vendor knows
     */
    public Faults(long seed, Set<String> more) {
        this.more = Set.copyOf(more);
        this.firstSeed = seed;
        this.random = new Random(seed);
    }

    /**
     * Switches faults, as {@code POST /_sandbox/faults} does.
     *
     * @param changes by name: {@code true}, {@code false}, a count or a fraction; {@code seed} begins chance anew;
     *     {@code only} limits the faults named beside it to one of the vendor's methods
     * @throws IllegalArgumentException naming what there is, when a name is none of it
     */
    public void set(Map<String, ?> changes) {
        Object only = changes.get("only");
        String method = only == null ? null : only.toString().toLowerCase(Locale.ROOT);
        Map<String, Rule> read = new HashMap<>();
        changes.forEach((name, value) -> {
            if (!"only".equals(name) && !"seed".equals(name)) {
                read.put(known(name), Rule.read(name, value, method));
            }
        });
        synchronized (lock) {
            if (changes.get("seed") instanceof Number seed) {
                random = new Random(seed.longValue());
            }
            read.forEach((name, rule) -> {
                if (rule.isOff()) {
                    rules.remove(name);
                } else {
                    rules.put(name, rule);
                }
            });
        }
    }

    /**
     * Switches one fault.
     *
     * @param kind which
     * @param value {@code true}, {@code false}, a count or a fraction
     */
    public void set(Kind kind, Object value) {
        set(Map.of(kind.key(), value));
    }

    /**
     * Switches one fault for one of the vendor's methods.
     *
     * @param kind which
     * @param value {@code true}, {@code false}, a count or a fraction
     * @param method the vendor's method, in any case
     */
    public void set(Kind kind, Object value, String method) {
        set(Map.of(kind.key(), value, "only", method));
    }

    /** Switches everything off and begins chance anew. */
    public void clear() {
        synchronized (lock) {
            rules.clear();
            struck.clear();
            random = new Random(firstSeed);
        }
    }

    /**
     * {@return whether a fault strikes now; uses up one of its count when it does}
     *
     * @param kind which
     * @param methods the vendor's methods that are asked for
     */
    public boolean strikes(Kind kind, Set<String> methods) {
        return strikes(kind.key(), methods);
    }

    /**
     * {@return whether a fault strikes now; uses up one of its count when it does}
     *
     * @param name the fault's name
     * @param methods the vendor's methods that are asked for
     */
    public boolean strikes(String name, Set<String> methods) {
        synchronized (lock) {
            Rule rule = rules.get(name);
            if (rule == null || !rule.covers(methods)) {
                return false;
            }
            boolean strikes = rule.fraction >= 1 || random.nextDouble() < rule.fraction;
            if (strikes) {
                struck.merge(name, 1, Integer::sum);
                rules.put(name, rule.used());
                if (rules.get(name).isOff()) {
                    rules.remove(name);
                }
            }
            return strikes;
        }
    }

    /**
     * {@return how long an answer is kept back}
     *
     * @param methods the vendor's methods that are asked for
     */
    public Duration delay(Set<String> methods) {
        return Duration.ofMillis(Math.max(0, amount(Kind.SLOW.key(), methods).orElse(0)));
    }

    /**
     * {@return the number that was given with a fault, if it is on; does not use it up}
     *
     * @param name the fault's name
     * @param methods the vendor's methods that are asked for
     */
    public Optional<Integer> amount(String name, Set<String> methods) {
        synchronized (lock) {
            return Optional.ofNullable(rules.get(name))
                    .filter(rule -> rule.covers(methods))
                    .map(rule -> rule.left);
        }
    }

    /**
     * {@return how often a fault struck since everything was switched off}
     *
     * @param kind which
     */
    public int struck(Kind kind) {
        synchronized (lock) {
            return struck.getOrDefault(kind.key(), 0);
        }
    }

    /** {@return what is on, and how often each fault struck, ready to be written as JSON} */
    public Map<String, Object> state() {
        synchronized (lock) {
            Map<String, Object> on = new LinkedHashMap<>();
            rules.forEach((name, rule) -> on.put(name, rule.text()));
            return Map.of("on", on, "struck", new LinkedHashMap<>(struck));
        }
    }

    private String known(String name) {
        Optional<String> kind = Arrays.stream(Kind.values())
                .map(Kind::key)
                .filter(key -> key.equals(name) || (key + "s").equals(name))
                .findFirst();
        if (kind.isPresent()) {
            return kind.get();
        }
        if (more.contains(name)) {
            return name;
        }
        Set<String> names = new TreeSet<>(more);
        names.addAll(Arrays.stream(Kind.values()).map(Kind::key).collect(Collectors.toSet()));
        throw new IllegalArgumentException("there is no fault \"" + name + "\"; there are " + names);
    }

    /** What every vendor's sandbox can do wrong. */
    public enum Kind {
        /** Too many requests. */
        RATE_LIMIT("rateLimit"),
        /** The vendor's server fails. */
        SERVER_ERROR("serverError"),
        /** Answers are kept back, for so many milliseconds. */
        SLOW("slowMillis"),
        /** The work is done, and then the connection is cut without an answer. */
        LOST_ANSWER("lostAnswer"),
        /** The connection is cut before anything is done. */
        DROP_BEFORE("dropBefore"),
        /** A page of HTML with status 502 comes instead of an answer; nothing is done. */
        HTML("html"),
        /** The work is done, and the answer breaks off in its middle. */
        HALF_BODY("halfBody"),
        /** What the vendor sends by itself, it sends twice. */
        DUPLICATE("duplicate"),
        /** What the vendor sends by itself, it sends in the wrong order. */
        REORDER("reorder"),
        /** The access token is no longer valid. */
        EXPIRED_TOKEN("expiredToken");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** {@return its name in {@code POST /_sandbox/faults}} */
        public String key() {
            return key;
        }
    }

    private record Rule(double fraction, int left, @Nullable String only) {
        static Rule read(String name, @Nullable Object value, @Nullable String only) {
            if (value == null || Boolean.FALSE.equals(value)) {
                return new Rule(0, 0, only);
            }
            if (Boolean.TRUE.equals(value)) {
                return new Rule(1, -1, only);
            }
            if (value instanceof Integer || value instanceof Long) {
                return new Rule(1, ((Number) value).intValue(), only);
            }
            if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
                return new Rule(number.doubleValue(), -1, only);
            }
            throw new IllegalArgumentException(
                    name + " must be true, false, a count or a fraction of 1, but is " + value);
        }

        boolean isOff() {
            return left == 0 || fraction == 0;
        }

        boolean covers(Set<String> methods) {
            return only == null
                    || methods.stream()
                            .anyMatch(method -> method.toLowerCase(Locale.ROOT).equals(only));
        }

        Rule used() {
            return left < 0 ? this : new Rule(fraction, left - 1, only);
        }

        String text() {
            String amount = left >= 0 ? Integer.toString(left) : Double.toString(fraction);
            return only == null ? amount : amount + " only " + only;
        }
    }
}
