// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets. The form says what a ticket is in this account; here is what they have in common: each is made once, then
 * its text and its task are put to it, where it has them.
 */
final class AmoTickets implements TicketDesk {
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final CallParts parts;
    private final TicketSettings settings;
    private final TicketForm form;
    private final TicketExtras extras;
    private final Clock clock;

    AmoTickets(CallParts parts, AmoCrmSettings settings, TextNotes texts, Clock clock) {
        this.parts = parts;
        this.settings = settings.tickets();
        this.form = switch (settings.tickets().kind()) {
            case "lead" -> new LeadTickets(parts.api(), parts.journal());
            case "unsorted" -> new UnsortedTickets(parts.api(), settings, clock);
            default -> new TaskTickets(parts.api(), settings.tickets(), clock);
        };
        boolean reminders = form instanceof LeadTickets && settings.tickets().taskOnLead();
        this.extras = new TicketExtras(
                parts,
                form.wantsNote() ? Optional.of(texts) : Optional.empty(),
                reminders
                        ? Optional.of(new TaskTickets(parts.api(), settings.tickets(), clock, "To do: "))
                        : Optional.empty());
        this.clock = clock;
    }

    @Override
    public List<String> departments() {
        return settings.departments().keySet().stream().sorted().toList();
    }

    @Override
    public List<Outcome> open(List<Attempt<CrmWrite.OpenTicket>> attempts) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        List<TicketForm.Draft> unsure = new ArrayList<>();
        List<TicketForm.Draft> fresh = new ArrayList<>();
        for (Attempt<CrmWrite.OpenTicket> attempt : attempts) {
            TicketForm.Draft draft = draft(attempt);
            Optional<String> refusal = form.refusal(attempt.write());
            if (refusal.isPresent()) {
                outcomes.put(draft.key(), new Outcome.Refused(refusal.get()));
            } else if (parts.journal().ticket(draft.key()).isEmpty()) {
                boolean mayBe = attempt.lookFirst()
                        || parts.journal().tried(draft.key()).isPresent();
                (mayBe ? unsure : fresh).add(draft);
            }
        }
        fresh.addAll(look(unsure, outcomes));
        make(fresh, outcomes);
        finish(attempts, outcomes);
        return attempts.stream()
                .map(attempt ->
                        outcomes.getOrDefault(attempt.key(), new Outcome.Retry(null, "amoCRM needs another try")))
                .toList();
    }

    private TicketForm.Draft draft(Attempt<CrmWrite.OpenTicket> attempt) {
        CrmWrite.OpenTicket write = attempt.write();
        TicketSettings.Place place =
                settings.place(Optional.ofNullable(write.ticket().department()));
        Optional<Card> owner = Card.of(write.contact(), parts.account())
                .or(() -> parts.journal().customer(write.call()))
                .or(() -> parts.journal().call(write.call()).map(Journal.Trace::card));
        Optional<String> user = Optional.ofNullable(write.ticket().responsible())
                .filter(AmoCrmSettings::isNumber)
                .or(place::responsible)
                .or(parts::responsible);
        return new TicketForm.Draft(attempt.key(), write, owner, place, user);
    }

    /** {@return those that are not there} */
    private List<TicketForm.Draft> look(List<TicketForm.Draft> unsure, Map<String, Outcome> outcomes) {
        if (unsure.isEmpty()) {
            return List.of();
        }
        Instant since = unsure.stream()
                .map(draft ->
                        parts.journal().tried(draft.key()).map(Journal.Try::at).orElse(clock.instant()))
                .min(Instant::compareTo)
                .orElse(clock.instant())
                .minus(BEFORE);
        try {
            Map<String, Journal.Ticket> found = form.find(unsure, since);
            parts.journal().tickets(found);
            return unsure.stream()
                    .filter(draft -> !found.containsKey(draft.key()))
                    .toList();
        } catch (ConnectorException e) {
            unsure.forEach(draft -> outcomes.put(draft.key(), Fault.of(e).asRepeatable()));
            return List.of();
        }
    }

    private void make(List<TicketForm.Draft> fresh, Map<String, Outcome> outcomes) {
        List<TicketForm.Draft> left = fresh;
        for (int round = 0; round < 3 && !left.isEmpty(); round++) {
            Map<String, Optional<Card>> trying = new LinkedHashMap<>();
            left.forEach(draft -> trying.put(draft.key(), Optional.empty()));
            parts.journal().trying(trying);
            List<Reply> replies = parts.bulk()
                    .post(
                            form.path(),
                            form.embedded(),
                            left.stream().map(form::item).toList());
            Map<String, Journal.Ticket> made = new LinkedHashMap<>();
            List<String> notDone = new ArrayList<>();
            List<TicketForm.Draft> again = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                TicketForm.Draft draft = left.get(i);
                Fault fault = replies.get(i).fault();
                if (fault == null) {
                    form.made(replies.get(i).body())
                            .ifPresentOrElse(
                                    ticket -> made.put(draft.key(), ticket),
                                    () -> outcomes.put(
                                            draft.key(), new Outcome.Unclear("amoCRM made a ticket without an id")));
                    continue;
                }
                if (fault.isHarmless()) {
                    notDone.add(draft.key());
                }
                if (fault.isAboutTheUser() && draft.user().isPresent()) {
                    again.add(draft.forAnother(parts.responsible()));
                } else {
                    outcomes.put(draft.key(), fault.asOutcome());
                }
            }
            parts.journal().tickets(made);
            parts.journal().notDone(notDone);
            left = again;
        }
    }

    private void finish(List<Attempt<CrmWrite.OpenTicket>> attempts, Map<String, Outcome> outcomes) {
        List<TicketExtras.Opened> opened = new ArrayList<>();
        for (Attempt<CrmWrite.OpenTicket> attempt : attempts) {
            Optional<Journal.Ticket> ticket = parts.journal().ticket(attempt.key());
            if (!outcomes.containsKey(attempt.key()) && ticket.isPresent()) {
                outcomes.put(attempt.key(), new Outcome.Done(ticket.get().card().id()));
                opened.add(new TicketExtras.Opened(draft(attempt), ticket.get().card()));
            }
        }
        // A ticket whose text did not get there is not done: the next attempt goes on there.
        extras.put(opened).forEach(outcomes::put);
    }
}
