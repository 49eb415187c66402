// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.asterisk.Journey.Handover;
import io.cordboard.asterisk.Line.Fact;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.Transfer;
import io.cordboard.pbx.Dialing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes call events of what Asterisk says: a state machine without threads, clocks and I/O.
 *
 * <p>It collects facts about channels and asks after each what they mean ({@link Teller}), because the order of
 * Asterisk's events within some milliseconds is arbitrary. A call is told to be over a moment after its last channel
 * went, by {@link #tick}. Not safe for use by many threads.
 */
final class CallDeriver {
    /** How long after the last hang-up the rest of the same moment is awaited. */
    static final Duration LINGER = Duration.ofMillis(300);

    private static final Duration LATE_RECORD = Duration.ofSeconds(5);
    private static final Duration STRAY = Duration.ofSeconds(60);
    private static final Duration MAX_AGE = Duration.ofHours(12);
    private static final int MAX_ORDERS = 1_000;

    private final String pbx;
    private final Endpoints endpoints;
    private final AsteriskSettings.Variables variables;
    private final Teller teller;
    private final Map<String, Journey> journeys = new LinkedHashMap<>();
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Dialing.Order> orders = new LinkedHashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Set<Journey> touched = new LinkedHashSet<>();
    private Duration skew = Duration.ZERO;
    private long session = 1;

    CallDeriver(String pbx, Endpoints endpoints, AsteriskSettings.Variables variables) {
        this.pbx = pbx;
        this.endpoints = endpoints;
        this.variables = variables;
        this.teller = new Teller(endpoints, journeys::values);
    }

    /**
     * {@return what an event of Asterisk means}
     *
     * @param event the event
     * @param now when it was heard
     */
    List<CallEvent> on(AmiEvent event, Instant now) {
        Instant at = event.at(now.plus(skew));
        if (event.find("timestamp") != null) {
            skew = Duration.between(now, at);
        }
        List<CallEvent> out = new ArrayList<>();
        touched.clear();
        note(event, at, now, out);
        for (Journey journey : touched) {
            journey.heard(now);
            teller.tell(journey, now, out);
        }
        return out;
    }

    /**
     * {@return what the passing of time means: calls that are over, and calls of which nothing was heard for too long}
     *
     * @param now the time
     */
    List<CallEvent> tick(Instant now) {
        List<CallEvent> out = new ArrayList<>();
        List<Journey> gone = new ArrayList<>();
        for (Journey journey : List.copyOf(journeys.values())) {
            teller.tell(journey, now, out);
            if (isDone(journey, now)) {
                gone.add(journey);
            } else if (journey.lastHeard().plus(MAX_AGE).isBefore(now)) {
                teller.close(journey, now.plus(skew), EndReason.UNKNOWN, out);
                gone.add(journey);
            }
        }
        gone.forEach(this::forget);
        return out;
    }

    private static boolean isDone(Journey journey, Instant now) {
        Instant last = journey.lastHeard();
        return journey.lines().isEmpty()
                || (journey.over() && last.plus(LATE_RECORD).isBefore(now))
                || (journey.direction() == null
                        && journey.root().isEmpty()
                        && last.plus(STRAY).isBefore(now));
    }

    private void forget(Journey journey) {
        journeys.remove(journey.id().value());
        journey.lines().forEach(line -> lines.remove(line.id()));
    }

    /** Remembers a click-to-call request before it is sent. */
    void order(Dialing.Order order) {
        orders.put(order.id(), order);
        if (orders.size() > MAX_ORDERS) {
            orders.remove(orders.keySet().iterator().next());
        }
    }

    /** Notes that the connection broke: what is heard from now on belongs to the next. */
    void disconnected() {
        session++;
        shown.clear();
    }

    /**
     * {@return what it means that Asterisk has told all its channels: calls that it no longer has are over}
     *
     * @param live the calls that the store takes for running
     * @param now when it was heard
     */
    List<CallEvent> snapshotComplete(Set<CallId> live, Instant now) {
        List<CallEvent> out = new ArrayList<>();
        Instant at = now.plus(skew);
        for (Line line : List.copyOf(lines.values())) {
            if (line.alive() && line.session() < session && !shown.contains(line.id())) {
                line.note(Fact.HUNG_UP, at);
                line.closed("", now);
            }
        }
        for (Journey journey : List.copyOf(journeys.values())) {
            if (live.contains(journey.id()) && !journey.arrived()) {
                journey.known();
            }
            if (journey.arrived() && journey.over() && isVanished(journey)) {
                teller.close(journey, at, EndReason.UNKNOWN, out);
            } else {
                teller.tell(journey, now, out);
            }
        }
        for (CallId call : live) {
            Journey journey = journeys.get(call.value());
            if (journey == null || (journey.direction() == null && journey.over())) {
                out.add(new CallEvent.Ended(call, at, EndReason.UNKNOWN, null, null));
            }
        }
        shown.clear();
        return out;
    }

    /** Notes that a list of channels was begun before events were lost: it says nothing about now. */
    void snapshotOutdated() {
        shown.clear();
    }

    private static boolean isVanished(Journey journey) {
        return journey.lines().stream().anyMatch(line -> line.cause().isEmpty());
    }

    /** {@return the channel to hang up when a call is to end} */
    Optional<String> channelToHangUp(CallId call) {
        Journey journey = journeys.get(call.value());
        return journey == null
                ? Optional.empty()
                : teller.customerOrAny(journey).map(Line::name);
    }

    /** {@return the channel of the agent who talks with the customer} */
    Optional<String> channelToTransfer(CallId call) {
        Journey journey = journeys.get(call.value());
        return journey == null ? Optional.empty() : teller.talkingAgent(journey).map(Line::name);
    }

    /** {@return how many channels are remembered} */
    int size() {
        return lines.size();
    }

    private void note(AmiEvent event, Instant at, Instant now, List<CallEvent> out) {
        switch (event.name()) {
            case "newchannel" -> newChannel(event, at, now);
            case "dialbegin", "dialstate", "dialend" -> dial(event, at, now);
            case "blindtransfer" -> blindTransfer(event, at);
            case "attendedtransfer" -> attendedTransfer(event, at, out);
            case "originateresponse" -> originated(event, at, out);
            case "cdr" -> cdr(event, at);
            case "coreshowchannel" -> shown(event, now);
            default -> channelEvent(event, at, now);
        }
    }

    private Optional<Line> line(AmiEvent event, String prefix, Instant at, Instant now) {
        String id = event.get(prefix + "uniqueid");
        String linkedId = event.get(prefix + "linkedid");
        if (id.isEmpty() || linkedId.isEmpty()) {
            return Optional.empty();
        }
        Line known = lines.get(id);
        Line line = known == null ? new Line(id, linkedId, at) : known;
        if (known == null) {
            lines.put(id, line);
            journey(linkedId, now).add(line);
        } else if (!line.linkedId().equals(linkedId)) {
            move(line, linkedId, at, now);
        }
        String channel = event.get(prefix + "channel");
        if (line.name().isEmpty() && !channel.isEmpty()) {
            line.named(channel, endpoints.of(channel));
        }
        line.heardIn(session);
        Journey journey = journey(line.linkedId(), now);
        touched.add(journey);
        if (prefix.isEmpty()) {
            readVariables(event, journey, at);
        }
        return Optional.of(line);
    }

    private void move(Line line, String linkedId, Instant at, Instant now) {
        Journey from = journey(line.linkedId(), now);
        if (!line.linked(linkedId, at)) {
            return;
        }
        from.remove(line);
        journey(linkedId, now).add(line);
        touched.add(from);
    }

    private Journey journey(String linkedId, Instant now) {
        return journeys.computeIfAbsent(linkedId, id -> {
            Journey journey = new Journey(new CallId(pbx, id), now);
            Dialing.Order order = orders.get(id);
            if (order != null) {
                journey.dialId(order.id());
                journey.orderedNumber(order.number());
            }
            return journey;
        });
    }

    private void readVariables(AmiEvent event, Journey journey, Instant at) {
        Map<String, String> given = event.variables();
        Optional.ofNullable(given.get(variables.did())).ifPresent(journey::did);
        Optional.ofNullable(given.get(variables.recording())).ifPresent(name -> journey.recording(name, at));
        Optional.ofNullable(given.get(variables.callId()))
                .filter(id -> journey.dialId().isEmpty())
                .ifPresent(journey::dialId);
    }

    private void newChannel(AmiEvent event, Instant at, Instant now) {
        line(event, "", at, now).ifPresent(line -> {
            line.note(Fact.CREATED, at);
            line.bornIn(event.get("linkedid"));
            line.exten(event.get("exten"));
            if (!line.endpoint().isAgent()) {
                line.number(event.get("calleridnum"), at);
            }
        });
    }

    private void dial(AmiEvent event, Instant at, Instant now) {
        line(event, "dest", at, now).ifPresent(line -> {
            switch (event.name()) {
                case "dialbegin" -> {
                    line.note(Fact.DIALLED, at);
                    line.bornIn(event.get("destlinkedid"));
                    line.dialledBy(event.find("channel") == null, event.get("calleridnum"));
                    if (line.endpoint().isTrunk()) {
                        line.number(event.get("destcalleridnum"), at);
                    }
                }
                case "dialstate" -> {
                    if (event.get("dialstatus").equals("RINGING")) {
                        line.note(Fact.RINGING, at);
                    }
                }
                default -> {
                    line.note(Fact.DIAL_ENDED, at);
                    line.dialEnded(event.get("dialstatus"));
                    if (event.get("dialstatus").equals("ANSWER")) {
                        line.note(Fact.UP, at);
                    }
                }
            }
        });
        line(event, "", at, now);
    }

    private void channelEvent(AmiEvent event, Instant at, Instant now) {
        Optional<Line> found = line(event, "", at, now);
        if (found.isEmpty()) {
            return;
        }
        Line line = found.get();
        switch (event.name()) {
            case "newcallerid" -> line.number(event.get("calleridnum"), at);
            case "newstate" -> {
                if (event.get("channelstate").equals("5")) {
                    line.note(Fact.RINGING, at);
                } else if (event.get("channelstate").equals("6")) {
                    line.note(Fact.UP, at);
                }
            }
            case "bridgeenter" -> {
                line.enter(event.get("bridgeuniqueid"), at);
                touchBridge(event.get("bridgeuniqueid"));
            }
            case "bridgeleave" -> line.leave(event.get("bridgeuniqueid"), at);
            case "hold" -> line.held(true, at);
            case "unhold" -> line.held(false, at);
            case "hangup" -> {
                line.note(Fact.HUNG_UP, at);
                line.closed(event.get("cause").isEmpty() ? "0" : event.get("cause"), now);
            }
            case "hanguprequest" -> line.note(Fact.HANGUP_ASKED, at);
            case "queuecallerjoin" -> journey(line.linkedId(), now).queues().putIfAbsent(event.get("queue"), at);
            case "mixmonitorstart" -> journey(line.linkedId(), now).unnamedRecording(at);
            default -> {
                // Other events are only read for their channel variables.
            }
        }
    }

    private void touchBridge(String bridge) {
        for (Line line : lines.values()) {
            Journey journey = line.isIn(bridge) ? journeys.get(line.linkedId()) : null;
            if (journey != null) {
                touched.add(journey);
            }
        }
    }

    private void blindTransfer(AmiEvent event, Instant at) {
        Journey journey = journeys.get(event.get("transfereelinkedid"));
        Extension from = endpoints.of(event.get("transfererchannel")).agent();
        String to = event.get("extension");
        if (journey != null
                && from != null
                && !to.isEmpty()
                && event.get("result").equals("Success")) {
            journey.handover(new Handover(at, Transfer.Kind.BLIND, from, to));
            touched.add(journey);
        }
    }

    private void attendedTransfer(AmiEvent event, Instant at, List<CallEvent> out) {
        Journey first = journeys.get(event.get("transfereelinkedid"));
        Journey second = journeys.get(event.get("transfertargetlinkedid"));
        Extension from = endpoints.of(event.get("origtransfererchannel")).agent();
        if (first == null || from == null || !event.get("result").equals("Success")) {
            return;
        }
        String to = nameOf(event.get("transfertargetchannel"), event.get("transfertargetcalleridnum"));
        Journey customers = first;
        if (first.consultationOf() != null) {
            // The agent completed the transfer from the consultation's side: the other one is the customer.
            customers = first.consultationOf();
            to = nameOf(event.get("transfereechannel"), event.get("transfereecalleridnum"));
        }
        if (to.isEmpty()) {
            to = event.get("secondtransfererexten");
        }
        if (!to.isEmpty()) {
            customers.handover(new Handover(at, Transfer.Kind.ATTENDED, from, to));
        }
        touched.add(customers);
        if (second != null && second != customers) {
            teller.absorb(second, customers, at, out);
        }
    }

    private String nameOf(String channel, String number) {
        Extension agent = channel.isEmpty() ? null : endpoints.of(channel).agent();
        return agent == null ? number : agent.number();
    }

    private void originated(AmiEvent event, Instant at, List<CallEvent> out) {
        Line line = lines.get(event.get("uniqueid"));
        Journey journey = line == null ? null : journeys.get(line.linkedId());
        if (journey != null) {
            journey.orderedNumber(event.get("exten"));
            touched.add(journey);
            return;
        }
        Dialing.Order order = orders.remove(event.get("actionid"));
        if (order != null && event.get("response").equals("Failure")) {
            // The phone could not even be dialled: no channel will ever tell of this call.
            CallId id = new CallId(pbx, order.id());
            Caller customer = Caller.raw(order.number());
            out.add(new CallEvent.Arrived(
                    id, at, Direction.OUTBOUND, customer, order.line(), order.agent(), order.id()));
            out.add(new CallEvent.Ended(id, at, EndReason.FAILED, EndedBy.PBX, event.get("reason")));
        }
    }

    private void cdr(AmiEvent event, Instant at) {
        Line line = lines.get(event.get("uniqueid"));
        String linkedId = event.find("linkedid") == null && line != null ? line.linkedId() : event.get("linkedid");
        Journey journey = journeys.get(linkedId);
        if (journey == null) {
            return;
        }
        if (!event.get("recordingfile").isEmpty()) {
            journey.recording(event.get("recordingfile"), at);
        }
        if (event.get("lastapplication").equalsIgnoreCase("VoiceMail")) {
            journey.reachedVoicemail();
        }
        touched.add(journey);
    }

    private void shown(AmiEvent event, Instant now) {
        Instant at = now.plus(skew);
        line(event, "", at, now).ifPresent(line -> {
            shown.add(line.id());
            if (!line.is(Fact.CREATED)) {
                Instant since = at.minus(Snapshot.duration(event.get("duration")));
                line.note(Fact.CREATED, since);
                line.note(Fact.FROM_SNAPSHOT, since);
                line.bornIn(event.get("linkedid"));
                line.exten(event.get("exten"));
                line.number(event.get("calleridnum"), since);
                if (event.get("channelstate").equals("6")) {
                    line.note(Fact.UP, since);
                }
            }
            String bridge = event.get("bridgeid");
            if (!bridge.isEmpty() && !line.isIn(bridge)) {
                line.enter(bridge, at);
            }
        });
        // Told when the list is complete: only then is it known which calls the store knows already.
        touched.clear();
    }

    Collection<Journey> journeys() {
        return journeys.values();
    }
}
