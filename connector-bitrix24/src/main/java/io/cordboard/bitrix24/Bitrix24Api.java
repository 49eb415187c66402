// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.Answer;
import io.cordboard.http.VendorHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands to the portal, fifty in a request, within the account's budget. Never throws: each command gets a
 * {@link Reply}. Safe for use by many threads.
 *
 * <p>A token that ends in the middle of a batch costs one more request: only the commands that were refused for it, and
 * those that refer to them, are sent again with the new token.
 */
final class Bitrix24Api {
    static final int MOST = 50;

    private static final Duration WHEN_OVERLOADED = Duration.ofSeconds(30);

    private final Access access;
    private final VendorHttp http;
    private final Bitrix24Wire wire;
    private final AccountBudget budget;
    private final Duration whenTooFast;
    private final MethodTime methodTime;
    private final Pulse pulse;
    private final LongAdder commands = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder limited = new LongAdder();

    Bitrix24Api(Access access, VendorHttp http, AccountBudget budget, MethodTime methodTime, Pulse pulse) {
        this(access, http, budget, methodTime, pulse, Duration.ofMillis(1500));
    }

    // One more than the rule: tests shorten the pause.
    Bitrix24Api(
            Access access,
            VendorHttp http,
            AccountBudget budget,
            MethodTime methodTime,
            Pulse pulse,
            Duration whenTooFast) {
        this.access = access;
        this.http = http;
        this.wire = http.service(Bitrix24Wire.class);
        this.budget = budget;
        this.methodTime = methodTime;
        this.pulse = pulse;
        this.whenTooFast = whenTooFast;
    }

    /** {@return what was counted of commands, of which up to fifty travel in one request} */
    Map<String, Long> counts() {
        return Map.of(
                "commands", commands.sum(),
                "commands_failed", failed.sum(),
                "commands_repeated", repeated.sum(),
                "answers_limited", limited.sum());
    }

    /** {@return the answer to one command} */
    Reply call(Traffic traffic, Command command) {
        return batch(traffic, List.of(command)).get(0);
    }

    /** {@return the answers, in the same order; commands do not refer to each other} */
    List<Reply> batch(Traffic traffic, List<Command> commands) {
        return groups(traffic, commands.stream().map(List::of).toList()).stream()
                .map(replies -> replies.get(0))
                .toList();
    }

    /**
     * {@return the answers, in the same order; commands of one group travel in one request and may refer to earlier
     * ones of their group}
     */
    List<List<Reply>> groups(Traffic traffic, List<List<Command>> groups) {
        List<List<Reply>> answers = new ArrayList<>();
        List<Command> load = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (List<Command> group : groups) {
            if (load.size() + group.size() > MOST) {
                answers.addAll(sent(traffic, load, sizes));
                load.clear();
                sizes.clear();
            }
            int places = load.size();
            group.forEach(command -> load.add(command.shifted(places)));
            sizes.add(group.size());
        }
        answers.addAll(sent(traffic, load, sizes));
        return answers;
    }

