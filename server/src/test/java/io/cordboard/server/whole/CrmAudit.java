// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.CrmBooks.HeldCall;
import io.cordboard.testkit.CrmBooks.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares everything that calls leave behind in the CRM with what was told. */
final class CrmAudit {
    private final Map<String, ToldCall> told;
    private final Map<String, String> users;
    private final Map<String, List<HeldCall>> registered;
    private final Map<String, Long> newcomers;
    private final Map<String, Long> tickets;

    /**
     * Looks at the CRM as it is now.
     *
     * @param books what the CRM holds
     * @param calls what was told
     * @param users the CRM's user of each extension
     */
    CrmAudit(CrmBooks books, Collection<ToldCall> calls, Map<String, String> users) {
        this.told = calls.stream().collect(Collectors.toMap(ToldCall::id, Function.identity()));
        this.users = users;
        this.registered = books.calls().stream().collect(Collectors.groupingBy(call -> pbxCallId(call.call())));
        this.newcomers = books.newcomers();
        this.tickets = books.tickets().stream()
                .map(CrmAudit::pbxCallId)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String pbxCallId(String text) {
        return text.replaceFirst("^office:", "");
    }

    private Stream<ToldCall> ended() {
        return told.values().stream().filter(ToldCall::ended);
    }

    private List<HeldCall> records(String id) {
        return registered.getOrDefault(id, List.of()).stream()
                .filter(HeldCall::finished)
                .toList();
    }

    /** How many calls there are whose end was acknowledged. */
    long acknowledged() {
        return ended().count();
    }

    /** Calls whose end was acknowledged, without a record. */
    List<String> lost() {
        return ended().map(ToldCall::id).filter(id -> records(id).isEmpty()).toList();
    }

    /** Calls with more than one record, acknowledged or not. */
    List<String> duplicated() {
        return registered.keySet().stream().filter(id -> records(id).size() > 1).toList();
    }

    /** Calls in the CRM that were never told. */
    List<String> invented() {
        return Stream.of(registered.keySet(), tickets.keySet())
                .flatMap(Set::stream)
                .filter(id -> !told.containsKey(id))
                .distinct()
                .toList();
    }

    /** Ended calls that were registered again, or registered and left open. */
    List<String> registeredWrongly() {
        return told.values().stream()
                .map(ToldCall::id)
                .filter(id -> {
                    List<HeldCall> calls = registered.getOrDefault(id, List.of());
                    boolean open = calls.stream().anyMatch(call -> !call.finished());
                    return calls.size() > 1 || (open && told(id).ended());
                })
                .map(id -> told(id) + " " + registered.get(id))
                .toList();
    }

    private ToldCall told(String id) {
        return Objects.requireNonNull(told.get(id), id);
    }

    /** Numbers nobody knew with no lead or several, and known ones with any. */
    Map<String, Long> leadsWrong() {
        Map<String, Long> wrong = new TreeMap<>();
        told.values().stream().collect(Collectors.groupingBy(ToldCall::number)).forEach((number, calls) -> {
            long found = newcomers.getOrDefault(number, 0L);
            boolean known = calls.get(0).known();
            boolean due = !known && calls.stream().anyMatch(ToldCall::ended);
            if (found > (known ? 0 : 1) || (due && found == 0)) {
                wrong.put(calls.toString(), found);
            }
        });
        return wrong;
    }

    /** Missed calls without a ticket or with several, and answered ones with any. */
    Map<String, Long> ticketsWrong() {
        Map<String, Long> wrong = new TreeMap<>();
        for (ToldCall call : told.values()) {
            long found = tickets.getOrDefault(call.id(), 0L);
            boolean due = call.ended() && !call.answered();
            if (found > (call.answered() && call.ended() ? 0 : 1) || (due && found == 0)) {
                wrong.put(call.toString(), found);
            }
        }
        return wrong;
    }

    /** Calls whose recording is missing or another's, and those that have one although none was announced. */
    List<String> recordingsWrong() {
        return ended().filter(call -> {
                    List<HeldCall> records = records(call.id());
                    byte[] found = records.isEmpty()
                            ? new byte[0]
                            : records.get(0).recording().get();
                    boolean its = Arrays.equals(found, RecordingShop.sound(call.id()));
                    return switch (call.recording()) {
                        case NO -> found.length > 0;
                        case UNACKNOWLEDGED -> found.length > 0 && !its;
                        case ACKNOWLEDGED -> !its;
                    };
                })
                .map(ToldCall::toString)
                .toList();
    }

    /** Records that say something else than was told. */
    Map<String, String> contentWrong() {
        Map<String, String> wrong = new HashMap<>();
        Map<String, Long> callsOfNumber =
                told.values().stream().collect(Collectors.groupingBy(ToldCall::number, Collectors.counting()));
        ended().forEach(call -> records(call.id()).forEach(record -> {
            boolean result = (call.answered() ? Result.ANSWERED : Result.MISSED) == record.result();
            boolean duration = record.seconds() == (call.answered() ? ToldCall.SECONDS : 0);
            // Whose a missed call is depends on who rang, if that was heard in time, and on whose the customer is.
            boolean certain = call.answered()
                    || (call.whole() && !call.known() && callsOfNumber.getOrDefault(call.number(), 0L) == 1);
            boolean user = !certain || record.user().equals(users.get(call.extension()));
            boolean rest = record.inbound() && record.number().equals(call.number());
            if (!result || !duration || !user || !rest) {
                wrong.put(call.toString(), record.toString());
            }
        }));
        return wrong;
    }

    /** Everything that is wrong, one line each. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        lost().forEach(id -> findings.add("no record: " + told(id)));
        duplicated().forEach(id -> findings.add("two records: " + id));
        invented().forEach(id -> findings.add("nobody told of it: " + id));
        registeredWrongly().forEach(call -> findings.add("registered twice or left open: " + call));
        leadsWrong().forEach((calls, found) -> findings.add(found + " leads: " + calls));
        ticketsWrong().forEach((call, found) -> findings.add(found + " tickets: " + call));
        recordingsWrong().forEach(call -> findings.add("wrong recording: " + call));
        contentWrong().forEach((call, record) -> findings.add("wrong record: " + call + " has " + record));
        return findings;
    }

    /** One line of figures. */
    String figures() {
        long missed = ended().filter(call -> !call.answered()).count();
        long strangers = ended().filter(call -> !call.known())
                .map(ToldCall::number)
                .distinct()
                .count();
        return ("calls acknowledged %d, lost %d, duplicated %d, registered wrongly %d, leads due %d wrong %d,"
                        + " tickets due %d wrong %d, recordings due %d wrong %d, content wrong %d, invented %d")
                .formatted(
                        acknowledged(),
                        lost().size(),
                        duplicated().size(),
                        registeredWrongly().size(),
                        strangers,
                        leadsWrong().size(),
                        missed,
                        ticketsWrong().size(),
                        ended().filter(ToldCall::isRecorded).count(),
                        recordingsWrong().size(),
                        contentWrong().size(),
                        invented().size());
    }
}
