// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which way a call goes, whose it is and who ordered it.
 *
 * <p>Of several arrivals of a call the earliest counts. So what is known better is dated a little earlier: the record
 * before the legs, and the record of a callback, which does not say that it is one, before that. Immutable.
 */
final class MangoArrival {
    private final CallId call;
    private final MangoNumbers numbers;
    private final MangoJourney journey;

    MangoArrival(CallId call, MangoNumbers numbers, MangoJourney journey) {
        this.call = call;
        this.numbers = numbers;
        this.journey = journey;
    }

    Optional<CallEvent> event() {
        return journey.summary().<CallEvent>map(this::stated).or(this::seen);
    }

    private CallEvent stated(MangoNotice summary) {
        Optional<MangoLeg> callback = callback();
        Instant began = summary.time("create_time").orElse(summary.at());
        Instant earliest = journey.legs().stream()
                .map(MangoLeg::began)
                .min(Comparator.naturalOrder())
                .filter(began::isAfter)
                .orElse(began);
        Instant at = earliest.minus(MangoJourney.GUESS.multipliedBy(callback.isPresent() ? 2 : 1));
        Direction direction = MangoSummary.direction(summary);
        Optional<Extension> agent = summary.extension("from");
        String customer = switch (direction) {
            case INBOUND -> summary.number("from");
            case OUTBOUND -> summary.number("to");
            case INTERNAL -> summary.extension("to").map(Extension::number).orElseGet(() -> summary.number("to"));
        };
        if (callback.isPresent() && direction == Direction.INBOUND) {
            return ordered(callback.get(), at);
        }
        String line = summary.text("line_number");
        return new CallEvent.Arrived(
                call,
                at,
                direction,
                Caller.raw(direction == Direction.INTERNAL ? customer : numbers.read(customer)),
                line.isEmpty() ? null : line,
                direction == Direction.INBOUND ? null : agent.orElse(null),
                callback.map(MangoArrival::dialId).orElse(null));
    }

    private Optional<CallEvent> seen() {
        Optional<MangoLeg> callback = callback();
        if (callback.isPresent()) {
            return Optional.of(ordered(callback.get(), callback.get().began()));
        }
        List<MangoLeg> byAge = journey.legs().stream()
                .sorted(Comparator.comparing(MangoLeg::began)
                        .thenComparing(MangoLeg::isPhone)
                        .thenComparing(MangoLeg::id))
                .toList();
        return byAge.stream()
                .map(this::seen)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> journey.isInternal() ? Optional.of(internal(byAge.get(0))) : Optional.empty());
    }

    private Optional<CallEvent> seen(MangoLeg leg) {
        Optional<MangoNotice> outside = leg.find(MangoNotice::isFromOutside);
        if (outside.isPresent()) {
            String line = leg.line();
            Instant at = outside.get().at();
            return Optional.of(new CallEvent.Arrived(
                    call,
                    line == null ? at.plus(MangoJourney.GUESS) : at,
                    Direction.INBOUND,
                    Caller.raw(numbers.read(outside.get().number("from"))),
                    line,
                    null,
                    null));
        }
        boolean outgoing = leg.party().filter(Party.CUSTOMER::equals).isPresent();
        return outgoing
                ? Optional.of(new CallEvent.Arrived(
                        call,
                        leg.began(),
                        Direction.OUTBOUND,
                        Caller.raw(numbers.read(leg.number("to"))),
                        leg.line(),
                        leg.extension("from").orElse(null),
                        null))
                : Optional.empty();
    }

    private CallEvent internal(MangoLeg leg) {
        return new CallEvent.Arrived(
                call,
                leg.began(),
                Direction.INTERNAL,
                Caller.raw(leg.extension("to").map(Extension::number).orElse("")),
                null,
                leg.extension("from").orElse(null),
                null);
    }

    private CallEvent ordered(MangoLeg leg, Instant at) {
        boolean callsCustomer = leg.party().filter(Party.CUSTOMER::equals).isPresent();
        String side = callsCustomer ? "to" : "from";
        String number = leg.number(side);
        Optional<Extension> other = leg.extension(side);
        // A customer may have an extension too; one without a number of the outer world is a colleague.
        boolean colleague = other.isPresent() && !MangoNumbers.isOutside(number);
        return new CallEvent.Arrived(
                call,
                at,
                colleague ? Direction.INTERNAL : Direction.OUTBOUND,
                Caller.raw(colleague ? other.map(Extension::number).orElse("") : numbers.read(number)),
                leg.line(),
                leg.agent().orElse(null),
                dialId(leg));
    }

    /** {@return the first leg of a callback about which it is certain whom it calls} */
    private Optional<MangoLeg> callback() {
        return journey.legs().stream()
                .filter(leg -> leg.isCallback() && leg.party().isPresent())
                .min(Comparator.comparing(MangoLeg::began)
                        .thenComparing(MangoLeg::takenFrom)
                        .thenComparing(MangoLeg::id));
    }

    private static @Nullable String dialId(MangoLeg leg) {
        return leg.find(notice -> notice.text("command_id").startsWith(MangoCommands.DIAL))
                .map(notice -> notice.text("command_id").substring(MangoCommands.DIAL.length()))
                .orElse(null);
    }
}
