// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.asterisk.Line.Fact;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.Transfer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has been heard about the channels that share one {@code Linkedid}, and what has been said about it already. Not
 * safe for use by many threads.
 */
final class Journey {
    private final CallId id;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Set<String> said = new HashSet<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final Map<String, Instant> queues = new LinkedHashMap<>();
    private final Map<String, Instant> recordings = new LinkedHashMap<>();

    private String did = "";
    private String dialId = "";
    private String orderedNumber = "";
    private boolean voicemail;
    private boolean known;
    private @Nullable Direction direction;
    private @Nullable Journey consultationOf;
    private @Nullable Instant unnamedRecording;
    private Instant lastHeard;
    private @Nullable Instant endedHeard;

    /**
     * A hand-over that Asterisk told of. Immutable.
     *
     * @param at when
     * @param kind whether the agent asked first
     * @param from who handed over
     * @param to whereto
     */
    record Handover(Instant at, Transfer.Kind kind, Extension from, String to) {}

    Journey(CallId id, Instant heard) {
        this.id = id;
        this.lastHeard = heard;
    }

    CallId id() {
        return id;
    }

    Collection<Line> lines() {
        return lines.values();
    }

    void add(Line line) {
        lines.put(line.id(), line);
    }

    void remove(Line line) {
        lines.remove(line.id());
    }

    /** {@return the channel with which the call began, if it is known} */
    Optional<Line> root() {
        return Optional.ofNullable(lines.get(id.value())).filter(line -> line.is(Fact.CREATED));
    }

    @Nullable
    Direction direction() {
        return direction;
    }

    void goes(Direction way) {
        direction = way;
    }

    /** {@return whether somebody was told that the call exists} */
    boolean arrived() {
        return direction != null && consultationOf == null;
    }

    /** The store knows the call from before; its arrival is not told again. */
    void known() {
        known = true;
    }

    boolean isKnown() {
        return known;
    }

    @Nullable
    Journey consultationOf() {
        return consultationOf;
    }

    void consults(Journey call) {
        consultationOf = call;
    }

    /** Says an event, unless it was said before. */
    void say(CallEvent event, List<CallEvent> out) {
        if (said.add(event.key())) {
            out.add(event);
        }
    }

    boolean hasSaid(String key) {
        return said.contains(key);
    }

    /** {@return whether the parties were connected; that an agent waits for the customer's answer is not enough} */
    boolean answered() {
        return lines.values().stream()
                .filter(line -> direction != Direction.OUTBOUND
                        || (line.endpoint().isTrunk() && !line.id().equals(id.value())))
                .anyMatch(line -> hasSaid("answered/" + line.id()));
    }

    List<Handover> handovers() {
        return handovers;
    }

    void handover(Handover handover) {
        handovers.add(handover);
    }

    Map<String, Instant> queues() {
        return queues;
    }

    Map<String, Instant> recordings() {
        return recordings;
    }

    void recording(String name, Instant at) {
        recordings.merge(name, at, (a, b) -> a.isBefore(b) ? a : b);
    }

    @Nullable
    Instant unnamedRecording() {
        return unnamedRecording;
    }

    void unnamedRecording(Instant at) {
        unnamedRecording = at;
    }

    String did() {
        return did;
    }

    void did(String number) {
        did = number;
    }

    String dialId() {
        return dialId;
    }

    void dialId(String order) {
        dialId = order;
    }

    String orderedNumber() {
        return orderedNumber;
    }

    void orderedNumber(String number) {
        if (!number.isEmpty() && orderedNumber.isEmpty()) {
            orderedNumber = number;
        }
    }

    boolean voicemail() {
        return voicemail;
    }

    void reachedVoicemail() {
        voicemail = true;
    }

    Instant lastHeard() {
        return lastHeard;
    }

    void heard(Instant now) {
        lastHeard = now;
    }

    /** {@return whether every channel is gone} */
    boolean over() {
        return !lines.isEmpty() && lines.values().stream().noneMatch(Line::alive);
    }

    Optional<Instant> endedHeard() {
        return Optional.ofNullable(endedHeard);
    }

    void endedHeard(@Nullable Instant now) {
        endedHeard = now;
    }
}
