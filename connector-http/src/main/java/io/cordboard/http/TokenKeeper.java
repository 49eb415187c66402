// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Reason;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one account's OAuth tokens: one renewal at a time, a new pair on disk before it is used.
 *
 * <p>Vendors replace the refresh token at each renewal, so a pair that is lost locks the account out until a person
 * gives the permission again. Safe for use by many threads.
 */
public final class TokenKeeper {
    /** Between early renewals that fail. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Memory memory;
    private final String key;
    private final Clock clock;
    private final Renewal renewal;
    private final Duration early;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Tokens current;
    private volatile boolean needsPerson;
    private volatile Instant notBefore = Instant.EPOCH;
    private @Nullable Tokens unsaved;

    /**
     * Creates a keeper that knows what its memory knows.
     *
     * @param memory where the tokens survive a restart
     * @param key the memory's key for them
     * @param clock the time
     * @param early how long before its end a token is renewed
     * @param renewal asks the vendor for a new pair
     */
    public TokenKeeper(Memory memory, String key, Clock clock, Duration early, Renewal renewal) {
        this.memory = memory;
        this.key = key;
        this.clock = clock;
        this.renewal = renewal;
        this.early = early;
        this.current = memory.get(key).flatMap(TokenKeeper::read).orElse(null);
    }

    /** {@return the tokens, if there are any; they may have ended} */
    public Optional<Tokens> tokens() {
        return Optional.ofNullable(current);
    }

    /** {@return whether a person has to give the permission again} */
    public boolean needsPerson() {
        return needsPerson;
    }

    /**
     * {@return tokens that can be used now; renews them first when they end soon}
     *
     * @throws ConnectorException {@link Reason#REAUTHORISE} when a person is needed, or why the renewal failed
     */
    public Tokens usable() {
        Tokens now = current;
        Instant time = clock.instant();
        if (now != null && time.isBefore(now.expiresAt().minus(early))) {
            return now;
        }
        if (now == null || !time.isBefore(now.expiresAt())) {
            return renewed(now == null ? "" : now.access());
        }
        return renewedEarly(now, time);
    }

    /** While the token still lives, nobody waits for a renewal of somebody else or for one that just failed. */
    private Tokens renewedEarly(Tokens now, Instant time) {
        if (time.isBefore(notBefore) || !lock.tryLock()) {
            return now;
        }
        try {
            return renewed(now.access());
        } catch (ConnectorException e) {
            if (e.reason() == Reason.REAUTHORISE) {
                throw e;
            }
            notBefore = clock.instant().plus(PAUSE);
            return now;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return tokens other than those that the vendor just refused; asks for them unless somebody else just did}
     *
     * @param refused the access token that the vendor refused
     * @throws ConnectorException {@link Reason#REAUTHORISE} when a person is needed, or why the renewal failed
     */
    public Tokens renewed(String refused) {
        lock.lock();
        try {
            Tokens known = current;
            if (known != null && !known.access().equals(refused)) {
                return known;
            }
            Tokens fresh = unsaved;
            if (fresh == null) {
                fresh = renew(known);
                // The old refresh token is spent: should the disk fail now, this pair is all there is.
                unsaved = fresh;
            }
            save(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a pair that the vendor gave without being asked, such as at the installation of an app. It is on disk when
     * this returns.
     *
     * @param tokens the pair
     */
    public void store(Tokens tokens) {
        lock.lock();
        try {
            save(tokens);
        } finally {
            lock.unlock();
        }
    }

    private Tokens renew(@Nullable Tokens known) {
        if (known == null || known.refresh().isEmpty()) {
            needsPerson = true;
            throw new ConnectorException(Reason.REAUTHORISE, "there are no tokens yet: install the app again");
        }
        try {
            return renewal.renew(known);
        } catch (ConnectorException e) {
            needsPerson |= e.reason() == Reason.REAUTHORISE;
            throw e;
        }
    }

    private void save(Tokens tokens) {
        memory.put(
                key,
                Json.write(Map.of(
                        "access", tokens.access(),
                        "refresh", tokens.refresh(),
                        "expiresAt", tokens.expiresAt().toString(),
                        "endpoint", tokens.endpoint())));
        current = tokens;
        unsaved = null;
        needsPerson = false;
    }

    private static Optional<Tokens> read(String text) {
        return Json.parse(text).flatMap(TokenKeeper::read);
    }

    private static Optional<Tokens> read(JsonNode node) {
        try {
            return Optional.of(new Tokens(
                    Json.text(node, "access"),
                    Json.text(node, "refresh"),
                    Instant.parse(Json.text(node, "expiresAt")),
                    Json.text(node, "endpoint")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Asks a vendor for a new pair of tokens. */
    @FunctionalInterface
    public interface Renewal {
        /**
         * {@return the new pair}
         *
         * @param old the pair that it replaces
         * @throws ConnectorException {@link Reason#REAUTHORISE} when the vendor says that the permission is gone
         */
        Tokens renew(Tokens old);
    }
}
