// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.LegEnd;
import io.cordboard.call.Party;
import io.cordboard.call.Recording;
import io.cordboard.call.Transfer;
import io.cordboard.mango.MangoNotice.Kind;
import io.cordboard.mango.MangoNotice.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call's events out of everything that Mango told of it, in whatever order and however often.
 *
 * <p>What it says once it does not take back: nothing is said that something still on its way could prove wrong. What
 * can only be guessed is dated a millisecond after what would be certain, and so gives way to it. Immutable.
 */
final class MangoJourney {
    /** Makes a guess give way to what is certain. */
    static final Duration GUESS = Duration.ofMillis(1);

    private final CallId call;
    private final MangoNumbers numbers;
    private final List<MangoNotice> notices;
    private final Map<String, MangoLeg> legs = new TreeMap<>();

    MangoJourney(CallId call, MangoNumbers numbers, List<MangoNotice> notices) {
        this.call = call;
        this.numbers = numbers;
        this.notices = List.copyOf(notices);
        Map<String, List<MangoNotice>> byLeg = new LinkedHashMap<>();
        of(Kind.LEG)
                .forEach(notice -> byLeg.computeIfAbsent(notice.leg(), leg -> new ArrayList<>())
                        .add(notice));
        byLeg.forEach((id, told) -> legs.put(id, new MangoLeg(id, told)));
    }

    /** {@return everything that can be said by now} */
    List<CallEvent> events() {
        List<CallEvent> said = new ArrayList<>();
        new MangoArrival(call, numbers, this).event().ifPresent(said::add);
        legs.values().forEach(leg -> said.addAll(leg(leg)));
        of(Kind.RECORDING).forEach(notice -> recording(notice).ifPresent(said::add));
        of(Kind.ADDED)
                .forEach(notice -> said.add(new CallEvent.RecordingAvailable(
                        call, notice.at().plus(GUESS), new Recording(notice.text("recording_id"), null))));
        summary().ifPresent(summary -> said.addAll(MangoSummary.events(call, summary)));
        return said;
    }

    /** {@return the end as the legs tell it, if each that is known is over and the call's own record does not come} */
    Optional<CallEvent.Ended> endByLegs() {
        boolean over = !legs.isEmpty() && legs.values().stream().allMatch(MangoLeg::isOver);
        if (!over || summary().isPresent()) {
            return Optional.empty();
        }
        MangoNotice last = of(Kind.LEG).stream()
                .filter(notice -> notice.state() == State.DISCONNECTED)
                .max(Comparator.comparing(MangoNotice::at)
                        .thenComparing(notice -> notice.location().equals("abonent"))
                        .thenComparing(MangoNotice::leg))
                .orElseThrow();
        // In the customer's own legs the caller is the customer, whichever way the call went at first.
        Direction seen = last.isFromOutside() ? Direction.INBOUND : Direction.OUTBOUND;
        return Optional.of(new CallEvent.Ended(
                call, last.at(), null, MangoCode.by(last.code(), seen), Integer.toString(last.code())));
    }

    Optional<MangoNotice> summary() {
        return of(Kind.SUMMARY).stream().findFirst();
    }

    Optional<MangoLeg> leg(String id) {
        return Optional.ofNullable(legs.get(id));
    }

    List<MangoLeg> legs() {
        return List.copyOf(legs.values());
    }

    /** {@return the leg on which customer and agent are connected now, the latest of several} */
    Optional<MangoLeg> talking() {
        return legs.values().stream()
                .filter(leg -> leg.isTalking() && leg.isConversation())
                .max(Comparator.comparing((MangoLeg leg) -> leg.last().at()).thenComparing(MangoLeg::id));
    }

    /** {@return a leg that is not over, best one that is connected} */
    Optional<MangoLeg> live() {
        return talking()
                .or(() -> legs.values().stream()
                        .filter(leg -> !leg.isOver())
                        .max(Comparator.comparing(MangoLeg::isTalking)
                                .thenComparing(MangoLeg::began)
                                .thenComparing(MangoLeg::id)));
    }

    private List<MangoNotice> of(Kind kind) {
        return notices.stream().filter(notice -> notice.kind() == kind).toList();
    }

    // --- legs

    private List<CallEvent> leg(MangoLeg leg) {
        if (!leg.isPhone()) {
            return queued(leg);
        }
        List<CallEvent> said = new ArrayList<>();
        Optional<Party> party = leg.party().or(() -> internal(leg));
        party.ifPresent(who -> said.addAll(phone(leg, who)));
        said.addAll(consulted(leg));
        said.addAll(transferred(leg));
        return said;
    }

    private List<CallEvent> queued(MangoLeg leg) {
        return leg.find(notice -> notice.location().equals("queue"))
                .map(notice -> List.<CallEvent>of(
                        new CallEvent.Queued(call, notice.at(), notice.group().isEmpty() ? "queue" : notice.group())))
                .orElse(List.of());
    }

