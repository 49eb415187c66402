// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallId;
import io.cordboard.connector.Memory;
import io.cordboard.contact.ContactRef;
import io.cordboard.http.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the organisation is known to hold, on disk, so that it need not be asked. Everything in it can be found again in
 * the organisation. Safe for use by many threads.
 */
final class Journal {
    private static final String CALL = "call.";
    private static final String CUSTOMER = "customer.";
    private static final String CASE = "case.";
    private static final String TRIED = "tried.";
    private static final String CASE_OF = "case-of.";
    private static final String LINKS = "links.";
    private static final String NOTED = "noted.";
    private static final List<String> ALL = List.of(CALL, CUSTOMER, CASE, CASE_OF, LINKS, TRIED, NOTED);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int LONGEST = 150;

    private final Memory memory;
    private final Clock clock;

    Journal(Memory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /** {@return the id of a call's task} */
    Optional<String> task(CallId call) {
        return id(CALL, call.toString());
    }

    void tasks(Map<CallId, String> tasks) {
        Map<String, String> values = new LinkedHashMap<>();
        tasks.forEach((call, id) -> values.put(key(CALL, call.toString()), entry(id, "")));
        putAll(values);
    }

    /** {@return the customer that was found or made for a call} */
    Optional<ContactRef> customer(CallId call, String account) {
        return memory.get(key(CUSTOMER, call.toString()))
                .flatMap(Json::parse)
                .flatMap(node -> ObjectNames.typeOf(Json.text(node, "type"))
                        .flatMap(type -> Json.id(node, "id").map(id -> new ContactRef(account, type, id))));
    }

    void customer(CallId call, String object, String id) {
        memory.put(key(CUSTOMER, call.toString()), entry(id, object));
    }

    /** {@return the case of a ticket's idempotency key} */
    Optional<String> ticket(String key) {
        return id(CASE, key);
    }

    void tickets(Map<String, String> tickets) {
        Map<String, String> values = new LinkedHashMap<>();
        tickets.forEach((key, id) -> values.put(key(CASE, key), entry(id, "")));
        putAll(values);
    }

    /** {@return the case that was opened for a call} */
    Optional<String> caseOf(CallId call) {
        return id(CASE_OF, call.toString());
    }

    void casesOf(Map<CallId, String> cases) {
        Map<String, String> values = new LinkedHashMap<>();
        cases.forEach((call, id) -> values.put(key(CASE_OF, call.toString()), entry(id, "")));
        putAll(values);
    }

    /** {@return what this program last put a call's task to, by field} */
    Map<String, String> links(CallId call) {
        Map<String, String> links = new LinkedHashMap<>();
        memory.get(key(LINKS, call.toString()))
                .flatMap(Json::parse)
                .ifPresent(node -> List.of(CallLinks.WHO, CallLinks.WHAT)
                        .forEach(field -> Json.id(node, field).ifPresent(id -> links.put(field, id))));
        return links;
    }

    void links(Map<CallId, Map<String, String>> links) {
        Map<String, String> values = new LinkedHashMap<>();
        links.forEach((call, added) -> {
            Map<String, String> all = links(call);
            all.putAll(added);
            all.put("at", clock.instant().toString());
            values.put(key(LINKS, call.toString()), Json.write(all));
        });
        putAll(values);
    }

    /** {@return whether an agent said what came of a call: a correction leaves that alone} */
    boolean isNoted(CallId call) {
        return memory.get(key(NOTED, call.toString())).isPresent();
    }

    void noted(CallId call) {
        memory.put(key(NOTED, call.toString()), entry("", ""));
    }

    /** {@return when a write was first sent, by its idempotency key; empty when it never was} */
    Optional<Instant> tried(String key) {
        return memory.get(key(TRIED, key)).flatMap(Json::parse).map(Journal::at);
    }

    /** Notes that writes are about to be sent: should the process end, the next one looks first. */
    void trying(Collection<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        keys.stream().filter(key -> tried(key).isEmpty()).forEach(key -> values.put(key(TRIED, key), entry("", "")));
        putAll(values);
    }

    /** Notes that writes were not done after all: whoever brings them again has nothing to look for. */
    void notTried(Collection<String> keys) {
        if (!keys.isEmpty()) {
            memory.removeAll(keys.stream().map(key -> key(TRIED, key)).toList());
        }
    }

    /** Forgets what is too old to be asked for. */
    void tidy() {
        Instant limit = clock.instant().minus(KEPT);
        for (String prefix : ALL) {
            List<String> old = memory.startingWith(prefix).entrySet().stream()
                    .filter(entry -> Json.parse(entry.getValue())
                            .map(Journal::at)
                            .orElse(Instant.EPOCH)
                            .isBefore(limit))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!old.isEmpty()) {
                memory.removeAll(old);
            }
        }
    }

    /** {@return the ids of the tasks that were written last} */
    List<String> lastTasks(int most) {
        return last(CALL, most);
    }

    /** {@return the ids of the cases that were opened last} */
    List<String> lastCases(int most) {
        return last(CASE, most);
    }

    private List<String> last(String prefix, int most) {
        return memory.startingWith(prefix).values().stream()
                .flatMap(text -> Json.parse(text).stream())
                .sorted(Comparator.comparing(Journal::at).reversed())
                .flatMap(node -> Json.id(node, "id").stream())
                .limit(most)
                .toList();
    }

    private void putAll(Map<String, String> values) {
        if (!values.isEmpty()) {
            memory.putAll(values);
        }
    }

    private Optional<String> id(String prefix, String id) {
        return memory.get(key(prefix, id)).flatMap(Json::parse).flatMap(node -> Json.id(node, "id"));
    }

    private String entry(String id, String type) {
        return Json.write(Map.of("id", id, "type", type, "at", clock.instant().toString()));
    }

    private static Instant at(JsonNode node) {
        try {
            return Instant.parse(Json.text(node, "at"));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String key(String prefix, String id) {
        return id.length() <= LONGEST ? prefix + id : prefix + id.substring(0, LONGEST - 9) + "~" + id.hashCode();
    }
}
