// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallId;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Records of calls, each as one note: on the card that is known, or on the card that the account finds by the number,
 * or on a card that is made for it.
 */
final class AmoCalls implements CallLog {
    /**
     * Each of these costs a round: a user who is gone, the user in the settings too, a card that is gone, a new one.
     */
    private static final int ROUNDS = 5;

    private final CallParts parts;
    private final AmoCrmSettings.Calls settings;
    private final CallForm form;
    private final CallLook look;
    private final AmoCustomers customers;
    private final ActiveLeads leads;
    private final HiddenCallers hidden;

    AmoCalls(CallParts parts, AmoCrmSettings.Calls settings, AmoCustomers customers, Supplier<String> maker) {
        this.parts = parts;
        this.settings = settings;
        this.form = new CallForm(settings.source(), maker);
        this.look = new CallLook(parts.api(), parts.journal());
        this.customers = customers;
        this.leads = new ActiveLeads(parts.api());
        this.hidden = new HiddenCallers(parts, settings.hidden());
    }

    @Override
    public List<Outcome> log(List<Attempt<CrmWrite.LogCall>> attempts) {
        List<CallWork> works = attempts.stream()
                .map(attempt -> new CallWork(
                        attempt,
                        Optional.ofNullable(attempt.write().user())
                                .filter(AmoCrmSettings::isNumber)
                                .or(parts::responsible)))
                .toList();
        // Two writes about one call come in their order; each sees what the one before has done.
        List<CallWork> left = new ArrayList<>(works);
        while (!left.isEmpty()) {
            Map<CallId, CallWork> wave = new LinkedHashMap<>();
            left.forEach(work -> wave.putIfAbsent(work.call(), work));
            left.removeAll(List.copyOf(wave.values()));
            write(List.copyOf(wave.values()));
        }
        return works.stream().map(CallWork::outcome).toList();
    }

    private void write(List<CallWork> works) {
        works.forEach(this::recall);
        find(open(
                works,
                work -> work.mayBeDone()
                        || parts.journal().tried(work.key()).isPresent()
                        || (work.write().revision() > 0
                                && parts.journal().call(work.call()).isEmpty())));
        correct(open(
                works,
                work -> work.write().revision() > 0
                        && parts.journal().call(work.call()).isPresent()));
        shelter(open(works, work -> work.card().isEmpty() && work.write().customer() == null));
        List<CallWork> fresh = open(works, work -> true);
        if (settings.onLead()) {
            leads.prefer(open(fresh, work -> work.card().filter(Card::isContact).isPresent()));
        }
        for (int round = 0; round < ROUNDS; round++) {
            notes(open(fresh, work -> work.card().isPresent()));
            calls(open(fresh, work -> work.card().isEmpty() && !work.isHomeless()));
            house(open(fresh, CallWork::isHomeless));
        }
    }

    /** What is on disk about the call, and whose it is. */
    private void recall(CallWork work) {
        Optional<Journal.Trace> trace = parts.journal().call(work.call());
        if (trace.isPresent() && work.write().revision() == 0) {
            work.end(new Outcome.Done(trace.get().note()));
            return;
        }
        Card.of(work.write().contact(), parts.account())
                .or(() -> parts.journal().customer(work.call()))
                .ifPresent(work::card);
    }

    /** The caller hides the number: there is one card for all of them. */
    private void shelter(List<CallWork> works) {
        if (works.isEmpty()) {
            return;
        }
        if (settings.hidden().equals("refuse")) {
            works.forEach(
                    work -> work.end(new Outcome.Refused("The caller hides the number, and amoCRM keeps a call only"
                            + " on the card of somebody; the setting hidden can name one")));
            return;
        }
        HiddenCallers.Found found = hidden.find();
        Fault fault = found.fault();
        works.forEach(work -> found.card().ifPresent(work::card));
        if (fault != null) {
            works.forEach(work -> work.end(fault.asRepeatable()));
        }
    }

    private void find(List<CallWork> unsure) {
        Map<String, Journal.Trace> there = look.find(unsure);
        Map<CallId, Journal.Trace> known = new HashMap<>();
        for (CallWork work : open(unsure, w -> there.containsKey(CallForm.uniq(w.write())))) {
            Journal.Trace trace = there.get(CallForm.uniq(work.write()));
            if (trace == null) {
                continue;
            }
            if (work.write().revision() == 0) {
                work.end(new Outcome.Done(trace.note()));
            }
            known.put(work.call(), trace);
        }
        parts.journal().calls(known);
    }

    private void notes(List<CallWork> works) {
        Map<String, List<CallWork>> byKind = new LinkedHashMap<>();
        works.forEach(work -> work.card()
                .ifPresent(card -> byKind.computeIfAbsent(card.kind(), kind -> new ArrayList<>())
                        .add(work)));
        byKind.forEach((kind, there) -> {
            List<Map<String, Object>> items = new ArrayList<>();
            for (CallWork work : there) {
                Map<String, Object> item = new LinkedHashMap<>();
                work.card().ifPresent(card -> item.put("entity_id", card.number()));
                item.putAll(form.note(work.write(), work.user()));
                items.add(item);
            }
            send(there, items, "api/v4/" + kind + "/notes", "notes");
        });
    }

    private void calls(List<CallWork> works) {
        List<Map<String, Object>> items =
                works.stream().map(work -> form.call(work.write(), work.user())).toList();
        send(works, items, "api/v4/calls", "calls");
    }

