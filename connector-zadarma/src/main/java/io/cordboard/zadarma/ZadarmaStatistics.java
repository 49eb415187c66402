// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.call.PbxRecord;
import io.cordboard.call.Recording;
import io.cordboard.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what rows of the PBX's statistics mean.
 *
 * <p>Everything is told with the moment at which it was asked, and the record is marked as not complete: where webhooks
 * told of the call too, they told it earlier and better, and what they said stays. Immutable.
 */
final class ZadarmaStatistics {
    private static final String CUSTOMERS_LEG = "customer";
    private static final Pattern IN_BRACKETS = Pattern.compile("<([^>]*)>");

    private final String account;
    private final ZadarmaEvents events;
    private final ZadarmaTime time;

    ZadarmaStatistics(String account, ZadarmaEvents events, ZadarmaTime time) {
        this.account = account;
        this.events = events;
        this.time = time;
    }

    /**
     * {@return what the rows of one call say}
     *
     * @param id the call's {@code pbx_call_id}
     * @param rows at least one
     * @param now when they were asked for
     */
    List<CallEvent> events(String id, List<JsonNode> rows, Instant now) {
        Optional<Instant> start = rows.stream()
                .map(row -> time.instant(Json.text(row, "callstart")))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        if (start.isEmpty()) {
            return List.of();
        }
        Draft draft = new Draft(
                new CallId(account, id),
                id.startsWith("out_") ? Direction.OUTBOUND : Direction.INBOUND,
                rows,
                start.get(),
                now);
        return draft.direction == Direction.OUTBOUND ? outbound(draft) : inbound(draft);
    }

    private List<CallEvent> inbound(Draft draft) {
        List<CallEvent> said = new ArrayList<>();
        said.add(new CallEvent.Arrived(
                draft.call,
                draft.now,
                Direction.INBOUND,
                Caller.raw(number(draft.first("clid"))),
                draft.line(),
                null,
                null));
        // Somebody, or only a menu, picked up: without an extension that is not known.
        boolean byNobody = draft.answered() && draft.talked().isEmpty();
        said.addAll(draft.recordings());
        said.addAll(draft.over(byNobody ? null : draft.how.end(), draft.rang(), List.copyOf(draft.talked())));
        return said;
    }

    private List<CallEvent> outbound(Draft draft) {
        List<CallEvent> said = new ArrayList<>();
        Extension agent = draft.agents(row -> true).stream().findFirst().orElse(null);
        said.add(new CallEvent.Arrived(
                draft.call,
                draft.now,
                Direction.OUTBOUND,
                Caller.raw(number(draft.first("destination"))),
                null,
                agent,
                null));
        said.add(new CallEvent.LegRinging(draft.call, draft.now, CUSTOMERS_LEG, Party.CUSTOMER));
        if (!draft.answered()) {
            said.add(new CallEvent.LegEnded(
                    draft.call, draft.now, CUSTOMERS_LEG, draft.how.leg(), draft.first("disposition")));
        }
        said.addAll(draft.recordings());
        said.addAll(draft.over(draft.answered() ? draft.how.end() : null, List.of(), List.of()));
        return said;
    }

    /** {@return the number in a caller's line, which may carry a name too: {@code "Name" <442037691880>}} */
    private String number(String text) {
        Matcher matcher = IN_BRACKETS.matcher(text);
        return events.number(matcher.find() ? matcher.group(1) : text);
    }

    /** One call's rows, and what they have in common. */
    private static final class Draft {
        private final CallId call;
        private final Direction direction;
        private final List<JsonNode> rows;
        private final Instant start;
        private final Instant now;
        private final ZadarmaDisposition how;

        Draft(CallId call, Direction direction, List<JsonNode> rows, Instant start, Instant now) {
            this.call = call;
            this.direction = direction;
            this.rows = rows;
            this.start = start;
            this.now = now;
            // One phone that was answered makes the call an answered one.
            this.how =
                    rows.stream().map(Draft::how).min(Comparator.naturalOrder()).orElse(ZadarmaDisposition.NO_ANSWER);
        }

        private static ZadarmaDisposition how(JsonNode row) {
            return ZadarmaDisposition.read(Json.text(row, "disposition"), "");
        }

        boolean answered() {
            return how == ZadarmaDisposition.ANSWERED;
        }

        String first(String member) {
            return rows.stream()
                    .map(row -> Json.text(row, member))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        /** {@return the number that was called, where a row has one: a short number is an extension} */
        @Nullable
        String line() {
            return rows.stream()
                    .map(row -> Json.text(row, "destination"))
                    .filter(text -> ZadarmaMessages.digits(text).length() > 5)
                    .findFirst()
                    .orElse(null);
        }

        Set<Extension> agents(java.util.function.Predicate<JsonNode> which) {
            Set<Extension> agents = new LinkedHashSet<>();
            rows.stream()
                    .filter(which)
                    .map(row -> ZadarmaMessages.extension(Json.text(row, "sip"))
                            .or(() -> ZadarmaMessages.extension(Json.text(row, "destination"))))
                    .flatMap(Optional::stream)
                    .forEach(agents::add);
            return agents;
        }

        Set<Extension> talked() {
            return agents(row -> how(row) == ZadarmaDisposition.ANSWERED);
        }

        List<Extension> rang() {
            return List.copyOf(agents(row -> true));
        }

        Duration lasted() {
            return Duration.ofSeconds(rows.stream()
                    .filter(row -> how(row) == how)
                    .mapToLong(row -> Math.max(0, row.path("seconds").asLong(0)))
                    .max()
                    .orElse(0));
        }

        List<CallEvent> recordings() {
            return rows.stream()
                    .filter(row -> answered() && Json.flag(row, "is_recorded"))
                    .map(row -> Json.text(row, "call_id"))
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .<CallEvent>map(name -> new CallEvent.RecordingAvailable(call, now, new Recording(name, null)))
                    .toList();
        }

        List<CallEvent> over(io.cordboard.call.@Nullable EndReason end, List<Extension> rang, List<Extension> talked) {
            String code = Objects.requireNonNullElse(first("disposition"), "");
            PbxRecord record = new PbxRecord(
                    "statistics",
                    false,
                    end,
                    how.by(direction),
                    code,
                    start,
                    start.plus(lasted()),
                    answered() && end != null ? lasted() : null,
                    rang,
                    talked);
            return List.of(
                    new CallEvent.Ended(call, now, end, how.by(direction), code),
                    new CallEvent.Recorded(call, now, record));
        }
    }
}
