// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import java.math.BigDecimal;

/** Writes metrics in Prometheus' text format 0.0.4: each family once, its samples right below. Not thread-safe. */
final class Exposition {
    private final StringBuilder out = new StringBuilder();

    /**
     * Begins a family.
     *
     * @param name its name
     * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}
     * @param help what it counts
     */
    void family(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ');
        out.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** Adds a sample; the labels are names and values in turn. */
    void sample(String name, long value, String... labels) {
        line(name, Long.toString(value), labels);
    }

    /** Adds a sample of so many millionths. */
    void micros(String name, long value, String... labels) {
        line(name, BigDecimal.valueOf(value, 6).stripTrailingZeros().toPlainString(), labels);
    }

    private void line(String name, String value, String... labels) {
        out.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            out.append(escaped(labels[i + 1])).append('"');
        }
        out.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
