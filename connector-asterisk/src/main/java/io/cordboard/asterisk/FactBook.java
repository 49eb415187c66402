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
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down what Asterisk's events say about channels and calls. Not safe for use by many threads. */
final class FactBook {
    private static final int MAX_ORDERS = 1_000;

    private final String pbx;
    private final Endpoints endpoints;
    private final AsteriskSettings.Variables variables;
    private final Map<String, Journey> journeys = new LinkedHashMap<>();
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Dialing.Order> orders = new LinkedHashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Set<Journey> touched = new LinkedHashSet<>();
    private long session = 1;

    FactBook(String pbx, Endpoints endpoints, AsteriskSettings.Variables variables) {
        this.pbx = pbx;
        this.endpoints = endpoints;
        this.variables = variables;
    }

    /**
     * {@return the calls about which an event says something}
     *
     * @param event the event
     * @param at when it happened
     * @param now when it was heard
     * @param out where the few things are said that concern no channel
     */
    Collection<Journey> note(AmiEvent event, Instant at, Instant now, List<CallEvent> out) {
        touched.clear();
        write(event, at, now, out);
        return List.copyOf(touched);
    }

    Collection<Journey> journeys() {
        return journeys.values();
    }

    @Nullable
    Journey journey(CallId call) {
        return journeys.get(call.value());
    }

    void forget(Journey journey) {
        journeys.remove(journey.id().value());
        journey.lines().forEach(line -> lines.remove(line.id()));
    }

    void order(Dialing.Order order) {
        orders.put(order.id(), order);
        if (orders.size() > MAX_ORDERS) {
            orders.remove(orders.keySet().iterator().next());
        }
    }

    /** Notes that what is heard from now on belongs to another connection. */
    void disconnected() {
        session++;
        shown.clear();
    }

    void forgetShown() {
        shown.clear();
    }

    /** Closes the channels that were neither listed nor heard of since the connection was made. */
    void hangUpVanished(Instant at, Instant now) {
        for (Line line : lines.values()) {
            if (line.alive() && line.session() < session && !shown.contains(line.id())) {
                line.note(Fact.HUNG_UP, at);
                line.closed("", now);
            }
        }
    }

    /** {@return how many channels are remembered} */
    int size() {
        return lines.size();
    }

    private void write(AmiEvent event, Instant at, Instant now, List<CallEvent> out) {
        switch (event.name()) {
            case "newchannel" -> newChannel(event, at, now);
            case "dialbegin", "dialstate", "dialend" -> dial(event, at, now);
            case "blindtransfer" -> blindTransfer(event, at);
            case "attendedtransfer" -> attendedTransfer(event, at, out);
            case "originateresponse" -> originated(event, at, out);
            case "cdr" -> cdr(event, at);
            case "coreshowchannel" -> shown(event, at, now);
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
            absorb(second, customers, at, out);
        }
    }

    /** Says that what looked like a call belongs to another. */
    private static void absorb(Journey second, Journey into, Instant at, List<CallEvent> out) {
        if (second.arrived() && second.direction() != Direction.INBOUND) {
            second.say(new CallEvent.Absorbed(second.id(), at, into.id()), out);
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

    private void shown(AmiEvent event, Instant at, Instant now) {
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
}
