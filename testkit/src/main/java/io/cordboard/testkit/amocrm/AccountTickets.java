// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.contract.CrmUnderTest.TicketRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is left to do, in whichever form the connector was told to give it: tasks or leads. */
final class AccountTickets {
    static final String DEPARTMENT = "Second line";

    private static final String STAGE = "60100205";

    private final AmoCrmSandbox account;
    private final boolean tasks;

    AccountTickets(AmoCrmSandbox account, Map<String, String> settings) {
        this.account = account;
        this.tasks = settings.getOrDefault("ticket.kind", "task").equals("task");
    }

    /** Where the connector is told that the department is. */
    static Map<String, String> department() {
        String prefix = "ticket.departments." + DEPARTMENT + ".";
        return Map.of(
                prefix + "pipeline",
                Integer.toString(Pipelines.SUPPORT),
                prefix + "status",
                STAGE,
                prefix + "responsible",
                AmoCrmUnderTest.COLLEAGUE);
    }

    /** The responsible users of the leads of a name and of the tasks whose text begins with it. */
    List<String> responsible(String title) {
        List<Map<String, Object>> tickets = new ArrayList<>(account.leads().stream()
                .filter(row -> title.equals(row.get("name")))
                .toList());
        account.tasks().stream()
                .filter(row -> text(row, "text").lines().findFirst().orElse("").equals(title))
                .forEach(tickets::add);
        return tickets.stream().map(row -> text(row, "responsible_user_id")).toList();
    }

    /** A task goes on to a person, a lead to a stage. */
    Optional<TicketRecord> ticket(String id) {
        return (tasks ? account.tasks() : account.leads())
                .stream().filter(row -> text(row, "id").equals(id)).findFirst().map(row -> {
                    boolean there = tasks
                            ? text(row, "responsible_user_id").equals(AmoCrmUnderTest.COLLEAGUE)
                            : text(row, "status_id").equals(STAGE);
                    return new TicketRecord(there ? DEPARTMENT : "", notes(id, row));
                });
    }

    private List<String> notes(String id, Map<String, Object> row) {
        if (tasks) {
            return text(row, "text").lines().toList();
        }
        return account.notes().stream()
                .filter(note -> "leads".equals(note.get("entity_type"))
                        && text(note, "entity_id").equals(id))
                .map(note -> text(Body.map(note.get("params")), "text"))
                .toList();
    }

    void remove(String id) {
        if (tasks) {
            account.removeTask(Integer.parseInt(id));
        } else {
            account.removeLead(Integer.parseInt(id));
        }
    }

    private static String text(Map<String, Object> row, String field) {
        @Nullable Object value = row.get(field);
        return value == null ? "" : value.toString();
    }
}
