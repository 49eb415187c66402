// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets that go on to a department: a lead to another pipeline, stage and responsible user, a task to another user.
 * The ticket is read first; where it is already, nothing is changed.
 */
final class AmoEscalations implements Escalations {
    private final CallParts parts;
    private final TicketSettings settings;
    private final TextNotes texts;

    AmoEscalations(CallParts parts, TicketSettings settings, TextNotes texts) {
        this.parts = parts;
        this.settings = settings;
        this.texts = texts;
    }

    @Override
    public List<Outcome> escalate(List<Step> steps) {
        return steps.stream().map(this::escalate).toList();
    }

    private Outcome escalate(Step step) {
        String department = step.attempt().write().department();
        TicketSettings.Place place = settings.departments().get(department);
        if (place == null) {
            return new Outcome.Refused("amoCRM has no department \"" + department
                    + "\": add it to ticket.departments, with pipeline, status or responsible");
        }
        Journal.Ticket ticket = parts.journal()
                .ticketById(step.ticket())
                .orElseGet(() -> settings.kind().equals("task")
                        ? Journal.Ticket.task(step.ticket())
                        : Journal.Ticket.lead(step.ticket()));
        return ticket.isTask() ? task(step, place) : lead(step, ticket, place);
    }

    private Outcome task(Step step, TicketSettings.Place place) {
        if (place.responsible().isEmpty()) {
            return new Outcome.Refused("A task goes on to a person: give the department \""
                    + step.attempt().write().department() + "\" a responsible in ticket.departments");
        }
        Reply reply = parts.api().get(Traffic.WRITE, "api/v4/tasks/" + step.ticket());
        if (reply.fault() != null) {
            return reply.fault().asRepeatable();
        }
        if (!reply.body().isObject()) {
            return new Outcome.Refused("amoCRM: the task is there no longer");
        }
        String text = Json.text(reply.body(), "text");
        String note = note(step.attempt().write());
        boolean noted = note.isBlank() || text.contains(note);
        if (noted
                && Json.text(reply.body(), "responsible_user_id")
                        .equals(place.responsible().get())) {
            return new Outcome.Done(step.ticket());
        }
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("id", Long.parseLong(step.ticket()));
        change.put("responsible_user_id", Long.parseLong(place.responsible().get()));
        if (!noted) {
            change.put("text", text + "\n" + note);
        }
        return changed(
                step,
                parts.bulk().patch("api/v4/tasks", "tasks", List.of(change)).get(0));
    }

    private Outcome lead(Step step, Journal.Ticket ticket, TicketSettings.Place place) {
        Reply reply = parts.api().get(Traffic.WRITE, "api/v4/leads/" + step.ticket());
        if (reply.fault() != null) {
            return reply.fault().asRepeatable();
        }
        if (!reply.body().isObject()) {
            return new Outcome.Refused("amoCRM: the lead is there no longer");
        }
        Map<String, Object> change = change(reply.body(), place);
        if (!change.isEmpty()) {
            if (!ticket.unsorted().isEmpty()) {
                accept(ticket, place);
            }
            Map<String, Object> whole = new LinkedHashMap<>();
            whole.put("id", Long.parseLong(step.ticket()));
            whole.putAll(change);
            Outcome outcome = changed(
                    step,
                    parts.bulk().patch("api/v4/leads", "leads", List.of(whole)).get(0));
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
            parts.echoes().wrote(List.of(Card.lead(step.ticket())));
        }
        return tell(step);
    }

    private static Map<String, Object> change(JsonNode lead, TicketSettings.Place place) {
        Map<String, Object> change = new LinkedHashMap<>();
        place.pipeline()
                .filter(id -> lead.path("pipeline_id").asLong() != id)
                .ifPresent(id -> change.put("pipeline_id", id));
        place.status().filter(id -> lead.path("status_id").asLong() != id).ifPresent(id -> change.put("status_id", id));
        if (change.containsKey("status_id")) {
            place.pipeline().ifPresent(id -> change.put("pipeline_id", id));
        }
        place.responsible()
                .map(Long::parseLong)
                .filter(id -> lead.path("responsible_user_id").asLong() != id)
                .ifPresent(id -> change.put("responsible_user_id", id));
        return change;
    }

    /** An incoming lead is accepted before it moves; somebody may have done that already. */
    private void accept(Journal.Ticket ticket, TicketSettings.Place place) {
        Map<String, Object> how = new LinkedHashMap<>();
        place.responsible().map(Long::parseLong).ifPresent(id -> how.put("user_id", id));
        place.status().ifPresent(id -> how.put("status_id", id));
        parts.api().post(Traffic.WRITE, "api/v4/leads/unsorted/" + ticket.unsorted() + "/accept", how);
    }

    private Outcome tell(Step step) {
        String note = note(step.attempt().write());
        if (note.isBlank()) {
            return new Outcome.Done(step.ticket());
        }
        TextNotes.Wanted wanted = new TextNotes.Wanted(
                step.attempt().key(),
                Card.lead(step.ticket()),
                note,
                Optional.ofNullable(step.attempt().write().user()).filter(AmoCrmSettings::isNumber),
                step.attempt().lookFirst());
        Outcome outcome = texts.add(List.of(wanted)).get(0);
        return outcome instanceof Outcome.Done ? new Outcome.Done(step.ticket()) : outcome;
    }

    private static String note(CrmWrite.Escalate write) {
        return write.note().isBlank()
                ? ""
                : write.department() + ": " + write.note().strip();
    }

    private static Outcome changed(Step step, Reply reply) {
        return reply.fault() == null
                ? new Outcome.Done(step.ticket())
                : reply.fault().asRepeatable();
    }
}
