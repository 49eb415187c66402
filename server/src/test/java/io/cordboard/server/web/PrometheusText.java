// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text format 0.0.4 strictly: whatever a scraper might refuse is an error here. */
final class PrometheusText {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.]+(?:[eE][-+]?[0-9]+)?|[-+]Inf|NaN)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(?:,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    private final Map<String, Double> samples = new HashMap<>();
    private final Set<String> families = new HashSet<>();
    private String family = "";
    private String type = "";
    private String helped = "";

    private PrometheusText() {}

    static PrometheusText parse(String text) {
        PrometheusText parsed = new PrometheusText();
        check(text.endsWith("\n"), "the last line does not end");
        text.lines().forEach(parsed::line);
        return parsed;
    }

    /** {@return the value of a sample, 0 when it is not there; the labels are names and values in turn} */
    double of(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return samples.getOrDefault(name + wanted, 0.0);
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            helped = line.split(" ", 4)[2];
            check(NAME.matcher(helped).matches(), line);
        } else if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ", -1);
            check(words.length == 4 && TYPES.contains(words[3]), line);
            family = words[2];
            type = words[3];
            check(family.equals(helped), "no help for " + family);
            check(families.add(family), family + " is told twice");
        } else {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        check(matcher.matches(), line);
        String name = matcher.group(1);
        Map<String, String> labels = labels(matcher.group(2) == null ? "" : matcher.group(2), line);
        check(belongs(name), name + " stands below " + family);
        check(!type.equals("counter") || name.endsWith("_total") || name.equals("cordboard_events_accepted"), line);
        double value = Double.parseDouble(matcher.group(3).replace("Inf", "Infinity"));
        check(type.equals("gauge") || value >= 0, line);
        check(samples.put(name + labels, value) == null, "twice: " + line);
    }

    private boolean belongs(String name) {
        return switch (type) {
            case "histogram" -> name.matches(Pattern.quote(family) + "_(bucket|sum|count)");
            case "summary" -> name.matches(Pattern.quote(family) + "_(sum|count)");
            default -> name.equals(family);
        };
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            check(matcher.find(at) && matcher.start() == at, line);
            String before = labels.put(matcher.group(1), unescaped(matcher.group(2)));
            check(before == null, "label twice: " + line);
            at = matcher.end();
        }
        check(!text.endsWith(","), line);
        return labels;
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                char next = text.charAt(++i);
                out.append(next == 'n' ? '\n' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw new AssertionError("not Prometheus' text format: " + what);
        }
    }
}
