// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tickets in their forms, and how they go on to another department. */
final class AmoTicketsTest {
    private static final String SUPPORT = "7100103";
    private static final String SECOND_LINE = "60100205";

    private static AmoCrmUnderTest account(String kind) {
        return Samples.account(
                "ticket.kind",
                kind,
                "ticket.departments.support.pipeline",
                SUPPORT,
                "ticket.departments.support.status",
                SECOND_LINE,
                "ticket.departments.support.responsible",
                "504142");
    }

    private static Outcome open(AmoCrmUnderTest crm, int call) {
        return open(crm, call, crm.user());
    }

    private static Outcome open(AmoCrmUnderTest crm, int call, String user) {
        ContactRef contact = crm.hasContact("Anna", List.of(Samples.number(call).e164()), crm.user());
        TicketDraft draft = new TicketDraft(
                "Call back Anna", "Missed call", Priority.NORMAL, user, null, Instant.parse("2026-11-23T09:00:00Z"));
        CrmWrite.OpenTicket write = new CrmWrite.OpenTicket(Samples.call(call), draft, contact, Samples.number(call));
        return crm.connector()
                .role(TicketDesk.class)
                .orElseThrow()
                .open(List.of(new Attempt<>(write, key(call), 1, false)))
                .get(0);
    }

    private static String key(int call) {
        return Samples.call(call) + "/ticket";
    }

    private static Outcome escalate(AmoCrmUnderTest crm, int call, Outcome ticket, String department) {
        CrmWrite.Escalate write =
                new CrmWrite.Escalate(Samples.call(call), key(call), department, "is angry", crm.user());
        return crm.connector()
                .role(Escalations.class)
                .orElseThrow()
                .escalate(List.of(new Escalations.Step(
                        new Attempt<>(write, key(call) + "/escalate", 1, false), ((Outcome.Done) ticket).ref())))
                .get(0);
    }

    private static Map<String, Object> row(List<Map<String, Object>> rows, Outcome ticket) {
        return rows.stream()
                .filter(row -> String.valueOf(row.get("id")).equals(((Outcome.Done) ticket).ref()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void missedCallIsATaskOnTheContactWithADate() {
        try (AmoCrmUnderTest crm = account("task")) {
            Outcome ticket = open(crm, 1);

            assertThat(row(crm.account().tasks(), ticket)).satisfies(task -> {
                assertThat(task.get("entity_type")).isEqualTo("contacts");
                assertThat(Objects.requireNonNull((Number) task.get("complete_till"))
                                .longValue())
                        .isEqualTo(Instant.parse("2026-11-23T09:00:00Z").getEpochSecond());
                assertThat(String.valueOf(task.get("text")))
                        .startsWith("Call back Anna\n")
                        .endsWith("Call " + Samples.call(1));
            });
        }
    }

    @Test
    void taskGoesOnToAPersonOnce() {
        try (AmoCrmUnderTest crm = account("task")) {
            Outcome ticket = open(crm, 2);
            Outcome first = escalate(crm, 2, ticket, "support");
            int changes = crm.account().asked("PATCH tasks");
            Outcome second = escalate(crm, 2, ticket, "support");

            assertThat(List.of(first, second)).containsOnly(ticket);
            assertThat(crm.account().asked("PATCH tasks")).isEqualTo(changes).isEqualTo(1);
            assertThat(row(crm.account().tasks(), ticket)).satisfies(task -> {
                assertThat(task.get("responsible_user_id")).isEqualTo(504142);
                assertThat(String.valueOf(task.get("text"))).containsOnlyOnce("is angry");
            });
        }
    }

    @Test
    void leadGoesOnToAnotherPipelineStageAndPersonOnce() {
        try (AmoCrmUnderTest crm = account("lead")) {
            Outcome ticket = open(crm, 3);
            Outcome first = escalate(crm, 3, ticket, "support");
            Outcome second = escalate(crm, 3, ticket, "support");

            assertThat(List.of(first, second)).containsOnly(ticket);
            assertThat(crm.account().asked("PATCH leads")).isEqualTo(1);
            assertThat(row(crm.account().leads(), ticket)).satisfies(lead -> {
                assertThat(String.valueOf(lead.get("pipeline_id"))).isEqualTo(SUPPORT);
                assertThat(String.valueOf(lead.get("status_id"))).isEqualTo(SECOND_LINE);
                assertThat(lead.get("responsible_user_id")).isEqualTo(504142);
            });
            assertThat(crm.notes("is angry")).isEqualTo(1);
        }
    }

    @Test
    void ticketThatIsALeadHasItsTextAndAReminder() {
        try (AmoCrmUnderTest crm = account("lead")) {
            Outcome ticket = open(crm, 4);

            assertThat(crm.notes("Missed call")).isEqualTo(1);
            assertThat(crm.account().tasks())
                    .filteredOn(task -> "leads".equals(task.get("entity_type")))
                    .singleElement()
                    .satisfies(task ->
                            assertThat(String.valueOf(task.get("entity_id"))).isEqualTo(((Outcome.Done) ticket).ref()));
        }
    }

    @Test
    void reminderOfAUserWhoIsGoneIsSomebodyElses() {
        try (AmoCrmUnderTest crm = account("lead")) {
            Outcome ticket = open(crm, 9, "424242");

            assertThat(ticket).isInstanceOf(Outcome.Done.class);
            assertThat(crm.account().tasks())
                    .filteredOn(task -> "leads".equals(task.get("entity_type")))
                    .hasSize(1);
        }
    }

    @Test
    void incomingLeadIsAcceptedWhenItGoesOn() {
        try (AmoCrmUnderTest crm = account("unsorted")) {
            Outcome ticket = open(crm, 5);
            Outcome outcome = escalate(crm, 5, ticket, "support");

            assertThat(outcome).isEqualTo(ticket);
            assertThat(row(crm.account().leads(), ticket)).satisfies(lead -> {
                assertThat(String.valueOf(lead.get("status_id"))).isEqualTo(SECOND_LINE);
                assertThat(lead.get("responsible_user_id")).isEqualTo(504142);
            });
        }
    }

    @Test
    void departmentThatIsNotConfiguredIsNamed() {
        try (AmoCrmUnderTest crm = account("lead")) {
            Outcome ticket = open(crm, 6);

            assertThat(escalate(crm, 6, ticket, "legal"))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("legal")
                                    .contains("ticket.departments"));
        }
    }
}
