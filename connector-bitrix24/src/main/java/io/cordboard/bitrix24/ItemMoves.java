// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.bitrix24.Bitrix24Escalations.Move;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ticket that is an item goes to another funnel, a user, or both; the note is a comment on its timeline. Leads have
 * no funnels, so they go to a user.
 */
final class ItemMoves implements Bitrix24Escalations.TicketMoves {
    private final ItemType type;
    private final String stage;

    ItemMoves(Bitrix24Settings.Tickets settings) {
        this.type = new ItemType(settings.entityTypeId());
        this.stage = settings.stageId();
    }

    @Override
    public boolean leadsTo(Bitrix24Settings.Department department) {
        return !type.isLead() || department.user().isPresent();
    }

    @Override
    public String missing(String department) {
        String user = "ticket.departmentUsers." + department + " with the number of a user";
        return type.isLead()
                ? "Leads have no funnels, so \"" + department + "\" is nowhere in Bitrix24: add " + user
                : "Bitrix24 has no department \"" + department + "\": add ticket.departments." + department
                        + " with the number of a funnel, or " + user;
    }

    @Override
    public List<Command> look(Move move) {
        List<Command> look = new ArrayList<>();
        look.add(new Command("crm.item.get", Map.of("entityTypeId", type.id(), "id", move.ticket())));
        if (move.unsure() && !move.note().isEmpty()) {
            look.add(Comments.list(type.inTimeline(), move.ticket()));
        }
        return look;
    }

    @Override
    public boolean isThere(Move move, List<Reply> look) {
        return Json.id(item(look), "id").isPresent();
    }

    @Override
    public List<Command> change(Move move, List<Reply> look) {
        Map<String, Object> fields = fields(move.to(), item(look));
        if (fields.isEmpty() && !move.unsure()) {
            return List.of();
        }
        List<Command> change = new ArrayList<>();
        if (!fields.isEmpty()) {
            change.add(new Command(
                    "crm.item.update", Map.of("entityTypeId", type.id(), "id", move.ticket(), "fields", fields)));
        }
        if (!move.note().isEmpty() && !isNoted(move, look)) {
            // By the reference, a ticket that could not be moved gets no comment either.
            Object id = fields.isEmpty() ? move.ticket() : Ref.of(0, "item", "id");
            change.add(Comments.add(type.inTimeline(), id, move.note()));
        }
        return change;
    }

    private Map<String, Object> fields(Bitrix24Settings.Department to, JsonNode item) {
        Map<String, Object> fields = new LinkedHashMap<>();
        to.place()
                .filter(category -> !type.isLead() && item.path("categoryId").asInt(-1) != category)
                .ifPresent(category -> {
                    fields.put("categoryId", category);
                    type.stageOf(category, stage).ifPresent(first -> fields.put("stageId", first));
                });
        to.user()
                .filter(user -> !user.equals(Json.text(item, "assignedById")))
                .ifPresent(user -> fields.put("assignedById", user));
        return fields;
    }

    private static boolean isNoted(Move move, List<Reply> look) {
        return look.size() > 1
                && Comments.sameText(look.get(1).result(), move.note()).isPresent();
    }

    private static JsonNode item(List<Reply> look) {
        return look.get(0).result().path("item");
    }
}