    private List<List<Reply>> sent(Traffic traffic, List<Command> load, List<Integer> sizes) {
        List<Reply> replies = new ArrayList<>(sent(traffic, List.copyOf(load)).values());
        List<List<Reply>> answers = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            answers.add(List.copyOf(replies.subList(from, from + size)));
            from += size;
        }
        return answers;
    }

    private Map<Integer, Reply> sent(Traffic traffic, List<Command> load) {
        Map<Integer, Reply> known = new TreeMap<>();
        NavigableSet<Integer> todo = new TreeSet<>();
        for (int i = 0; i < load.size(); i++) {
            Optional<Fault> blocked = methodTime.blocked(traffic, load.get(i).method());
            if (blocked.isPresent()) {
                known.put(i, Reply.failed(blocked.get()));
            } else {
                todo.add(i);
            }
        }
        for (int round = 0; round < 2 && !todo.isEmpty(); round++) {
            failWithWhatTheyNeed(load, todo, known);
            String token = send(traffic, load, todo, known);
            NavigableSet<Integer> again = toRepeat(load, todo, known);
            if (again.isEmpty() || round > 0 || !renewed(token, again, known)) {
                break;
            }
            known.keySet().removeAll(again);
            repeated.add(again.size());
            todo = again;
        }
        return known;
    }

    /** A command whose reference leads to a failed one is not sent: the portal would put nothing in its place. */
    private static void failWithWhatTheyNeed(
            List<Command> load, NavigableSet<Integer> todo, Map<Integer, Reply> known) {
        for (int place : List.copyOf(todo)) {
            for (int needed : load.get(place).needs()) {
                Reply earlier = known.get(needed);
                if (earlier != null && earlier.fault() != null) {
                    known.put(place, earlier);
                    todo.remove(place);
                }
            }
        }
    }

    private static NavigableSet<Integer> toRepeat(
            List<Command> load, NavigableSet<Integer> sent, Map<Integer, Reply> known) {
        NavigableSet<Integer> again = new TreeSet<>();
        for (int place : sent) {
            Reply reply = known.get(place);
            Fault fault = reply == null ? null : reply.fault();
            boolean expired = fault != null && fault.isExpired();
            boolean waitsForIt =
                    fault != null && load.get(place).needs().stream().anyMatch(again::contains);
            if (expired || waitsForIt) {
                again.add(place);
            }
        }
        return again;
    }

    private boolean renewed(String token, NavigableSet<Integer> again, Map<Integer, Reply> known) {
        try {
            return access.renew(token);
        } catch (ConnectorException e) {
            pulse.failed(e);
            again.forEach(place -> known.put(place, Reply.failed(notSent(e))));
            return false;
        }
    }

    private String send(Traffic traffic, List<Command> load, NavigableSet<Integer> todo, Map<Integer, Reply> known) {
        if (todo.isEmpty()) {
            return "";
        }
        String base;
        String token;
        try {
            base = access.methods().toString();
            token = access.token().orElse("");
        } catch (ConnectorException e) {
            pulse.failed(e);
            todo.forEach(place -> known.put(place, Reply.failed(notSent(e))));
            return "";
        }
        Map<Integer, Command> ready = new LinkedHashMap<>();
        todo.forEach(place -> ready.put(place, resolved(load.get(place), todo, known)));
        commands.add(ready.size());
        try {
            Map<Integer, Reply> replies = turn(traffic, () -> exchange(base, token, ready));
            known.putAll(replies);
            failed.add(replies.values().stream()
                    .filter(reply -> reply.fault() != null)
                    .count());
            feel(replies);
        } catch (ConnectorException e) {
            pulse.failed(e);
            failed.add(ready.size());
            todo.forEach(place -> known.put(place, Reply.failed(Fault.of(e))));
        }
        known.forEach((place, reply) -> methodTime.learn(load.get(place).method(), reply));
        return token;
    }

    /** A token that has ended is no sign of anything: it is renewed. */
    private void feel(Map<Integer, Reply> replies) {
        Optional<Fault> refusal = replies.values().stream()
                .flatMap(reply -> Optional.ofNullable(reply.fault()).stream())
                .filter(fault -> fault.reason() == Reason.REAUTHORISE)
                .filter(fault -> !access.isApp() || !fault.isExpired())
                .findFirst();
        refusal.ifPresentOrElse(pulse::refused, pulse::answered);
    }

    private <T> T turn(Traffic traffic, Supplier<T> request) {
        return traffic.isQuestion() ? budget.ask(traffic.priority(), request) : budget.run(traffic.priority(), request);
    }

    /** One HTTP request. What spoils all of its commands alike is thrown. */
    private Map<Integer, Reply> exchange(String base, String token, Map<Integer, Command> ready) {
        boolean single = ready.size() == 1;
        Command command = single ? ready.values().iterator().next() : Bitrix24Messages.batch(ready);
        Map<String, Object> body = new LinkedHashMap<>(command.params());
        if (!token.isEmpty()) {
            body.put("auth", token);
        }
        Answer answer = http.exchange(wire.method(base + command.method(), body));
        Reply reply = Bitrix24Messages.reply(answer).orElseThrow(() -> unreadable(answer));
        slowDown(reply.fault());
        Map<Integer, Reply> replies = new TreeMap<>();
        if (single || reply.fault() != null) {
            ready.keySet().forEach(place -> replies.put(place, reply));
        } else {
            ready.keySet().forEach(place -> replies.put(place, Bitrix24Messages.replyTo(Ref.key(place), reply)));
        }
        return replies;
    }

    private void slowDown(@Nullable Fault fault) {
        if (fault == null) {
            return;
        }
        if (fault.is("QUERY_LIMIT_EXCEEDED")) {
            limited.increment();
            budget.pause(whenTooFast);
        } else if (fault.is("OVERLOAD_LIMIT")) {
            limited.increment();
            budget.pause(WHEN_OVERLOADED);
        }
    }

    private ConnectorException unreadable(Answer answer) {
        if (answer.isSuccess()) {
            return new ConnectorException(Reason.UNCLEAR, "bitrix24 answered with something that is not its JSON");
        }
        ConnectorException byStatus = http.fault(answer);
        // A page instead of JSON comes from something in front of the portal: what it says of rights means nothing.
        return byStatus.reason().retryable() && byStatus.reason() != Reason.REAUTHORISE
                ? byStatus
                : new ConnectorException(Reason.UNAVAILABLE, byStatus.getMessage() + " without JSON");
    }

    private static Command resolved(Command command, NavigableSet<Integer> sent, Map<Integer, Reply> known) {
        return new Command(command.method(), command.resolved(ref -> {
            Reply earlier = sent.contains(ref.command()) ? null : known.get(ref.command());
            return earlier == null ? ref.onTheWire() : at(earlier.result(), ref.path());
        }));
    }

    private static String at(JsonNode result, List<String> path) {
        JsonNode node = result;
        for (String step : path) {
            node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return node.asText();
    }

    /** Without a token nothing was sent, whatever happened to the question for one. */
    private static Fault notSent(ConnectorException e) {
        Fault fault = Fault.of(e);
        return fault.reason() == Reason.UNCLEAR
                ? new Fault(Reason.UNAVAILABLE, fault.code(), fault.text(), fault.after())
                : fault;
    }
}
