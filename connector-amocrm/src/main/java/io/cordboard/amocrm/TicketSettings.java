// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a ticket is in an account. Immutable.
 *
 * @param kind {@code task}, {@code lead} or {@code unsorted}
 * @param place the pipeline and stage of leads
 * @param taskType the type of tasks
 * @param taskOnLead whether a ticket that is a lead also gets a task, so that somebody is reminded
 * @param due how long there is for a task that says nothing of it
 * @param departments where tickets go, by the department's name
 */
record TicketSettings(
        String kind, Place place, long taskType, boolean taskOnLead, Duration due, Map<String, Place> departments) {

    static TicketSettings read(Settings settings) {
        return new TicketSettings(
                settings.choice("ticket.kind", "task", List.of("task", "lead", "unsorted")),
                place(settings, "ticket."),
                settings.integer("ticket.taskType", 1, new Settings.Range(1, Integer.MAX_VALUE)),
                settings.flag("ticket.taskOnLead", true),
                settings.duration("ticket.due", Duration.ofHours(1)),
                departments(settings));
    }

    private static Map<String, Place> departments(Settings settings) {
        Map<String, Place> departments = new TreeMap<>();
        for (String key : settings.below("ticket.departments").keySet()) {
            int dot = key.lastIndexOf('.');
            String name = dot < 0 ? key : key.substring(0, dot);
            String prefix = "ticket.departments." + name + ".";
            if (dot < 0 || !List.of("pipeline", "status", "responsible").contains(key.substring(dot + 1))) {
                settings.problem(
                        "ticket.departments." + key,
                        "is not known here; a department has pipeline, status, responsible");
            } else {
                departments.computeIfAbsent(name, n -> place(settings, prefix));
            }
        }
        return Map.copyOf(departments);
    }

    private static Place place(Settings settings, String prefix) {
        return new Place(
                AmoCrmSettings.number(settings, prefix + "pipeline"),
                AmoCrmSettings.number(settings, prefix + "status"),
                AmoCrmSettings.user(settings, prefix + "responsible"));
    }

    /** {@return where a ticket of a department begins; what the department does not say is as for all others} */
    Place place(Optional<String> department) {
        return department.map(departments::get).map(own -> own.or(place)).orElse(place);
    }

    /**
     * Where a ticket is. Immutable.
     *
     * @param pipeline the pipeline; the main one by default
     * @param status the stage; the first one by default
     * @param responsible whose it is
     */
    record Place(Optional<Long> pipeline, Optional<Long> status, Optional<String> responsible) {
        private Place or(Place other) {
            boolean sameTube = pipeline.isEmpty();
            return new Place(
                    pipeline.or(other::pipeline),
                    sameTube ? status.or(other::status) : status,
                    responsible.or(other::responsible));
        }
    }
}
