// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.contract.CrmUnderTest.TicketRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is left to do, in whichever form the connector was told to give it: tasks, or items of one kind. */
final class PortalTickets {
    static final String DEPARTMENT = "Second line";

    private static final String GROUP = "7";

    private final Bitrix24Sandbox portal;
    private final boolean tasks;
    private final int type;

    PortalTickets(Bitrix24Sandbox portal, Map<String, String> settings) {
        this.portal = portal;
        this.tasks = !"item".equals(settings.get("ticket.kind"));
        this.type = Integer.parseInt(settings.getOrDefault("ticket.entityTypeId", Integer.toString(Portal.DEAL)));
    }

    /** Where the connector is told that the department is: a group, a funnel, or a person for leads. */
    Map<String, String> department() {
        return place().equals("ASSIGNED_BY_ID")
                ? Map.of("ticket.departmentUsers." + DEPARTMENT, number())
                : Map.of("ticket.departments." + DEPARTMENT, number());
    }

    private String place() {
        if (tasks) {
            return "GROUP_ID";
        }
        return type == Portal.LEAD ? "ASSIGNED_BY_ID" : "CATEGORY_ID";
    }

    private String number() {
        return switch (place()) {
            case "GROUP_ID" -> GROUP;
            case "ASSIGNED_BY_ID" -> Bitrix24UnderTest.COLLEAGUE;
            default -> Integer.toString(CrmItems.otherFunnel(type));
        };
    }

    /** The responsible users of the tickets with a title, whatever they are. */
    List<String> responsible(String title) {
        List<String> responsible = new ArrayList<>();
        portal.tasks().stream()
                .filter(row -> text(row, "TITLE").equals(title))
                .forEach(row -> responsible.add(text(row, "RESPONSIBLE_ID")));
        for (int kind : List.of(Portal.LEAD, Portal.DEAL, Portal.REQUEST)) {
            portal.items(kind).stream()
                    .filter(row -> text(row, "TITLE").equals(title))
                    .forEach(row -> responsible.add(text(row, "ASSIGNED_BY_ID")));
        }
        return responsible;
    }

    Optional<TicketRecord> ticket(String id) {
        return (tasks ? portal.tasks() : portal.items(type))
                .stream()
                        .filter(row -> text(row, "ID").equals(id))
                        .findFirst()
                        .map(row -> new TicketRecord(
                                text(row, place()).equals(number()) ? DEPARTMENT : "", notes(id, row)));
    }

    private List<String> notes(String id, Map<String, Object> row) {
        if (tasks) {
            return text(row, "DESCRIPTION").lines().toList();
        }
        String timeline = Portal.NAMES.getOrDefault(type, "DYNAMIC_" + type).toLowerCase(Locale.ROOT);
        return portal.comments().stream()
                .filter(comment -> text(comment, "ENTITY_TYPE").equals(timeline)
                        && text(comment, "ENTITY_ID").equals(id))
                .map(comment -> text(comment, "COMMENT"))
                .toList();
    }

    void remove(String id) {
        if (tasks) {
            portal.removeTask(Integer.parseInt(id));
        } else {
            portal.removeItem(type, Integer.parseInt(id));
        }
    }

    private static String text(Map<String, Object> row, String field) {
        return Params.textOf(row.get(field));
    }
}
