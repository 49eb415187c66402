// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The organisation's queues that take cases, by the names of departments. Safe for use by many threads. */
final class Queues {
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final SalesforceApi api;
    private final Clock clock;
    private final Map<String, String> departments;
    private volatile @Nullable Seen seen;

    Queues(SalesforceApi api, Clock clock, Map<String, String> departments) {
        this.api = api;
        this.clock = clock;
        this.departments = departments;
    }

    /** {@return the id of a department's queue: by the settings, else the queue of that name} */
    Optional<String> id(String department) {
        String name = departments.getOrDefault(department, department);
        Seen known = all(false);
        String id = known.byName().get(key(name));
        // A queue that somebody made a minute ago is worth a question.
        return Optional.ofNullable(id != null ? id : all(true).byName().get(key(name)));
    }

    /** {@return the names of the queues, for whoever has to choose one} */
    Set<String> names() {
        return all(false).names();
    }

    private Seen all(boolean again) {
        Seen known = seen;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.at().plus(again ? Duration.ofMinutes(1) : FRESH))) {
            return known;
        }
        Map<String, String> byName = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>();
        for (Row row : api.query(
                        Priority.DELIVERY,
                        "SELECT QueueId, Queue.Name, Queue.DeveloperName FROM QueueSobject WHERE SobjectType = 'Case'")
                .rows()) {
            byName.putIfAbsent(key(row.text("Queue.Name")), row.text("QueueId"));
            byName.put(key(row.text("Queue.DeveloperName")), row.text("QueueId"));
            names.add(row.text("Queue.DeveloperName"));
        }
        Seen fresh = new Seen(byName, names, now);
        seen = fresh;
        return fresh;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private record Seen(Map<String, String> byName, Set<String> names, Instant at) {}
}
