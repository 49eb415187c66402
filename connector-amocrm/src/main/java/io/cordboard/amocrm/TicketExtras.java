// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What belongs to a ticket that is a lead: its text, and a task that reminds somebody of it. */
final class TicketExtras {
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final CallParts parts;
    private final Optional<TextNotes> texts;
    private final Optional<TaskTickets> tasks;

    TicketExtras(CallParts parts, Optional<TextNotes> texts, Optional<TaskTickets> tasks) {
        this.parts = parts;
        this.texts = texts;
        this.tasks = tasks;
    }

    /** {@return what became of those that are not whole yet, by the ticket's key} */
    Map<String, Outcome> put(List<Opened> tickets) {
        Map<String, Outcome> unfinished = new LinkedHashMap<>();
        texts.ifPresent(t -> note(t, tickets, unfinished));
        tasks.ifPresent(t -> remind(t, tickets, unfinished));
        return unfinished;
    }

    private void note(TextNotes notes, List<Opened> tickets, Map<String, Outcome> unfinished) {
        Map<String, TextNotes.Wanted> wanted = new LinkedHashMap<>();
        for (Opened ticket : tickets) {
            String key = ticket.draft().key() + "/text";
            if (!parts.journal().isDone(key)) {
                String text = TicketForm.text(ticket.draft().write());
                wanted.put(
                        ticket.draft().key(), new TextNotes.Wanted(key, ticket.card(), text, Optional.empty(), false));
            }
        }
        List<Outcome> outcomes = notes.add(List.copyOf(wanted.values()));
        List<String> done = new ArrayList<>();
        int place = 0;
        for (Map.Entry<String, TextNotes.Wanted> one : wanted.entrySet()) {
            Outcome outcome = outcomes.get(place);
            place++;
            if (outcome instanceof Outcome.Done || outcome instanceof Outcome.Refused) {
                done.add(one.getValue().key());
            } else {
                unfinished.put(one.getKey(), outcome);
            }
        }
        parts.journal().done(done);
    }

    private void remind(TaskTickets form, List<Opened> tickets, Map<String, Outcome> unfinished) {
        List<TicketForm.Draft> wanted = new ArrayList<>();
        Map<String, String> ticketOf = new LinkedHashMap<>();
        for (Opened ticket : tickets) {
            TicketForm.Draft draft = ticket.draft();
            String key = draft.key() + "/task";
            if (draft.write().ticket().due() != null && !parts.journal().isDone(key)) {
                wanted.add(new TicketForm.Draft(
                        key, draft.write(), Optional.of(ticket.card()), draft.place(), draft.user()));
                ticketOf.put(key, draft.key());
            }
        }
        List<TicketForm.Draft> left = new ArrayList<>();
        List<String> done = new ArrayList<>();
        for (TicketForm.Draft draft : wanted) {
            try {
                if (isThere(form, draft)) {
                    done.add(draft.key());
                } else {
                    left.add(draft);
                }
            } catch (ConnectorException e) {
                unfinished.put(
                        ticketOf.getOrDefault(draft.key(), ""), Fault.of(e).asRepeatable());
            }
        }
        done.addAll(write(form, left, ticketOf, unfinished));
        parts.journal().done(done);
    }

    private boolean isThere(TaskTickets form, TicketForm.Draft draft) {
        return parts.journal()
                .tried(draft.key())
                .map(tried -> form.find(List.of(draft), tried.at().minus(BEFORE)))
                .filter(found -> found.containsKey(draft.key()))
                .isPresent();
    }

    private List<String> write(
            TaskTickets form,
            List<TicketForm.Draft> wanted,
            Map<String, String> ticketOf,
            Map<String, Outcome> unfinished) {
        List<String> done = new ArrayList<>();
        List<TicketForm.Draft> left = wanted;
        while (!left.isEmpty()) {
            List<TicketForm.Draft> forOthers = new ArrayList<>();
            List<Reply> replies = post(form, left);
            for (int i = 0; i < left.size(); i++) {
                TicketForm.Draft draft = left.get(i);
                Fault fault = replies.get(i).fault();
                if (fault != null && fault.isAboutTheUser() && draft.user().isPresent()) {
                    forOthers.add(draft.forAnother(parts.responsible()));
                } else if (fault == null || !fault.reason().retryable()) {
                    done.add(draft.key());
                } else {
                    unfinished.put(ticketOf.getOrDefault(draft.key(), ""), fault.asOutcome());
                }
            }
            left = forOthers;
        }
        return done;
    }

    private List<Reply> post(TaskTickets form, List<TicketForm.Draft> left) {
        Map<String, Optional<Card>> trying = new LinkedHashMap<>();
        left.forEach(draft -> trying.put(draft.key(), draft.owner()));
        parts.journal().trying(trying);
        List<Reply> replies = parts.bulk()
                .post(
                        form.path(),
                        form.embedded(),
                        left.stream().map(form::item).toList());
        List<String> notDone = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Fault fault = replies.get(i).fault();
            if (fault != null && fault.isHarmless()) {
                notDone.add(left.get(i).key());
            }
        }
        parts.journal().notDone(notDone);
        return replies;
    }

    /**
     * A ticket that is open. Immutable.
     *
     * @param draft what was wanted
     * @param card the lead
     */
    record Opened(TicketForm.Draft draft, Card card) {}
}
