// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets, fifty commands in a request. The form says what a ticket is in this portal; here is what they have in
 * common: the mark by which one is found again, and the link to the call.
 */
final class Bitrix24Tickets implements TicketDesk {
    private final CallParts parts;
    private final TicketForm form;
    private final Bitrix24Settings.Tickets settings;

    Bitrix24Tickets(CallParts parts, TicketForm form, Bitrix24Settings.Tickets settings) {
        this.parts = parts;
        this.form = form;
        this.settings = settings;
    }

    @Override
    public List<String> departments() {
        return List.copyOf(settings.names());
    }

    @Override
    public List<Outcome> open(List<Attempt<CrmWrite.OpenTicket>> attempts) {
        Map<Attempt<CrmWrite.OpenTicket>, Outcome> outcomes = new LinkedHashMap<>();
        look(
                attempts.stream()
                        .filter(attempt ->
                                attempt.lookFirst() || parts.journal().tried(attempt.key()))
                        .toList(),
                outcomes);
        add(attempts.stream().filter(attempt -> !outcomes.containsKey(attempt)).toList(), outcomes);
        return attempts.stream()
                .map(attempt -> outcomes.getOrDefault(attempt, new Outcome.Retry(null, "Bitrix24 needs another try")))
                .toList();
    }

    private void look(List<Attempt<CrmWrite.OpenTicket>> unsure, Map<Attempt<CrmWrite.OpenTicket>, Outcome> outcomes) {
        if (unsure.isEmpty()) {
            return;
        }
        List<Reply> replies = parts.api()
                .batch(
                        Traffic.WRITE,
                        unsure.stream().map(attempt -> form.find(attempt.key())).toList());
        for (int i = 0; i < unsure.size(); i++) {
            Fault fault = replies.get(i).fault();
            Optional<String> id = form.found(replies.get(i).result());
            if (fault != null) {
                outcomes.put(unsure.get(i), fault.asRepeatable());
            } else if (id.isPresent()) {
                outcomes.put(unsure.get(i), new Outcome.Done(id.get()));
            }
        }
    }

    private void add(List<Attempt<CrmWrite.OpenTicket>> fresh, Map<Attempt<CrmWrite.OpenTicket>, Outcome> outcomes) {
        if (fresh.isEmpty()) {
            return;
        }
        parts.journal().trying(fresh.stream().map(Attempt::key).toList());
        List<List<Reply>> replies = parts.api()
                .groups(
                        Traffic.WRITE,
                        fresh.stream().map(a -> group(a, user(a))).toList());
        for (int i = 0; i < fresh.size(); i++) {
            Attempt<CrmWrite.OpenTicket> attempt = fresh.get(i);
            Reply reply = replies.get(i).get(0);
            if (reply.fault() != null
                    && reply.fault().isAboutTheUser()
                    && parts.responsible().isPresent()) {
                reply = parts.api()
                        .groups(Traffic.WRITE, List.of(group(attempt, parts.responsible())))
                        .get(0)
                        .get(0);
            }
            Fault fault = reply.fault();
            JsonNode made = reply.result();
            outcomes.put(attempt, fault == null ? new Outcome.Done(form.id(made)) : fault.asOutcome());
        }
    }

    /** The ticket, and what hangs on it: its text where it has no field for it, and the call. */
    private List<Command> group(Attempt<CrmWrite.OpenTicket> attempt, Optional<String> user) {
        CrmWrite.OpenTicket write = attempt.write();
        Optional<Owner> owner = Owner.of(write.contact(), parts.account())
                .or(() -> parts.journal().customer(write.call()));
        List<Command> group = new ArrayList<>();
        group.add(form.add(attempt, owner, user));
        String activity =
                parts.journal().call(write.call()).map(Journal.Trace::activity).orElse("");
        group.addAll(form.links(write, activity));
        return group;
    }

    private Optional<String> user(Attempt<CrmWrite.OpenTicket> attempt) {
        return Optional.ofNullable(attempt.write().ticket().responsible())
                .or(() -> Optional.ofNullable(attempt.write().ticket().department())
                        .flatMap(settings::department)
                        .flatMap(Bitrix24Settings.Department::user))
                .or(parts::responsible);
    }

    /** What a ticket is in a portal. */
    interface TicketForm {
        /** {@return makes one} */
        Command add(Attempt<CrmWrite.OpenTicket> attempt, Optional<Owner> owner, Optional<String> user);

        /** {@return what follows in the same request and refers to the ticket as the group's first command} */
        List<Command> links(CrmWrite.OpenTicket write, String activity);

        /** {@return asks for one by its mark} */
        Command find(String key);

        /** {@return the id of what was found, if something was} */
        Optional<String> found(JsonNode result);

        /** {@return the id of what was made} */
        String id(JsonNode result);
    }

    static String text(CrmWrite.OpenTicket write) {
        List<String> lines = new ArrayList<>();
        if (!write.ticket().text().isBlank()) {
            lines.add(write.ticket().text().strip());
        }
        if (write.customer() != null) {
            lines.add("Tel. " + write.customer().e164());
        }
        lines.add("Priority: " + write.ticket().priority());
        if (write.ticket().department() != null) {
            lines.add("Department: " + write.ticket().department());
        }
        if (write.ticket().due() != null) {
            lines.add("Due: " + Telephony.iso(write.ticket().due()));
        }
        return String.join("\n", lines);
    }

    static String firstId(JsonNode rows) {
        return Json.text(rows.path(0), "id");
    }
}
