// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.call.PbxRecord;
import io.cordboard.call.Recording;
import io.cordboard.call.Transfer;
import io.cordboard.directory.NumberPlan;
import io.cordboard.zadarma.ZadarmaCallbacks.Known;
import io.cordboard.zadarma.ZadarmaMessages.Kind;
import io.cordboard.zadarma.ZadarmaMessages.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what webhooks mean.
 *
 * <p>Each webhook stands for itself and is told as it came, with the moment of its receipt: the account's own clock has
 * no zone. What the last webhook of a call says about its beginning and its answer is told too, for the case that the
 * earlier ones were lost or are late; a repetition changes nothing. Safe for use by many threads.
 */
final class ZadarmaEvents {
    private static final String CUSTOMERS_LEG = "customer";
    private static final String SOURCE = "notify_end";
    /** The seconds of a call are whole ones; a guess must not come before what was heard itself. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private static final Duration PLAUSIBLE = Duration.ofDays(1);
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final String account;
    private final NumberPlan plan;
    private final ZadarmaTime time;
    private final ZadarmaCallbacks callbacks;

    ZadarmaEvents(String account, String region, ZadarmaTime time, ZadarmaCallbacks callbacks) {
        this.account = account;
        this.plan = new NumberPlan(region);
        this.time = time;
        this.callbacks = callbacks;
    }

    CallId id(Notice notice) {
        return new CallId(account, notice.field("pbx_call_id"));
    }

    /** {@return what a webhook says, told with the moment of its receipt} */
    List<CallEvent> of(Notice notice, Instant now) {
        CallId call = id(notice);
        return switch (notice.kind()) {
            case START, IVR -> List.of(arrived(notice, now));
            case INTERNAL -> internal(notice, call, now);
            case ANSWER -> answer(notice, call, now);
            case END -> end(notice, call, now);
            case OUT_START, OUT_END -> outgoing(notice, call, now);
            case RECORD ->
                List.of(new CallEvent.RecordingAvailable(
                        call, now, new Recording(notice.field("call_id_with_rec"), null)));
        };
    }

    /**
     * {@return a number as the engine reads it best: with a plus, where Zadarma left it out; empty when it is hidden}
     *
     * @param text such as {@code 442037691880}, {@code +442037691880} or {@code 0}
     */
    String number(String text) {
        return plan.withPlus(text);
    }

    private CallEvent arrived(Notice notice, Instant at) {
        return new CallEvent.Arrived(
                id(notice),
                at,
                Direction.INBOUND,
                Caller.raw(number(notice.field("caller_id"))),
                orNull(notice.field("called_did")),
                null,
                null);
    }

    private List<CallEvent> internal(Notice notice, CallId call, Instant now) {
        List<CallEvent> events = new ArrayList<>();
        if (!notice.isOutgoing()) {
            events.add(arrived(notice, now));
        }
        notice.internal()
                .ifPresent(
                        agent -> events.add(new CallEvent.LegRinging(call, now, agent.number(), Party.agent(agent))));
        return events;
    }

    private List<CallEvent> answer(Notice notice, CallId call, Instant now) {
        Optional<Extension> agent = notice.internal();
        if (!notice.isOutgoing()
                || agent.filter(a -> a.number().equals(notice.field("destination")))
                        .isPresent()) {
            return agent.map(a -> List.<CallEvent>of(new CallEvent.LegAnswered(call, now, a.number(), Party.agent(a))))
                    .orElse(List.of());
        }
        return List.of(new CallEvent.LegAnswered(call, now, CUSTOMERS_LEG, Party.CUSTOMER));
    }

    private List<CallEvent> end(Notice notice, CallId call, Instant now) {
        Ending ending = Ending.of(notice, now);
        Optional<Extension> first = notice.internal();
        Optional<Extension> last = ZadarmaMessages.extension(notice.field("last_internal"));
        Set<Extension> talked = new LinkedHashSet<>();
        if (ending.answered()) {
            first.ifPresent(talked::add);
            last.ifPresent(talked::add);
        }
        // A menu picks up as well. Answered by whom is not said then, so the call is left to its other events.
        boolean certain = !ending.answered() || !talked.isEmpty();
        List<CallEvent> events = new ArrayList<>();
        events.add(arrived(notice, startedAt(notice, now).orElse(ending.began())));
        if (ending.answered() && first.isPresent()) {
            Extension agent = first.get();
            events.add(new CallEvent.LegAnswered(call, ending.answeredAt(), agent.number(), Party.agent(agent)));
            last.filter(taker -> !taker.equals(agent))
                    .ifPresent(taker -> events.add(new CallEvent.Transferred(
                            call, ending.answeredAt(), Transfer.Kind.BLIND, agent, taker.number())));
        }
        recording(notice, ending)
                .ifPresent(name -> events.add(new CallEvent.RecordingAvailable(call, now, new Recording(name, null))));
        events.add(new CallEvent.Ended(
                call, now, certain ? ending.how().end() : null, ending.how().by(Direction.INBOUND), ending.code()));
        events.add(new CallEvent.Recorded(
                call,
                now,
                new PbxRecord(
                        SOURCE,
                        certain,
                        certain ? ending.how().end() : null,
                        ending.how().by(Direction.INBOUND),
                        ending.code(),
                        startedAt(notice, now).orElse(null),
                        null,
                        certain && ending.answered() ? ending.lasted() : null,
                        List.of(),
                        List.copyOf(talked))));
        return events;
    }

