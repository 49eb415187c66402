// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ticket is a task, on the customer's card when that is known. Its text ends with the call that it is about. */
final class TaskTickets implements TicketForm {
    private static final int ROWS = 250;
    private static final int MOST_PAGES = 40;

    private final AmoApi api;
    private final TicketSettings settings;
    private final Clock clock;
    private final String before;

    TaskTickets(AmoApi api, TicketSettings settings, Clock clock) {
        this(api, settings, clock, "");
    }

    /** Creates a form of tasks whose text begins with something else than the ticket's title. */
    TaskTickets(AmoApi api, TicketSettings settings, Clock clock, String before) {
        this.before = before;
        this.api = api;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "api/v4/tasks";
    }

    @Override
    public String embedded() {
        return "tasks";
    }

    @Override
    public Map<String, Object> item(Draft draft) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("text", before + draft.write().ticket().title() + "\n" + TicketForm.text(draft.write()));
        item.put("task_type_id", settings.taskType());
        Instant due = draft.write().ticket().due();
        item.put("complete_till", (due == null ? clock.instant().plus(settings.due()) : due).getEpochSecond());
        draft.owner().ifPresent(card -> {
            item.put("entity_id", card.number());
            item.put("entity_type", card.kind());
        });
        draft.user().map(Long::parseLong).ifPresent(id -> item.put("responsible_user_id", id));
        return item;
    }

    @Override
    public Optional<Journal.Ticket> made(JsonNode row) {
        return Json.id(row, "id").map(Journal.Ticket::task);
    }

    @Override
    public Map<String, Journal.Ticket> find(List<Draft> drafts, Instant since) {
        Map<String, Journal.Ticket> found = new HashMap<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Reply reply = api.get(
                            Traffic.WRITE,
                            Query.of("api/v4/tasks")
                                    .and("filter[updated_at][from]", since.getEpochSecond())
                                    .and("order[id]", "desc")
                                    .and("limit", ROWS)
                                    .and("page", page))
                    .orThrow();
            for (JsonNode task : reply.list("tasks")) {
                String text = plain(Json.text(task, "text"));
                for (Draft draft : drafts) {
                    String wanted = plain(String.valueOf(item(draft).get("text")));
                    if (text.startsWith(wanted)) {
                        made(task).ifPresent(ticket -> found.putIfAbsent(draft.key(), ticket));
                    }
                }
            }
            if (!reply.hasNext() || older(reply, since)) {
                break;
            }
        }
        return found;
    }

    @Override
    public boolean wantsNote() {
        return false;
    }

    /** The filter may be ignored; nothing that is older than a day before is read on for. */
    private static boolean older(Reply reply, Instant since) {
        long limit = since.minus(Duration.ofDays(1)).getEpochSecond();
        JsonNode tasks = reply.list("tasks");
        return tasks.path(tasks.size() - 1).path("created_at").asLong(Long.MAX_VALUE) < limit;
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
