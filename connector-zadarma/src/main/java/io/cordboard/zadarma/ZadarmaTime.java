// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wall-clock times of the account, which carry no zone: with the configured zone, or else with the offset
 * that the account itself stated, or else not at all. Safe for use by many threads.
 */
final class ZadarmaTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Duration FARTHEST_ZONE = Duration.ofHours(14);
    private static final Pattern OFFSET = Pattern.compile("UTC\\s*([+-])\\s*([0-9]{1,2})(?::([0-9]{2}))?");

    private final @Nullable ZoneId configured;
    private volatile @Nullable ZoneOffset stated;

    ZadarmaTime(@Nullable ZoneId configured) {
        this.configured = configured;
    }

    static Optional<LocalDateTime> read(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), FORMAT));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@return the zone to read with, if one is known} */
    Optional<ZoneId> zone() {
        return configured != null ? Optional.of(configured) : Optional.ofNullable(stated);
    }

    /** {@return the moment that a wall-clock text means, if the zone is known} */
    Optional<Instant> instant(String text) {
        return zone().flatMap(zone -> read(text).map(wall -> wall.atZone(zone).toInstant()));
    }

    /** {@return the moment as the account writes it; in UTC while the zone is not known} */
    String wall(Instant at) {
        return FORMAT.format(LocalDateTime.ofInstant(at, zone().orElse(ZoneOffset.UTC)));
    }

    /** {@return how many seconds a wall-clock text may be wrong by because the zone is not known} */
    long slackSeconds() {
        return zone().isPresent() ? 0 : FARTHEST_ZONE.toSeconds();
    }

    /**
     * Takes the account's own word for its zone, if its three members agree with each other.
     *
     * @param unixTime seconds
     * @param wall the same moment on the account's clock
     * @param zone such as {@code UTC+3}
     * @return whether they agree
     */
    boolean learn(long unixTime, String wall, String zone) {
        Matcher matcher = OFFSET.matcher(zone.strip());
        Optional<LocalDateTime> time = read(wall);
        if (!matcher.matches() || time.isEmpty()) {
            return false;
        }
        int minutes = Integer.parseInt(matcher.group(2)) * 60
                + (matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
        if (minutes > 18 * 60) {
            return false;
        }
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((matcher.group(1).equals("-") ? -60 : 60) * minutes);
        long difference = time.get().toEpochSecond(offset) - unixTime;
        if (Math.abs(difference) > 2) {
            return false;
        }
        stated = offset;
        return true;
    }
}
