// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.connector.Settings;
import io.cordboard.connector.SettingsException;
import io.cordboard.directory.NumberPlan;
import io.cordboard.http.Senders;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one Mango Office account is to be used. Made by {@link #of} in Java, or from a settings file. {@link #toString()}
 * shows no secret. Immutable.
 */
public final class MangoSettings {
    private static final URI PRODUCTION = URI.create("https://app.mango-office.ru/vpbx/");
    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final Duration AHEAD = Duration.ofHours(3);

    private final String key;
    private final String salt;
    private final URI apiUrl;
    private final Senders senders;
    private final Duration replayWindow;
    private final Duration eventShift;
    private final Duration linkShift;
    private final Duration summaryWait;
    private final Duration commandTimeout;
    private final Duration pauseAfterInvalid;
    private final Optional<String> line;
    private final List<String> routingAt;
    private final boolean callerName;
    private final Duration routingPatience;
    private final String recordingsBy;
    private final Duration recordingDelay;
    private final Duration linkLifetime;
    private final String backfillBy;
    private final Duration backfillOverlap;
    private final Duration backfillPoll;
    private final ZoneId timeZone;
    private final Duration directoryEvery;
    private final boolean contactCentre;
    private final Optional<String> region;

    private MangoSettings(Settings settings) {
        key = settings.text("key");
        salt = settings.text("salt");
        apiUrl = withSlash(settings.uri("apiUrl", PRODUCTION));
        senders = Senders.read(settings, "allow");
        replayWindow = settings.duration("replayWindow", Duration.ofDays(1), Duration.ofHours(4));
        eventShift = shift(settings, "events.clock");
        summaryWait = settings.duration("events.summaryWait", Duration.ofMinutes(2), Duration.ofMillis(100));
        commandTimeout = settings.duration("commands.timeout", Duration.ofSeconds(10), Duration.ofMillis(100));
        pauseAfterInvalid = settings.duration("commands.pauseAfterInvalid", Duration.ofMinutes(2));
        line = line(settings);
        routingAt = routingAt(settings);
        callerName = settings.flag("routing.callerName", true);
        routingPatience = settings.duration("routing.patience", Duration.ofSeconds(5), Duration.ofMillis(100));
        recordingsBy = settings.choice("recordings.by", "post", List.of("post", "link"));
        recordingDelay = settings.duration("recordings.delay", Duration.ofMinutes(1), Duration.ofMillis(100));
        linkLifetime = settings.duration("recordings.lifetime", Duration.ofDays(1), Duration.ofHours(4));
        linkShift = shift(settings, "recordings.clock");
        backfillBy = settings.choice("backfill.by", "v2", List.of("v2", "v1"));
        backfillOverlap = settings.duration("backfill.overlap", Duration.ofHours(2), Duration.ofHours(2));
        backfillPoll = settings.duration("backfill.poll", Duration.ofSeconds(5), Duration.ofMillis(10));
        timeZone = zone(settings);
        directoryEvery = settings.duration("directory.every", Duration.ofMinutes(10), Duration.ofMinutes(1));
        contactCentre = settings.flag("contactCentre", false);
        region = region(settings);
        // Who lists accounts in one file tells them apart by these; they mean nothing here.
        settings.optionalText("id");
        settings.optionalText("type");
        settings.finish();
    }

    /**
     * {@return settings with every default}
     *
     * @param key the unique code of the PBX in the cabinet, {@code vpbx_api_key}
     * @param salt the key for the signature in the cabinet
     */
    public static MangoSettings of(String key, String salt) {
        return of(Map.of("key", key, "salt", salt));
    }

    /**
     * {@return settings by the names that settings files use}
     *
     * @param values such as {@code apiUrl} and {@code recordings.by}
     * @throws SettingsException with every mistake at once
     */
    public static MangoSettings of(Map<String, String> values) {
        return read(new Settings(values));
    }

    static MangoSettings read(Settings settings) {
        return new MangoSettings(settings);
    }

    String key() {
        return key;
    }

    String salt() {
        return salt;
    }

    URI apiUrl() {
        return apiUrl;
    }

    Senders senders() {
        return senders;
    }

    Duration replayWindow() {
        return replayWindow;
    }

    /** {@return how far the times of events are ahead of UTC} */
    Duration eventShift() {
        return eventShift;
    }

    /** {@return how far the times in links of recordings are ahead of UTC} */
    Duration linkShift() {
        return linkShift;
    }

    Duration summaryWait() {
        return summaryWait;
    }

    Duration commandTimeout() {
        return commandTimeout;
    }

    Duration pauseAfterInvalid() {
        return pauseAfterInvalid;
    }

    Optional<String> line() {
        return line;
    }

    boolean routesAt(String location) {
        return routingAt.contains(location);
    }

    boolean routes() {
        return !routingAt.isEmpty();
    }

    boolean callerName() {
        return callerName;
    }

    Duration routingPatience() {
        return routingPatience;
    }

    boolean linksRecordings() {
        return recordingsBy.equals("link");
    }

    Duration recordingDelay() {
        return recordingDelay;
    }

    Duration linkLifetime() {
        return linkLifetime;
    }

    boolean oldStatistics() {
        return backfillBy.equals("v1");
    }

    Duration backfillOverlap() {
        return backfillOverlap;
    }

    Duration backfillPoll() {
        return backfillPoll;
    }

    ZoneId timeZone() {
        return timeZone;
    }

    Duration directoryEvery() {
        return directoryEvery;
    }

    boolean contactCentre() {
        return contactCentre;
    }

    Optional<String> region() {
        return region;
    }

    @Override
    public String toString() {
        return "MangoSettings[" + apiUrl.getHost() + "]";
    }

    private static URI withSlash(URI url) {
        return url.toString().endsWith("/") ? url : URI.create(url + "/");
    }

    private static Duration shift(Settings settings, String key) {
        return settings.choice(key, "utc", List.of("utc", "moscow")).equals("moscow") ? AHEAD : Duration.ZERO;
    }

    private static Optional<String> line(Settings settings) {
        Optional<String> text = settings.optionalText("line");
        if (text.filter(line -> !MangoDialing.LINE.matcher(line).matches()).isPresent()) {
            settings.problem("line", "must be one of the account's numbers or the name of a SIP line");
        }
        return text;
    }

    private static List<String> routingAt(Settings settings) {
        return switch (settings.choice("routing.at", "ivr", List.of("ivr", "queue", "both", "off"))) {
            case "both" -> List.of("ivr", "queue");
            case "queue" -> List.of("queue");
            case "off" -> List.of();
            default -> List.of("ivr");
        };
    }

    private static ZoneId zone(Settings settings) {
        Optional<String> text = settings.optionalText("timeZone");
        try {
            return text.map(ZoneId::of).orElse(MOSCOW);
        } catch (DateTimeException e) {
            settings.problem(
                    "timeZone", "must be a time zone such as Europe/Moscow, but is \"" + text.orElse("") + "\"");
            return MOSCOW;
        }
    }

    private static Optional<String> region(Settings settings) {
        Optional<String> text = settings.optionalText("region");
        try {
            text.ifPresent(NumberPlan::new);
        } catch (IllegalArgumentException e) {
            settings.problem("region", "must be an ISO 3166 code such as RU, but is \"" + text.orElse("") + "\"");
        }
        return text;
    }
}