    private void send(List<CallWork> works, List<Map<String, Object>> items, String path, String embedded) {
        if (works.isEmpty()) {
            return;
        }
        Map<String, Optional<Card>> trying = new LinkedHashMap<>();
        works.forEach(work -> trying.put(work.key(), work.card()));
        parts.journal().trying(trying);
        List<Reply> replies = parts.bulk().post(path, embedded, items);
        Map<CallId, Journal.Trace> known = new HashMap<>();
        List<String> notDone = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            CallWork work = works.get(i);
            Fault fault = replies.get(i).fault();
            if (fault == null) {
                Optional<Journal.Trace> trace = written(work, replies.get(i).body());
                trace.ifPresent(t -> known.put(work.call(), t));
                work.end(trace.<Outcome>map(t -> new Outcome.Done(t.note()))
                        .orElseGet(() -> new Outcome.Unclear("amoCRM wrote the call without an id")));
            } else {
                refused(work, fault);
                if (fault.isHarmless()) {
                    notDone.add(work.key());
                }
            }
        }
        parts.journal().calls(known);
        parts.journal().notDone(notDone);
        parts.echoes().wrote(known.values().stream().map(Journal.Trace::card).toList());
    }

    private Optional<Journal.Trace> written(CallWork work, JsonNode row) {
        String note = Json.text(row, "id");
        Optional<Card> card = Card.of(Json.text(row, "entity_type"), Json.text(row, "entity_id"))
                .or(work::card);
        return card.filter(c -> !note.isEmpty())
                .map(c -> new Journal.Trace(note, c, Json.write(form.note(work.write(), work.user()))));
    }

    private void refused(CallWork work, Fault fault) {
        if (fault.isAboutTheUser() && work.changeUser(parts.responsible())) {
            return;
        }
        boolean cardGone = work.card().isPresent() && (fault.isNotFound() || fault.isAbout("entity_id"));
        PhoneNumber number = work.write().customer();
        if (cardGone && number != null) {
            // Somebody removed the card: the account looks for another one.
            work.card().ifPresent(card -> customers.forget(work.call(), number, card));
            work.noCard();
        } else if (cardGone) {
            hidden.forget();
            work.end(new Outcome.Retry(null, "amoCRM: the card of hidden callers was removed; it is made again"));
        } else if (work.card().isEmpty() && fault.isNotFound()) {
            work.homeless();
        } else {
            work.end(fault.asOutcome());
        }
    }

    /** Makes a card for those who have none. */
    private void house(List<CallWork> works) {
        if (works.isEmpty()) {
            return;
        }
        if (settings.unmatched().equals("refuse")) {
            works.forEach(work -> work.end(new Outcome.Refused(
                    "amoCRM has no card with this number; the setting unmatched can let one be made")));
            return;
        }
        List<Newcomer> wanted = works.stream()
                .map(work -> Newcomer.of(work.write(), work.user(), work.key()))
                .toList();
        boolean unsorted = settings.unmatched().equals("unsorted");
        List<Outcome> outcomes = customers.makeUnasked(wanted, unsorted);
        for (int i = 0; i < works.size(); i++) {
            CallWork work = works.get(i);
            Optional<Card> card = parts.journal().customer(work.call());
            if (outcomes.get(i) instanceof Outcome.Done && card.isPresent()) {
                work.card(card.get());
            } else {
                work.end(outcomes.get(i));
            }
        }
    }

    private void correct(List<CallWork> works) {
        Map<String, List<CallWork>> byKind = new LinkedHashMap<>();
        for (CallWork work : works) {
            parts.journal()
                    .call(work.call())
                    .ifPresent(trace -> byKind.computeIfAbsent(trace.card().kind(), kind -> new ArrayList<>())
                            .add(work));
        }
        byKind.forEach(this::correct);
    }

    private void correct(String kind, List<CallWork> works) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (CallWork work : works) {
            Journal.Trace trace = parts.journal().call(work.call()).orElseThrow();
            items.add(NoteChange.of(trace, form.note(work.write(), work.user())));
        }
        List<Reply> replies = parts.bulk().patch("api/v4/" + kind + "/notes", "notes", items);
        Map<CallId, Journal.Trace> known = new HashMap<>();
        List<CallWork> again = new ArrayList<>();
        Set<Card> cards = new LinkedHashSet<>();
        for (int i = 0; i < works.size(); i++) {
            CallWork work = works.get(i);
            Fault fault = replies.get(i).fault();
            Journal.Trace trace = parts.journal().call(work.call()).orElseThrow();
            if (fault == null) {
                known.put(work.call(), new Journal.Trace(trace.note(), trace.card(), NoteChange.form(items.get(i))));
                cards.add(trace.card());
                work.end(new Outcome.Done(trace.note()));
            } else if (fault.isAboutTheUser() && work.changeUser(parts.responsible())) {
                again.add(work);
            } else if (fault.reason() == Reason.NOT_FOUND) {
                work.end(new Outcome.Refused("amoCRM: the call's note is there no longer"));
            } else {
                work.end(fault.asRepeatable());
            }
        }
        parts.journal().calls(known);
        parts.echoes().wrote(cards);
        if (!again.isEmpty()) {
            correct(kind, again);
        }
    }

    private static List<CallWork> open(List<CallWork> works, Predicate<CallWork> which) {
        return works.stream().filter(CallWork::isOpen).filter(which).toList();
    }
}
