// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/**
 * A value in a condition. A word such as {@code TODAY} is a stretch of time; everything else begins where it ends.
 *
 * @param kind what it is
 * @param from its text, or where the stretch of time begins
 * @param until its text, or where the stretch of time ends
 */
record Literal(Kind kind, String from, String until) {
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        TIME,
        RANGE,
        NULL
    }

    static Optional<Literal> read(SoqlText.Token token, Instant now) {
        if (token.kind() == SoqlText.Token.Kind.STRING) {
            return Optional.of(of(Kind.TEXT, token.text()));
        }
        String word = token.text().toUpperCase(Locale.ROOT);
        if (word.equals("NULL")) {
            return Optional.of(of(Kind.NULL, ""));
        }
        if (word.equals("TRUE") || word.equals("FALSE")) {
            return Optional.of(of(Kind.BOOLEAN, word.toLowerCase(Locale.ROOT)));
        }
        if (word.matches("[+-]?\\d+(\\.\\d+)?")) {
            return Optional.of(of(Kind.NUMBER, word));
        }
        return time(word).or(() -> range(word, LocalDate.ofInstant(now, ZoneOffset.UTC)));
    }

    private static Literal of(Kind kind, String text) {
        return new Literal(kind, text, text);
    }

    private static Optional<Literal> time(String word) {
        try {
            if (word.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return Optional.of(of(Kind.DATE, LocalDate.parse(word).toString()));
            }
            if (word.matches("\\d{4}-\\d{2}-\\d{2}T.*")) {
                return Optional.of(
                        of(Kind.TIME, Org.stamp(OffsetDateTime.parse(word).toInstant())));
            }
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Literal> range(String word, LocalDate today) {
        String[] parts = word.split(":", 2);
        long n = parts.length > 1 && parts[1].matches("\\d{1,5}") ? Long.parseLong(parts[1]) : 0;
        LocalDate sunday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        return switch (parts[0]) {
            case "TODAY" -> days(today, 1);
            case "YESTERDAY" -> days(today.minusDays(1), 1);
            case "TOMORROW" -> days(today.plusDays(1), 1);
            case "THIS_WEEK" -> days(sunday, 7);
            case "LAST_WEEK" -> days(sunday.minusDays(7), 7);
            case "THIS_MONTH" -> days(today.withDayOfMonth(1), today.lengthOfMonth());
            case "LAST_N_DAYS" -> days(today.minusDays(n), n + 1);
            case "NEXT_N_DAYS" -> days(today.plusDays(1), n);
            case "N_DAYS_AGO" -> days(today.minusDays(n), 1);
            default -> Optional.empty();
        };
    }

    private static Optional<Literal> days(LocalDate first, long count) {
        return Optional.of(new Literal(
                Kind.RANGE,
                Org.stamp(first.atStartOfDay().toInstant(ZoneOffset.UTC)),
                Org.stamp(first.plusDays(count)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .minusMillis(1))));
    }
}
