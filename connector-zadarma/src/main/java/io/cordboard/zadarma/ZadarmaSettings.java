// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

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
import org.jspecify.annotations.Nullable;

/**
 * How one Zadarma account is to be used. Made by {@link #of} in Java, or from a settings file. {@link #toString()}
 * shows no secret. Immutable.
 */
public final class ZadarmaSettings {
    private static final URI PRODUCTION = URI.create("https://api.zadarma.com");

    private final String key;
    private final String secret;
    private final URI apiUrl;
    private final @Nullable ZoneId timeZone;
    private final Senders senders;
    private final boolean verifySignature;
    private final Duration replayWindow;
    private final Duration returnTimeout;
    private final Duration routeBudget;
    private final String callerName;
    private final Duration backfillOverlap;
    private final Duration presenceEvery;
    private final Duration recordingDelay;
    private final Duration recordingLifetime;
    private final Optional<String> region;
    private final Optional<URI> webhookUrl;
    private final String publish;

    private ZadarmaSettings(Settings settings) {
        key = settings.text("key");
        secret = settings.text("secret");
        apiUrl = settings.uri("apiUrl", PRODUCTION);
        timeZone = zone(settings);
        senders = Senders.read(settings, "allow");
        verifySignature = settings.choice("verifySignature", "strict", List.of("strict", "off"))
                .equals("strict");
        replayWindow = settings.duration("replayWindow", Duration.ofDays(1), Duration.ofMinutes(1));
        returnTimeout = returnTimeout(settings);
        routeBudget = settings.duration("routing.budget", Duration.ofMillis(100), Duration.ofMillis(1));
        callerName = settings.choice("routing.callerName", "always", List.of("always", "alone", "off"));
        backfillOverlap = settings.duration("backfill.overlap", Duration.ofHours(2), Duration.ofHours(2));
        presenceEvery = zeroOrAtLeast(settings, "presence.every", Duration.ZERO, Duration.ofSeconds(30));
        recordingDelay = settings.duration("recordings.delay", Duration.ofSeconds(15), Duration.ofMillis(100));
        recordingLifetime = lifetime(settings);
        region = region(settings);
        webhookUrl = settings.has("webhookUrl") ? Optional.of(settings.uri("webhookUrl")) : Optional.empty();
        publish = settings.choice("publish", "missing", List.of("missing", "always", "never"));
        // Who lists accounts in one file tells them apart by these; they mean nothing here.
        settings.optionalText("id");
        settings.optionalText("type");
        settings.finish();
    }

    /**
     * {@return settings with every default}
     *
     * @param key the user key of the API
     * @param secret its secret
     */
    public static ZadarmaSettings of(String key, String secret) {
        return of(Map.of("key", key, "secret", secret));
    }

    /**
     * {@return settings by the names that settings files use}
     *
     * @param values such as {@code apiUrl} and {@code routing.returnTimeout}
     * @throws SettingsException with every mistake at once
     */
    public static ZadarmaSettings of(Map<String, String> values) {
        return read(new Settings(values));
    }

    static ZadarmaSettings read(Settings settings) {
        return new ZadarmaSettings(settings);
    }

    String key() {
        return key;
    }

    String secret() {
        return secret;
    }

    URI apiUrl() {
        return apiUrl;
    }

    @Nullable
    ZoneId timeZone() {
        return timeZone;
    }

    Senders senders() {
        return senders;
    }

    boolean verifySignature() {
        return verifySignature;
    }

    Duration replayWindow() {
        return replayWindow;
    }

    Duration returnTimeout() {
        return returnTimeout;
    }

    Duration routeBudget() {
        return routeBudget;
    }

    boolean showsNameWith(boolean redirect) {
        return callerName.equals("always") || (callerName.equals("alone") && !redirect);
    }

    Duration backfillOverlap() {
        return backfillOverlap;
    }

    Duration presenceEvery() {
        return presenceEvery;
    }

    Duration recordingDelay() {
        return recordingDelay;
    }

    Duration recordingLifetime() {
        return recordingLifetime;
    }

    Optional<String> region() {
        return region;
    }

    Optional<URI> webhookUrl() {
        return webhookUrl;
    }

    String publish() {
        return publish;
    }

    @Override
    public String toString() {
        return "ZadarmaSettings[" + apiUrl.getHost() + "]";
    }

    private static @Nullable ZoneId zone(Settings settings) {
        Optional<String> text = settings.optionalText("timeZone");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return ZoneId.of(text.get());
        } catch (DateTimeException e) {
            settings.problem("timeZone", "must be a time zone such as Europe/Kyiv, but is \"" + text.get() + "\"");
            return null;
        }
    }

    private static Optional<String> region(Settings settings) {
        Optional<String> text = settings.optionalText("region");
        try {
            text.ifPresent(NumberPlan::new);
        } catch (IllegalArgumentException e) {
            settings.problem("region", "must be an ISO 3166 code such as GB, but is \"" + text.orElse("") + "\"");
        }
        return text;
    }

    private static Duration returnTimeout(Settings settings) {
        Duration timeout = settings.duration("routing.returnTimeout", Duration.ofSeconds(15));
        if (!timeout.isZero() && timeout.toSeconds() < 3) {
            settings.problem("routing.returnTimeout", "must be 0s, which never returns the call, or at least 3s");
        }
        return timeout;
    }

    private static Duration lifetime(Settings settings) {
        Duration lifetime = settings.duration("recordings.lifetime", Duration.ofDays(1));
        if (lifetime.toSeconds() < 180 || lifetime.toSeconds() > 5_184_000) {
            settings.problem("recordings.lifetime", "must be from 3m to 60d");
        }
        return lifetime;
    }

    private static Duration zeroOrAtLeast(Settings settings, String key, Duration fallback, Duration least) {
        Duration value = settings.duration(key, fallback);
        if (!value.isZero() && value.compareTo(least) < 0) {
            settings.problem(key, "must be 0s, which switches it off, or at least " + shortly(least));
        }
        return value;
    }

    private static String shortly(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
