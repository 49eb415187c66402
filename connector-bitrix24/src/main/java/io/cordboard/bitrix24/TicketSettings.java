// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.Settings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what a ticket is. */
final class TicketSettings {
    private static final int LEAD = 1;
    private static final int DEAL = 2;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private TicketSettings() {}

    static Bitrix24Settings.Tickets read(Settings settings) {
        boolean task =
                settings.choice("ticket.kind", "task", List.of("item", "task")).equals("task");
        int type = settings.integer("ticket.entityTypeId", DEAL, new Settings.Range(LEAD, 1_000_000));
        int category = settings.integer("ticket.categoryId", 0, new Settings.Range(0, 1_000_000));
        Map<String, String> departments =
                numbers(settings, "ticket.departments", "must be the number of a funnel (items) or a group (tasks)");
        Map<String, String> users =
                numbers(settings, "ticket.departmentUsers", "must be the number of a Bitrix24 user");
        if (task && settings.has("ticket.stageId")) {
            settings.problem("ticket.stageId", "is only for ticket.kind: item");
        }
        return new Bitrix24Settings.Tickets(
                task,
                type,
                category,
                settings.optionalText("ticket.stageId").orElse(""),
                settings.optionalText("ticket.markerField"),
                settings.optionalText("ticket.textField"),
                departments,
                users);
    }

    private static Map<String, String> numbers(Settings settings, String key, String wanted) {
        Map<String, String> numbers = settings.below(key);
        numbers.forEach((name, number) -> {
            if (!NUMBER.matcher(number).matches()) {
                settings.problem(key + "." + name, wanted);
            }
        });
        return numbers;
    }
}