    private List<CallEvent> phone(MangoLeg leg, Party party) {
        List<CallEvent> said = new ArrayList<>();
        boolean held = false;
        for (MangoNotice notice : leg.notices()) {
            boolean theirs = isOf(party, leg, notice);
            switch (notice.state()) {
                case APPEARED -> {
                    if (theirs) {
                        said.add(new CallEvent.LegRinging(call, notice.at(), leg.id(), party));
                    }
                }
                case CONNECTED -> {
                    if (theirs) {
                        said.add(new CallEvent.LegAnswered(call, notice.at(), leg.id(), party));
                    }
                    if (held && theirs) {
                        said.add(new CallEvent.LegResumed(call, notice.at(), leg.id()));
                    }
                }
                case ON_HOLD -> {
                    if (theirs) {
                        held = true;
                        said.add(new CallEvent.LegHeld(call, notice.at(), leg.id()));
                    }
                }
                case DISCONNECTED -> ended(leg, notice, party).ifPresent(said::add);
                case OTHER -> {}
            }
        }
        return said;
    }

    /** While an agent asks another one, the leg is not yet the customer's. */
    private static boolean isOf(Party party, MangoLeg leg, MangoNotice notice) {
        return leg.isCallback()
                || party.equals(Party.CUSTOMER)
                || notice.isFromOutside()
                || !leg.any(MangoNotice::isFromOutside);
    }

    private Optional<CallEvent> ended(MangoLeg leg, MangoNotice notice, Party party) {
        // The agent's half of a callback ends with "success" when it goes on as the customer's half.
        boolean goesOn = leg.isCallback() && leg.takenFrom().isEmpty() && MangoCode.isSuccess(notice.code());
        if (goesOn) {
            return Optional.empty();
        }
        boolean connected = leg.any(other -> other.state() == State.CONNECTED && isOf(party, leg, other));
        boolean certain = connected || leg.isWhole(notice.seq());
        LegEnd why = MangoCode.leg(notice.code(), connected);
        Instant at = certain ? notice.at() : notice.at().plus(GUESS);
        return Optional.of(new CallEvent.LegEnded(call, at, leg.id(), why, Integer.toString(notice.code())));
    }

    /** An agent who calls another one may do so for a customer who waits; only the end, or the record, tells. */
    private Optional<Party> internal(MangoLeg leg) {
        boolean between = !leg.isCallback()
                && leg.isOrigin()
                && leg.extension("to").isPresent()
                && !leg.any(MangoNotice::isFromOutside)
                && legs.size() == 1;
        boolean stated = summary()
                .filter(summary -> summary.text("call_direction").equals("0"))
                .isPresent();
        boolean complete = leg.isOver() && leg.isWhole(leg.last().seq());
        return between && (stated || complete) ? leg.extension("to").map(Party::agent) : Optional.empty();
    }

    boolean isInternal() {
        return legs.values().stream()
                .anyMatch(leg -> leg.party().isEmpty() && internal(leg).isPresent());
    }

    // --- who asked whom, who handed over to whom

    private List<CallEvent> consulted(MangoLeg leg) {
        Optional<Extension> by = leg.notices().stream()
                .filter(notice -> notice.state() == State.CONNECTED)
                .map(notice -> notice.extension("from"))
                .flatMap(Optional::stream)
                .findFirst();
        Optional<Extension> whom = leg.extension("to");
        if (leg.isCallback() || by.isEmpty() || whom.isEmpty() || !isForCustomer(leg, by.get())) {
            return List.of();
        }
        Instant at = leg.find(notice -> notice.state() == State.CONNECTED)
                .map(MangoNotice::at)
                .orElse(leg.began());
        return List.of(new CallEvent.Consulted(call, at, by.get(), whom.get()));
    }

    private boolean isForCustomer(MangoLeg leg, Extension by) {
        return legs.containsKey(leg.takenFrom())
                || legs.values().stream()
                        .anyMatch(other -> other != leg
                                && other.party().isPresent()
                                && other.agent().filter(by::equals).isPresent());
    }

    private List<CallEvent> transferred(MangoLeg leg) {
        Optional<MangoNotice> arrival = leg.find(MangoNotice::isFromOutside);
        Optional<MangoLeg> before = leg(leg.takenFrom());
        String to = leg.extension("to").map(Extension::number).orElseGet(() -> leg.number("to"));
        if (arrival.isEmpty()
                || before.isEmpty()
                || to.isEmpty()
                || !before.get().isConversation()) {
            return List.of();
        }
        // Where nobody had talked before, the call only went on to another phone.
        Optional<Extension> from = before.get()
                .agent()
                .filter(agent -> before.get().wasConnected() && !agent.number().equals(to));
        MangoNotice first = arrival.get();
        boolean certain = !first.text("transfer").isEmpty() || leg.isWhole(first.seq());
        return certain
                ? from.stream()
                        .<CallEvent>map(agent -> new CallEvent.Transferred(call, first.at(), kind(first), agent, to))
                        .toList()
                : List.of();
    }

    private static Transfer.Kind kind(MangoNotice first) {
        return switch (first.text("transfer")) {
            case "consultative" -> Transfer.Kind.ATTENDED;
            case "blind", "return_blind" -> Transfer.Kind.BLIND;
            default -> first.state() == State.CONNECTED ? Transfer.Kind.ATTENDED : Transfer.Kind.BLIND;
        };
    }

    // --- recordings

    /** Of a recording that is too short, or only mailed, there is no file. */
    private Optional<CallEvent> recording(MangoNotice notice) {
        String code = notice.text("completion_code");
        boolean kept = notice.text("recording_state").equals("Completed")
                && (code.isEmpty() || code.startsWith("100"))
                && !notice.text("recipient").equals("Mail");
        return kept
                ? Optional.of(new CallEvent.RecordingAvailable(
                        call, notice.at(), new Recording(notice.text("recording_id"), orNull(notice.leg()))))
                : Optional.empty();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
