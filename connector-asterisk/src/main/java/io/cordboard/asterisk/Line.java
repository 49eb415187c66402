// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has been heard about one channel. Facts only, each with its time, so that the order in which they are heard does
 * not matter. Not safe for use by many threads.
 */
final class Line {
    private static final int MAX_HOLDS = 1_000;

    private final String id;
    private final Map<Fact, Instant> facts = new HashMap<>();
    private final Map<String, Instant> entered = new HashMap<>();
    private final Map<String, Instant> left = new HashMap<>();
    private final NavigableMap<Instant, Boolean> holds = new TreeMap<>();

    private String name = "";
    private Endpoint endpoint = new Endpoint(Endpoint.Kind.LOCAL, null);
    private String linkedId;
    private Instant linkedAt;
    private String exten = "";
    private String number = "";
    private Instant numberAt = Instant.MAX;
    private String diallerNumber = "";
    private String home = "";
    private boolean originated;
    private String dialStatus = "";
    private String cause = "";
    private @Nullable Instant closedAt;
    private @Nullable Instant toldRinging;
    private long session;

    /** What can be known about a channel, once each. */
    enum Fact {
        CREATED,
        DIALLED,
        RINGING,
        UP,
        DIAL_ENDED,
        HANGUP_ASKED,
        HUNG_UP,
        FROM_SNAPSHOT
    }

    Line(String id, String linkedId, Instant at) {
        this.id = id;
        this.linkedId = linkedId;
        this.linkedAt = at;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void named(String channel, Endpoint whose) {
        name = channel;
        endpoint = whose;
    }

    String linkedId() {
        return linkedId;
    }

    /** {@return whether the channel belongs to another call now; an older event cannot move it back} */
    boolean linked(String call, Instant at) {
        if (at.isBefore(linkedAt)) {
            return false;
        }
        linkedAt = at;
        boolean moved = !linkedId.equals(call);
        linkedId = call;
        return moved;
    }

    /** Notes a fact; the earliest time counts, because the rest are repetitions. */
    void note(Fact fact, Instant at) {
        facts.merge(fact, at, (a, b) -> a.isBefore(b) ? a : b);
    }

    boolean is(Fact fact) {
        return facts.containsKey(fact);
    }

    @Nullable
    Instant at(Fact fact) {
        return facts.get(fact);
    }

    boolean alive() {
        return !is(Fact.HUNG_UP);
    }

    /** {@return the call in which it was made or dialled; a transfer may move it to another} */
    String home() {
        return home;
    }

    void bornIn(String call) {
        if (home.isEmpty()) {
            home = call;
        }
    }

    String exten() {
        return exten;
    }

    void exten(String dialled) {
        exten = dialled;
    }

    String number() {
        return number;
    }

    /** The first number counts: a dial plan overwrites it with the line's own before it dials out. */
    void number(String callerNumber, Instant at) {
        if (!callerNumber.isEmpty() && at.isBefore(numberAt)) {
            number = callerNumber;
            numberAt = at;
        }
    }

    String diallerNumber() {
        return diallerNumber;
    }

    boolean originated() {
        return originated;
    }

    void dialledBy(boolean nobody, String callerNumber) {
        originated |= nobody;
        diallerNumber = callerNumber;
    }

    String dialStatus() {
        return dialStatus;
    }

    void dialEnded(String status) {
        // A queue says NOANSWER and then CANCEL about one member: the first is the truth.
        if (dialStatus.isEmpty()) {
            dialStatus = status;
        }
    }

    String cause() {
        return cause;
    }

    void closed(String hangupCause, Instant heard) {
        if (closedAt == null) {
            cause = hangupCause;
            closedAt = heard;
        }
    }

    /** {@return when, by our own clock, it was heard that the channel is gone} */
    Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    /** {@return when it was told to ring, if it was} */
    Optional<Instant> toldRinging() {
        return Optional.ofNullable(toldRinging);
    }

    void toldRinging(Instant at) {
        toldRinging = at;
    }

    /** {@return whether Asterisk made this channel before the other: the number behind the dot counts up} */
    boolean isOlderThan(Line other) {
        return sequence() < other.sequence();
    }

    private long sequence() {
        String digits = id.substring(id.lastIndexOf('.') + 1);
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }

    long session() {
        return session;
    }

    void heardIn(long connection) {
        session = connection;
    }

    void enter(String bridge, Instant at) {
        entered.merge(bridge, at, (a, b) -> a.isAfter(b) ? a : b);
    }

    void leave(String bridge, Instant at) {
        left.merge(bridge, at, (a, b) -> a.isAfter(b) ? a : b);
    }

    boolean isIn(String bridge) {
        Instant in = entered.get(bridge);
        Instant out = left.get(bridge);
        return in != null && alive() && (out == null || out.isBefore(in));
    }

    Iterable<String> bridges() {
        return entered.keySet().stream().filter(this::isIn).toList();
    }

    /** {@return when it entered the bridge that it is in} */
    Optional<Instant> bridgedSince() {
        return entered.entrySet().stream()
                .filter(bridge -> isIn(bridge.getKey()))
                .map(Map.Entry::getValue)
                .max(Instant::compareTo);
    }

    void held(boolean hold, Instant at) {
        if (holds.size() < MAX_HOLDS) {
            holds.put(at, hold);
        }
    }

    NavigableMap<Instant, Boolean> holds() {
        return holds;
    }

    /** {@return whether the other channel is the other half of this Local channel} */
    boolean isOtherHalfOf(Line other) {
        return name.startsWith("Local/")
                && other.name.length() == name.length()
                && !other.name.equals(name)
                && name.regionMatches(0, other.name, 0, name.length() - 1)
                && name.charAt(name.length() - 2) == ';';
    }
}
