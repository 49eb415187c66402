// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.bitrix24.Bitrix24Escalations.Move;
import io.cordboard.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ticket that is a task goes to another group, a user, or both. The note becomes a part of its description: one
 * change, so that either all of it is there or nothing, and a task that is there needs nothing, whatever was tried.
 */
final class TaskMoves implements Bitrix24Escalations.TicketMoves {
    @Override
    public boolean leadsTo(Bitrix24Settings.Department department) {
        return true;
    }

    @Override
    public String missing(String department) {
        return "Bitrix24 has no department \"" + department + "\": add ticket.departments." + department
                + " with the number of a group, or ticket.departmentUsers." + department + " with the number of a user";
    }

    /** Asks for a list: what a portal says of a single task that is not there depends on its language. */
    @Override
    public List<Command> look(Move move) {
        return List.of(new Command(
                "tasks.task.list",
                Map.of(
                        "filter", Map.of("ID", move.ticket()),
                        "select", List.of("ID", "DESCRIPTION", "GROUP_ID", "RESPONSIBLE_ID"))));
    }

    @Override
    public boolean isThere(Move move, List<Reply> look) {
        return task(move, look).isPresent();
    }

    @Override
    public List<Command> change(Move move, List<Reply> look) {
        return task(move, look)
                .map(task -> fields(move, task))
                .filter(fields -> !fields.isEmpty())
                .map(fields ->
                        List.of(new Command("tasks.task.update", Map.of("taskId", move.ticket(), "fields", fields))))
                .orElse(List.of());
    }

    private static Map<String, Object> fields(Move move, JsonNode task) {
        Map<String, Object> fields = new LinkedHashMap<>();
        move.to()
                .place()
                .filter(group -> task.path("groupId").asInt() != group)
                .ifPresent(group -> fields.put("GROUP_ID", group));
        move.to()
                .user()
                .filter(user -> !user.equals(Json.text(task, "responsibleId")))
                .ifPresent(user -> fields.put("RESPONSIBLE_ID", user));
        if (fields.isEmpty()) {
            return fields;
        }
        String text = Json.text(task, "description");
        boolean noted = move.unsure() && Comments.plain(text).contains(Comments.plain(move.note()));
        if (!move.note().isEmpty() && !noted) {
            fields.put("DESCRIPTION", text.isEmpty() ? move.note() : text + "\n" + move.note());
        }
        return fields;
    }

    private static Optional<JsonNode> task(Move move, List<Reply> look) {
        for (JsonNode task : look.get(0).result().path("tasks")) {
            if (Json.text(task, "id").equals(move.ticket())) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }
}
