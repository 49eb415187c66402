// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of questions: the one place in which a value becomes a part of one. */
final class Soql {
    private Soql() {}

    /** {@return a text in quotes} */
    static String text(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\'', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }

    /** {@return texts as a list} */
    static String in(Collection<String> values) {
        return values.stream().map(Soql::text).collect(Collectors.joining(",", "(", ")"));
    }

    static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
