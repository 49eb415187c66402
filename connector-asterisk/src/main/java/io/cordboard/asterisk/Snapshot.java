// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code CoreShowChannels} writes. */
final class Snapshot {
    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,4}):([0-9]{2}):([0-9]{2})");

    private Snapshot() {}

    /** {@return a channel's age, written {@code 00:01:23}; zero when it is not} */
    static Duration duration(String text) {
        Matcher matcher = CLOCK.matcher(text);
        return matcher.matches()
                ? Duration.ofHours(Long.parseLong(matcher.group(1)))
                        .plusMinutes(Long.parseLong(matcher.group(2)))
                        .plusSeconds(Long.parseLong(matcher.group(3)))
                : Duration.ZERO;
    }
}
