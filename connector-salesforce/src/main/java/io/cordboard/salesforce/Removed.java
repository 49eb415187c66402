// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.ContactRef;
import io.cordboard.salesforce.SalesforceApi.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was removed, or merged into somebody else. The vendor wants this asked seldom, for more than a minute at a time,
 * and keeps it for fifteen days; what is older is found by the next full pass.
 */
final class Removed {
    private static final Logger log = LoggerFactory.getLogger(Removed.class);
    private static final String UNTIL = "sync.removed.";
    private static final Duration KEPT = Duration.ofDays(14);
    private static final Duration LEAST = Duration.ofMinutes(2);

    private final Parts parts;
    private final List<ContactRef.Type> types;
    private final Covered covered;
    private final Map<ContactRef.Type, Told> told = new EnumMap<>(ContactRef.Type.class);
    private final AtomicBoolean warned = new AtomicBoolean();

    Removed(Parts parts, List<ContactRef.Type> types) {
        this.parts = parts;
        this.types = types;
        this.covered = new Covered(parts.context().memory(), UNTIL);
    }

    /** {@return whom the organisation removed, as far as a poll that ended did not tell before} */
    Set<ContactRef> since(Instant since) {
        Set<ContactRef> gone = new LinkedHashSet<>();
        if (parts.settings().sync().deleted()) {
            types.forEach(type -> gone.addAll(since(since, type)));
        }
        return gone;
    }

    private Set<ContactRef> since(Instant since, ContactRef.Type type) {
        Instant now = parts.context().clock().instant();
        Instant from = covered.until(type, since).orElse(since);
        Told last = told.get(type);
        if (last != null && now.isBefore(last.at().plus(parts.settings().sync().deletedEvery()))) {
            return since.isAfter(last.since()) ? Set.of() : last.gone();
        }
        if (Duration.between(from, now).compareTo(LEAST) < 0) {
            return Set.of();
        }
        Instant allowed = now.minus(KEPT);
        Set<ContactRef> gone = new LinkedHashSet<>();
        try {
            Changes changes = parts.api().deleted(ObjectNames.name(type), from.isBefore(allowed) ? allowed : from, now);
            changes.ids().forEach(id -> gone.add(new ContactRef(parts.account(), type, id)));
            // A change that is still being made elsewhere holds the covered moment back.
            covered.told(type, since, changes.covered());
        } catch (ConnectorException e) {
            if (e.reason().retryable()) {
                throw e;
            }
            if (!warned.getAndSet(true)) {
                log.warn(
                        "salesforce {}: who was removed is found by full passes only: {}",
                        parts.account(),
                        e.getMessage());
            }
            covered.told(type, since, now);
        }
        told.put(type, new Told(since, now, gone));
        return gone;
    }

    /** What a poll was told, for the case that it has to be repeated. Immutable. */
    private record Told(Instant since, Instant at, Set<ContactRef> gone) {}
}