    private List<CallEvent> outgoing(Notice notice, CallId call, Instant now) {
        Known known = callbacks.recognise(call, notice, now);
        boolean over = notice.kind() == Kind.OUT_END;
        Ending ending = Ending.of(notice, now);
        Instant began = over ? startedAt(notice, now).orElse(ending.began()) : now;
        Extension agent =
                notice.internal().or(() -> Optional.ofNullable(known.agent())).orElse(null);
        Party party = known.callsAgent() && agent != null ? Party.agent(agent) : Party.CUSTOMER;
        boolean callsAgent = party.kind() == Party.Kind.AGENT;
        String leg = agent == null || !callsAgent ? CUSTOMERS_LEG : agent.number();
        List<CallEvent> events = new ArrayList<>();
        events.add(new CallEvent.Arrived(
                call,
                began,
                Direction.OUTBOUND,
                Caller.raw(number(callsAgent ? known.customer() : notice.field("destination"))),
                orNull(number(notice.field("caller_id"))),
                agent,
                known.dialId()));
        events.add(new CallEvent.LegRinging(call, began, leg, party));
        if (over) {
            events.addAll(over(notice, ending, leg, party));
        }
        events.addAll(known.joined());
        return events;
    }

    private List<CallEvent> over(Notice notice, Ending ending, String leg, Party party) {
        CallId call = id(notice);
        boolean wholeCall = party.equals(Party.CUSTOMER);
        List<CallEvent> events = new ArrayList<>();
        if (ending.answered()) {
            events.add(new CallEvent.LegAnswered(call, ending.answeredAt(), leg, party));
        }
        events.add(new CallEvent.LegEnded(call, ending.at(), leg, ending.how().leg(), ending.code()));
        recording(notice, ending)
                .ifPresent(name ->
                        events.add(new CallEvent.RecordingAvailable(call, ending.at(), new Recording(name, null))));
        events.add(new CallEvent.Ended(call, ending.at(), null, ending.how().by(Direction.OUTBOUND), ending.code()));
        // Why nobody answered is left to the leg, which also tells whose it was.
        events.add(new CallEvent.Recorded(
                call,
                ending.at(),
                new PbxRecord(
                        SOURCE,
                        wholeCall,
                        wholeCall && ending.answered() ? ending.how().end() : null,
                        ending.how().by(Direction.OUTBOUND),
                        ending.code(),
                        startedAt(notice, ending.at()).orElse(null),
                        null,
                        wholeCall && ending.answered() ? ending.lasted() : null,
                        List.of(),
                        List.of())));
        return events;
    }

    /** A recording is announced here only when something was said; otherwise its own webhook is waited for. */
    private static Optional<String> recording(Notice notice, Ending ending) {
        String name = notice.field("call_id_with_rec").strip();
        boolean said = notice.field("is_recorded").equals("1")
                && ending.answered()
                && !ending.lasted().isZero();
        return said && !name.isEmpty() && name.length() <= 100 ? Optional.of(name) : Optional.empty();
    }

    /** The account's clock counts only where it is plausible: a wrong zone is hours off, and mostly in the future. */
    private Optional<Instant> startedAt(Notice notice, Instant now) {
        return time.instant(notice.field("call_start"))
                .filter(at -> !at.isAfter(now.plus(SKEW)) && at.isAfter(now.minus(PLAUSIBLE)))
                .map(at -> at.isAfter(now) ? now : at)
                .filter(at -> notice.seconds() == 0
                        || !at.isAfter(now.minusSeconds(notice.seconds()).plus(SKEW)));
    }

    private static @Nullable String orNull(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    /** How a call ended, as its last webhook says. */
    private record Ending(ZadarmaDisposition how, String code, Duration lasted, Instant at) {
        static Ending of(Notice notice, Instant now) {
            String text = notice.field("disposition");
            String cause = notice.field("status_code");
            return new Ending(
                    ZadarmaDisposition.read(text, cause),
                    ZadarmaDisposition.code(text, cause),
                    Duration.ofSeconds(notice.seconds()),
                    now);
        }

        boolean answered() {
            return how == ZadarmaDisposition.ANSWERED;
        }

        Instant began() {
            return at.minus(lasted);
        }

        /** {@return the latest moment at which it can have been answered} */
        Instant answeredAt() {
            return lasted.compareTo(ROUNDING) < 0 ? at : began().plus(ROUNDING);
        }
    }
}
