// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.Reason;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tickets that go on to a department, fifty commands in a request. Each ticket is read first; one that is there already
 * is left alone, and after an attempt that may have been done only what is missing is written.
 */
final class Bitrix24Escalations implements Escalations {
    private static final Outcome GONE = new Outcome.Refused("The ticket was removed from Bitrix24");

    private final CallParts parts;
    private final Bitrix24Settings.Tickets settings;
    private final TicketMoves moves;

    Bitrix24Escalations(CallParts parts, Bitrix24Settings.Tickets settings, TicketMoves moves) {
        this.parts = parts;
        this.settings = settings;
        this.moves = moves;
    }

    @Override
    public List<Outcome> escalate(List<Step> steps) {
        Map<Step, Outcome> outcomes = new HashMap<>();
        List<Step> left = new ArrayList<>(steps);
        // A ticket that goes on twice is read again in between: the second step must see what the first one did.
        while (!left.isEmpty()) {
            Set<String> tickets = new HashSet<>();
            List<Step> wave =
                    left.stream().filter(step -> tickets.add(step.ticket())).toList();
            left.removeAll(wave);
            change(look(known(wave, outcomes), outcomes), outcomes);
        }
        return steps.stream()
                .map(step -> outcomes.getOrDefault(step, new Outcome.Retry(null, "Bitrix24 needs another try")))
                .toList();
    }

    /** {@return the steps to departments of which the settings say where they are} */
    private List<Move> known(List<Step> wave, Map<Step, Outcome> outcomes) {
        List<Move> known = new ArrayList<>();
        for (Step step : wave) {
            String name = step.attempt().write().department();
            Optional<Bitrix24Settings.Department> to = settings.department(name).filter(moves::leadsTo);
            if (to.isEmpty()) {
                outcomes.put(step, new Outcome.Refused(moves.missing(name)));
            } else {
                boolean unsure = step.attempt().lookFirst()
                        || parts.journal().tried(step.attempt().key());
                known.add(new Move(step, to.get(), unsure));
            }
        }
        return known;
    }

    /** {@return what is left to be written} */
    private Map<Move, List<Command>> look(List<Move> known, Map<Step, Outcome> outcomes) {
        Map<Move, List<Command>> changes = new LinkedHashMap<>();
        if (known.isEmpty()) {
            return changes;
        }
        List<List<Reply>> looks = parts.api()
                .groups(Traffic.WRITE, known.stream().map(moves::look).toList());
        for (int i = 0; i < known.size(); i++) {
            Move move = known.get(i);
            Optional<Fault> fault = fault(looks.get(i));
            if (fault.isPresent()) {
                outcomes.put(
                        move.step(), isGone(fault.get()) ? GONE : fault.get().asRepeatable());
            } else if (!moves.isThere(move, looks.get(i))) {
                outcomes.put(move.step(), GONE);
            } else {
                List<Command> change = moves.change(move, looks.get(i));
                if (change.isEmpty()) {
                    outcomes.put(move.step(), new Outcome.Done(move.ticket()));
                } else {
                    changes.put(move, change);
                }
            }
        }
        return changes;
    }

    private void change(Map<Move, List<Command>> changes, Map<Step, Outcome> outcomes) {
        if (changes.isEmpty()) {
            return;
        }
        List<Move> sent = List.copyOf(changes.keySet());
        parts.journal()
                .trying(sent.stream().map(move -> move.step().attempt().key()).toList());
        List<List<Reply>> replies = parts.api().groups(Traffic.WRITE, List.copyOf(changes.values()));
        for (int i = 0; i < sent.size(); i++) {
            Move move = sent.get(i);
            Outcome outcome = fault(replies.get(i))
                    .map(fault -> isGone(fault) ? GONE : fault.asOutcome())
                    .orElseGet(() -> new Outcome.Done(move.ticket()));
            outcomes.put(move.step(), outcome);
        }
    }

    /** {@return why a group failed: what fails first spoils what follows} */
    private static Optional<Fault> fault(List<Reply> replies) {
        return replies.stream()
                .flatMap(reply -> Optional.ofNullable(reply.fault()).stream())
                .findFirst();
    }

    private static boolean isGone(Fault fault) {
        return fault.reason() == Reason.NOT_FOUND;
    }

    /** How tickets of one kind go on. */
    interface TicketMoves {
        /** {@return whether a department is a place for such tickets} */
        boolean leadsTo(Bitrix24Settings.Department department);

        /** {@return one sentence: which setting names the place} */
        String missing(String department);

        /** {@return asks for the ticket, and for its notes where one may have been written before} */
        List<Command> look(Move move);

        /** {@return whether the look found the ticket} */
        boolean isThere(Move move, List<Reply> look);

        /** {@return what is missing after the look; nothing when the ticket is where it should be} */
        List<Command> change(Move move, List<Reply> look);
    }

    /**
     * A step of which the place is known. Immutable.
     *
     * @param step what to do
     * @param to where the ticket goes
     * @param unsure whether an earlier attempt may have been done
     */
    record Move(Step step, Bitrix24Settings.Department to, boolean unsure) {
        String ticket() {
            return step.ticket();
        }

        /** {@return what the next one should know, or nothing} */
        String note() {
            CrmWrite.Escalate write = step.attempt().write();
            return write.note().isBlank()
                    ? ""
                    : write.department() + ": " + write.note().strip();
        }
    }
}
