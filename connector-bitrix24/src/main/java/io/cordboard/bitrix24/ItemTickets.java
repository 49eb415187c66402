// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ticket is a lead, a deal or an item of a smart process. */
final class ItemTickets implements Bitrix24Tickets.TicketForm {
    private final Bitrix24Settings.Tickets settings;
    private final ItemType type;
    private final String originator;
    private final String marker;
    private final Optional<String> textField;

    ItemTickets(Bitrix24Settings.Tickets settings, String originator) {
        this.settings = settings;
        this.originator = originator;
        this.type = new ItemType(settings.entityTypeId());
        boolean classic = type.isLead() || type.isDeal();
        this.marker = settings.markerField().orElse(classic ? "originId" : "xmlId");
        this.textField = settings.textField().or(() -> classic ? Optional.of("comments") : Optional.empty());
    }

    @Override
    public Command add(Attempt<CrmWrite.OpenTicket> attempt, Optional<Owner> owner, Optional<String> user) {
        CrmWrite.OpenTicket write = attempt.write();
        String department = write.ticket().department();
        int category = department != null && settings.departments().containsKey(department)
                ? Integer.parseInt(settings.departments().getOrDefault(department, "0"))
                : settings.categoryId();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", write.ticket().title());
        user.ifPresent(id -> fields.put("assignedById", id));
        if (!type.isLead() && category > 0) {
            fields.put("categoryId", category);
        }
        if (!settings.stageId().isEmpty()) {
            fields.put("stageId", type.stage(category, settings.stageId()));
        }
        owner.flatMap(this::link).ifPresent(link -> fields.put(link.getKey(), link.getValue()));
        textField.ifPresent(field -> fields.put(field, Bitrix24Tickets.text(write)));
        fields.put(marker, attempt.key());
        if (marker.equals("originId")) {
            fields.put("originatorId", originator);
        }
        return new Command("crm.item.add", Map.of("entityTypeId", settings.entityTypeId(), "fields", fields));
    }

    @Override
    public List<Command> links(CrmWrite.OpenTicket write, String activity) {
        Ref ticket = Ref.of(0, "item", "id");
        List<Command> commands = new ArrayList<>();
        if (textField.isEmpty()) {
            commands.add(Comments.add(type.inTimeline(), ticket, Bitrix24Tickets.text(write)));
        }
        if (!activity.isEmpty()) {
            commands.add(new Command(
                    "crm.activity.binding.add",
                    Map.of("activityId", activity, "entityTypeId", settings.entityTypeId(), "entityId", ticket)));
        }
        return commands;
    }

    @Override
    public Command find(String key) {
        return new Command(
                "crm.item.list",
                Map.of(
                        "entityTypeId", settings.entityTypeId(),
                        "filter", Map.of(marker, key),
                        "select", List.of("id")));
    }

    @Override
    public Optional<String> found(JsonNode result) {
        return Optional.of(Bitrix24Tickets.firstId(result.path("items"))).filter(id -> !id.isEmpty());
    }

    @Override
    public String id(JsonNode result) {
        return Json.text(result.path("item"), "id");
    }

    private Optional<Map.Entry<String, Object>> link(Owner owner) {
        return switch (owner.type()) {
            case "CONTACT" -> Optional.of(Map.entry("contactId", owner.id()));
            case "COMPANY" -> Optional.of(Map.entry("companyId", owner.id()));
            default ->
                type.isLead()
                        ? Optional.empty()
                        : Optional.of(Map.entry(type.isDeal() ? "leadId" : "parentId1", owner.id()));
        };
    }
}
