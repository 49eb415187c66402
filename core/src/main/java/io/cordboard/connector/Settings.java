// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One section of a configuration, read key by key. Mistakes are collected and reported together by {@link #finish()}.
 *
 * <p>Nested keys are written with a dot ({@code oauth.clientId}), members of a list with their place
 * ({@code allow[0]}). A key with a mistake yields a stand-in value, so that reading can go on; {@code finish()} then
 * throws. Not safe for use by many threads.
 */
public final class Settings {
    private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]+)\\s*(ms|s|m|h|d)");
    private static final URI NOWHERE = URI.create("http://invalid.invalid/");

    private final Map<String, String> values;
    private final Set<String> read = new HashSet<>();
    private final List<SettingsException.Problem> problems = new ArrayList<>();

    /**
     * Creates a reader.
     *
     * @param values the section, flattened
     */
    public Settings(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /**
     * {@return whether a key, or any key below it, is given}
     *
     * @param key the key
     */
    public boolean has(String key) {
        return values.keySet().stream()
                .anyMatch(k -> k.equals(key) || k.startsWith(key + ".") || k.startsWith(key + "["));
    }

    /**
     * {@return a required text}
     *
     * @param key the key
     */
    public String text(String key) {
        return optionalText(key).orElseGet(() -> {
            problem(key, "is required");
            return "";
        });
    }

    /**
     * {@return a text, if it is given; blank counts as not given}
     *
     * @param key the key
     */
    public Optional<String> optionalText(String key) {
        read.add(key);
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /**
     * {@return the members of a list, in order; empty when it is not given; one text counts as a list of one}
     *
     * @param key the key
     */
    public List<String> texts(String key) {
        List<String> all = new ArrayList<>();
        optionalText(key).ifPresent(all::add);
        for (int i = 0; values.containsKey(key + "[" + i + "]"); i++) {
            optionalText(key + "[" + i + "]").ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    /**
     * {@return everything below a key, with the rest of the key}
     *
     * @param key the key
     */
    public Map<String, String> below(String key) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((k, v) -> {
            if (k.startsWith(key + ".")) {
                read.add(k);
                found.put(k.substring(key.length() + 1), v);
            }
        });
        return found;
    }

    /**
     * {@return a required http or https address}
     *
     * @param key the key
     */
    public URI uri(String key) {
        return parsed(key, text(key), Settings::httpUri, "must be an http or https address")
                .orElse(NOWHERE);
    }

    /**
     * {@return an http or https address}
     *
     * @param key the key
     * @param fallback used when the key is not given
     */
    public URI uri(String key, URI fallback) {
        return optionalText(key)
                .map(text -> parsed(key, text, Settings::httpUri, "must be an http or https address")
                        .orElse(NOWHERE))
                .orElse(fallback);
    }

    /**
     * {@return a duration such as {@code 5s}, {@code 200ms}, {@code 2h} or {@code PT5S}}
     *
     * @param key the key
     * @param fallback used when the key is not given
     */
    public Duration duration(String key, Duration fallback) {
        return optionalText(key)
                .map(text -> parsed(key, text, Settings::readDuration, "must be a duration such as 5s, 200ms or 2h")
                        .orElse(fallback))
                .orElse(fallback);
    }

    /**
     * {@return a duration that is not too short}
     *
     * @param key the key
     * @param fallback used when the key is not given
     * @param least the shortest that is allowed
     */
    public Duration duration(String key, Duration fallback, Duration least) {
        Duration value = duration(key, fallback);
        if (value.compareTo(least) < 0) {
            boolean whole = least.toMillis() % 1000 == 0;
            problem(key, "must be at least " + (whole ? least.toSeconds() + "s" : least.toMillis() + "ms"));
        }
        return value;
    }

    /**
     * {@return a whole number}
     *
     * @param key the key
     * @param fallback used when the key is not given
     * @param range the least and the greatest that is allowed
     */
    public int integer(String key, int fallback, Range range) {
        String allowed = "must be a whole number from " + range.from() + " to " + range.to();
        return optionalText(key)
                .map(text -> parsed(key, text, t -> range.read(t), allowed).orElse(fallback))
                .orElse(fallback);
    }

    /**
     * {@return yes or no}
     *
     * @param key the key
     * @param fallback used when the key is not given
     */
    public boolean flag(String key, boolean fallback) {
        return choice(key, fallback ? "true" : "false", List.of("true", "false"))
                .equals("true");
    }

    /**
     * {@return one of several words}
     *
     * @param key the key
     * @param fallback used when the key is not given
     * @param allowed the words
     */
    public String choice(String key, String fallback, List<String> allowed) {
        return optionalText(key)
                .map(text -> parsed(
                                key,
                                text,
                                t -> allowed.contains(t) ? Optional.of(t) : Optional.empty(),
                                "must be one of " + String.join(", ", allowed))
                        .orElse(fallback))
                .orElse(fallback);
    }

    /**
     * Adds a mistake that only the reader can see, such as two keys that exclude each other.
     *
     * @param key the key
     * @param message what is wrong and what is allowed
     */
    public void problem(String key, String message) {
        problems.add(new SettingsException.Problem(key, message));
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException with every mistake, keys that nobody read among them
     */
    public void finish() {
        List<SettingsException.Problem> all = new ArrayList<>(problems);
        for (String key : values.keySet()) {
            if (!read.contains(key)) {
                all.add(new SettingsException.Problem(
                        key, "is not known here; " + suggestion(key) + "known keys: " + knownKeys()));
            }
        }
        if (!all.isEmpty()) {
            throw new SettingsException(all);
        }
    }

    private String suggestion(String key) {
        return read.stream()
                .filter(known -> !known.endsWith("]") && distance(key, known) <= Math.max(1, key.length() / 3))
                .min(Comparator.comparingInt((String known) -> distance(key, known))
                        .thenComparing(Comparator.naturalOrder()))
                .map(known -> "did you mean " + known + "? ")
                .orElse("");
    }

    /** How many letters have to be put in, taken out, changed or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }

    private String knownKeys() {
        return read.stream()
                .filter(key -> !key.endsWith("]"))
                .sorted()
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
    }

    private <T> Optional<T> parsed(String key, String text, Function<String, Optional<T>> parser, String allowed) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(text);
        if (value.isEmpty()) {
            problem(key, allowed + ", but is \"" + text + "\"");
        }
        return value;
    }

    private static Optional<URI> httpUri(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return the duration that a text such as {@code 5s} or {@code PT5S} means, if it means one}
     *
     * @param text the text
     */
    public static Optional<Duration> readDuration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Optional.of(Duration.parse(text)).filter(d -> !d.isNegative());
            }
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /**
     * The least and the greatest number allowed. Immutable.
     *
     * @param from the least
     * @param to the greatest
     */
    public record Range(int from, int to) {
        Optional<Integer> read(String text) {
            try {
                int value = Integer.parseInt(text);
                return value >= from && value <= to ? Optional.of(value) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }
}
