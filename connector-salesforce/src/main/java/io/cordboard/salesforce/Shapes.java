// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Field;
import io.cordboard.salesforce.SalesforceApi.Shape;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the organisation's objects are like, asked for once an hour. Safe for use by many threads. */
final class Shapes {
    static final List<String> WANTED = List.of("Task", "Case", "Contact", "Account", "Lead");
    /** Without these a record is not worth having, so the organisation has to say what is wrong. */
    private static final Set<String> NEEDED = Set.of("OwnerId", "Phone", "LastName", "Company", "Name");

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration NOTHING = Duration.ofMinutes(1);

    private final SalesforceApi api;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Seen seen;

    Shapes(SalesforceApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** {@return an object; empty when this program's user may not see it} */
    Optional<Shape> of(String object) {
        return Optional.ofNullable(all().get(object));
    }

    /** {@return the name of a field by which records of an object can be found, if it is one} */
    Optional<String> key(String object, String field) {
        return of(object)
                .flatMap(shape -> shape.field(field))
                .filter(Field::externalId)
                .filter(Field::createable)
                .map(Field::name);
    }

    /** {@return the name of a field, if it is there and may be set} */
    Optional<String> writable(String object, String field) {
        return of(object)
                .flatMap(shape -> shape.field(field))
                .filter(Field::createable)
                .map(Field::name);
    }

    /** {@return a record without what this user may not set: one such field spoils a whole request} */
    Draft permitted(Draft draft) {
        Set<String> spoilt = new HashSet<>();
        draft.fields().forEach((name, value) -> {
            boolean may = of(draft.type())
                    .flatMap(shape -> shape.field(name))
                    .filter(Field::createable)
                    .filter(field -> !field.restricted() || field.offers(value.toString()))
                    .isPresent();
            if (!may && !NEEDED.contains(name)) {
                spoilt.add(name);
            }
        });
        return draft.without(spoilt);
    }

    /** {@return the fields of an object that hold telephone numbers} */
    List<String> phones(String object) {
        return of(object).stream()
                .flatMap(shape -> shape.fields().values().stream())
                .filter(field -> field.type().equals("phone"))
                .map(Field::name)
                .sorted()
                .toList();
    }

    /** The organisation changed: it is asked again the next time. */
    void forget() {
        seen = null;
    }

    private Map<String, Shape> all() {
        Seen known = seen;
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.shapes();
        }
        lock.lock();
        try {
            Seen other = seen;
            if (other != null && clock.instant().isBefore(other.until())) {
                return other.shapes();
            }
            Map<String, Shape> shapes = ask();
            // Nothing at all is rather an organisation that is ill, or a user whom somebody is still setting up.
            seen = new Seen(shapes, clock.instant().plus(shapes.isEmpty() ? NOTHING : FRESH));
            return shapes;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Shape> ask() {
        try {
            return api.describe(WANTED);
        } catch (ConnectorException e) {
            if (e.reason().retryable()) {
                throw e;
            }
        }
        // One object that the user may not see spoils the question about all.
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String object : WANTED) {
            try {
                shapes.putAll(api.describe(List.of(object)));
            } catch (ConnectorException e) {
                if (e.reason().retryable()) {
                    throw e;
                }
            }
        }
        return shapes;
    }

    private record Seen(Map<String, Shape> shapes, Instant until) {}
}
