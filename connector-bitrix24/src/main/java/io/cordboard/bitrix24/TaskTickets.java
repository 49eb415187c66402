// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ticket is a task. */
final class TaskTickets implements Bitrix24Tickets.TicketForm {
    private final Map<String, String> groups;
    private final String marker;

    TaskTickets(Bitrix24Settings.Tickets settings) {
        this.groups = settings.departments();
        this.marker = settings.markerField().orElse("XML_ID");
    }

    @Override
    public Command add(Attempt<CrmWrite.OpenTicket> attempt, Optional<Owner> owner, Optional<String> user) {
        CrmWrite.OpenTicket write = attempt.write();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("TITLE", write.ticket().title());
        user.ifPresent(id -> fields.put("RESPONSIBLE_ID", id));
        fields.put("DESCRIPTION", Bitrix24Tickets.text(write));
        if (write.ticket().due() != null) {
            fields.put("DEADLINE", Telephony.iso(write.ticket().due()));
        }
        String department = write.ticket().department();
        if (department != null && groups.containsKey(department)) {
            fields.put("GROUP_ID", groups.getOrDefault(department, ""));
        }
        owner.ifPresent(o -> fields.put("UF_CRM_TASK", List.of(o.inTasks())));
        fields.put(marker, attempt.key());
        return new Command("tasks.task.add", Map.of("fields", fields));
    }

    @Override
    public List<Command> links(CrmWrite.OpenTicket write, String activity) {
        return List.of();
    }

    @Override
    public Command find(String key) {
        return new Command("tasks.task.list", Map.of("filter", Map.of(marker, key), "select", List.of("ID")));
    }

    @Override
    public Optional<String> found(JsonNode result) {
        return Optional.of(Bitrix24Tickets.firstId(result.path("tasks"))).filter(id -> !id.isEmpty());
    }

    @Override
    public String id(JsonNode result) {
        return Json.text(result.path("task"), "id");
    }
}
