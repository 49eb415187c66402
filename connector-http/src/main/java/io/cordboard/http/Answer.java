// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A vendor's whole answer as text. {@link #toString()} shows only its status and size. Immutable.
 *
 * @param status the HTTP status
 * @param headers the first value of each, by lower-case name
 * @param body its text
 */
public record Answer(int status, Map<String, String> headers, String body) {
    /** Copies the headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** {@return whether the status is one of 200 to 299} */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * {@return a header's value}
     *
     * @param name its name, in any case
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * {@return what the header {@code Retry-After} asks for, in seconds or as a date; never negative}
     *
     * @param now the time
     */
    public Optional<Duration> retryAfter(Instant now) {
        return header("retry-after").map(String::strip).flatMap(text -> retryAfter(text, now));
    }

    private static Optional<Duration> retryAfter(String text, Instant now) {
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text), 86_400)));
            }
            Instant when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(when.isBefore(now) ? Duration.ZERO : Duration.between(now, when));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return status + ", " + body.length() + " characters";
    }
}
