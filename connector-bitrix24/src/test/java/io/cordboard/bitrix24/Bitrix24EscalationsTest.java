// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.CallId;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tickets of each kind go on to a department. */
final class Bitrix24EscalationsTest {
    private static final CallId CALL = new CallId("hq", "1.1");
    private static final String SUPPORT = "ticket.departments.Support";
    private static final String SUPPORT_USER = "ticket.departmentUsers.Support";

    @TempDir
    Path folder;

    private Portal items(String type, String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ticket.kind", "item");
        settings.put("ticket.entityTypeId", type);
        return portal(settings, more);
    }

    private Portal portal(Map<String, String> settings, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Portal.webhook(folder, settings);
    }

    private static String open(Portal portal, String key, @Nullable String user, @Nullable String department) {
        TicketDraft draft = new TicketDraft("Call back", "An offer", Priority.NORMAL, user, department, null);
        Outcome outcome = portal.role(TicketDesk.class)
                .open(List.of(new Attempt<>(new CrmWrite.OpenTicket(CALL, draft, null, Portal.ANNA), key, 1, false)))
                .get(0);
        return ((Outcome.Done) outcome).ref();
    }

    private static Escalations.Step step(String ticket, String key, String department, String note) {
        CrmWrite.Escalate write = new CrmWrite.Escalate(CALL, "t", department, note, "17");
        return new Escalations.Step(new Attempt<>(write, key, 1, false), ticket);
    }

    private static Outcome handOn(Portal portal, String ticket, String key) {
        return portal.role(Escalations.class)
                .escalate(List.of(step(ticket, key, "Support", "is angry")))
                .get(0);
    }

    private static Map<String, Object> row(List<Map<String, Object>> rows, String id) {
        return rows.stream()
                .filter(row -> String.valueOf(row.get("ID")).equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Map<String, Object> row, String field) {
        return String.valueOf(Objects.requireNonNull(row.get(field)));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, '', C3:NEW",
        "2, 3, PREPARATION, C3:PREPARATION",
        "2, 3, C5:PREPARATION, C3:NEW",
        "1036, 2, '', DT1036_2:NEW",
        "1036, 2, CLIENT, DT1036_2:CLIENT"
    })
    void itemGoesToTheFunnelAndTheStage(String type, String funnel, String stage, String expected) {
        try (Portal portal = items(type, SUPPORT, funnel, "ticket.stageId", stage)) {
            String ticket = open(portal, "t", "17", null);
            Outcome outcome = handOn(portal, ticket, "e");

            assertThat(outcome).isEqualTo(new Outcome.Done(ticket));
            Map<String, Object> item = row(portal.sandbox.items(Integer.parseInt(type)), ticket);
            assertThat(text(item, "CATEGORY_ID")).isEqualTo(funnel);
            assertThat(text(item, "STAGE_ID")).isEqualTo(expected);
            assertThat(text(item, "ASSIGNED_BY_ID")).isEqualTo("17");
            assertThat(notes(portal)).isEqualTo(1);
        }
    }

    @Test
    void funnelMayBeTheMainOneAndADepartmentMayHaveAUserToo() {
        try (Portal portal = items("2", SUPPORT, "0", SUPPORT_USER, "18", "ticket.categoryId", "3")) {
            String ticket = open(portal, "t", "17", null);
            handOn(portal, ticket, "e");

            Map<String, Object> deal = row(portal.sandbox.items(2), ticket);
            assertThat(text(deal, "CATEGORY_ID")).isEqualTo("0");
            assertThat(text(deal, "ASSIGNED_BY_ID")).isEqualTo("18");
        }
    }

    @Test
    void leadGoesToAUserBecauseItHasNoFunnels() {
        try (Portal portal = items("1", SUPPORT, "3", "ticket.departmentUsers.Sales", "18")) {
            String ticket = open(portal, "t", "17", null);
            List<Outcome> outcomes = portal.role(Escalations.class)
                    .escalate(List.of(step(ticket, "e1", "Support", "x"), step(ticket, "e2", "Sales", "")));

            assertThat(outcomes)
                    .containsExactly(
                            new Outcome.Refused("Leads have no funnels, so \"Support\" is nowhere in Bitrix24: add"
                                    + " ticket.departmentUsers.Support with the number of a user"),
                            new Outcome.Done(ticket));
            assertThat(text(row(portal.sandbox.items(1), ticket), "ASSIGNED_BY_ID"))
                    .isEqualTo("18");
            assertThat(portal.sandbox.comments()).isEmpty();
        }
    }

    @Test
    void taskGoesToTheGroupAndTheUserWithTheNoteInItsText() {
        try (Portal portal = portal(new HashMap<>(), SUPPORT, "7", SUPPORT_USER, "18")) {
            String ticket = open(portal, "t", "17", null);
            Outcome outcome = handOn(portal, ticket, "e");

            assertThat(outcome).isEqualTo(new Outcome.Done(ticket));
            Map<String, Object> task = row(portal.sandbox.tasks(), ticket);
            assertThat(text(task, "GROUP_ID")).isEqualTo("7");
            assertThat(text(task, "RESPONSIBLE_ID")).isEqualTo("18");
            assertThat(text(task, "DESCRIPTION")).startsWith("An offer").endsWith("\nSupport: is angry");
        }
    }

    @ParameterizedTest
    @CsvSource({"task, 2, 7", "item, 2, 3", "item, 1036, 2"})
    void ticketThatIsThereAlreadyIsLeftAlone(String kind, String type, String place) {
        try (Portal portal = items(type, "ticket.kind", kind, SUPPORT, place)) {
            String ticket = open(portal, "t", "17", "Support");
            Outcome outcome = handOn(portal, ticket, "e");

            assertThat(outcome).isEqualTo(new Outcome.Done(ticket));
            assertThat(portal.sandbox.asked("crm.item.update")).isZero();
            assertThat(portal.sandbox.asked("tasks.task.update")).isZero();
            assertThat(notes(portal)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"task, 2, 7, tasks.task.update", "item, 2, 3, crm.item.update", "item, 1036, 2, crm.item.update"})
    void lostAnswerIsRememberedEvenIfNobodySaysToLookFirst(String kind, String type, String place, String method) {
        try (Portal portal = items(type, "ticket.kind", kind, SUPPORT, place)) {
            String ticket = open(portal, "t", "17", null);
            portal.sandbox.faults().set(Kind.LOST_ANSWER, 1, method);
            Outcome first = handOn(portal, ticket, "e");
            portal.restart();
            Outcome second = handOn(portal, ticket, "e");

            assertThat(first).isInstanceOf(Outcome.Unclear.class);
            assertThat(second).isEqualTo(new Outcome.Done(ticket));
            assertThat(notes(portal)).isEqualTo(1);
            assertThat(portal.sandbox.asked(method)).isEqualTo(1);
        }
    }

    @Test
    void noteThatIsMissingIsWrittenWhereTheTicketHasMovedAlready() {
        try (Portal portal = items("2", SUPPORT, "3")) {
            String ticket = open(portal, "t", "17", null);
            portal.sandbox.faults().set(Map.of("INTERNAL_SERVER_ERROR", 1, "only", "crm.timeline.comment.add"));
            Outcome first = handOn(portal, ticket, "e");
            int before = notes(portal);
            Outcome second = handOn(portal, ticket, "e");

            assertThat(first).isInstanceOf(Outcome.Unclear.class);
            assertThat(before).isZero();
            assertThat(second).isEqualTo(new Outcome.Done(ticket));
            assertThat(notes(portal)).isEqualTo(1);
            assertThat(portal.sandbox.asked("crm.item.update")).isEqualTo(1);
        }
    }

    @Test
    void ticketThatCannotBeMovedGetsNoComment() {
        try (Portal portal = items("2", SUPPORT, "99")) {
            String ticket = open(portal, "t", "17", null);

            assertThat(handOn(portal, ticket, "e"))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains("CRM_FIELD_ERROR_VALUE_NOT_VALID"));
            assertThat(notes(portal)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"task, 2, 7", "item, 1036, 2"})
    void ticketThatWasRemovedIsRefusedInOneSentence(String kind, String type, String place) {
        try (Portal portal = items(type, "ticket.kind", kind, SUPPORT, place)) {
            String ticket = open(portal, "t", "17", null);
            if (kind.equals("task")) {
                portal.sandbox.removeTask(Integer.parseInt(ticket));
            } else {
                portal.sandbox.removeItem(1036, Integer.parseInt(ticket));
            }

            assertThat(handOn(portal, ticket, "e"))
                    .isEqualTo(new Outcome.Refused("The ticket was removed from Bitrix24"));
        }
    }

    @ParameterizedTest
    @CsvSource({"task, group", "item, funnel"})
    void unknownDepartmentSaysWhichSettingIsMissing(String kind, String place) {
        try (Portal portal = items("2", "ticket.kind", kind)) {
            String ticket = open(portal, "t", "17", null);

            assertThat(handOn(portal, ticket, "e"))
                    .isEqualTo(new Outcome.Refused("Bitrix24 has no department \"Support\": add"
                            + " ticket.departments.Support with the number of a " + place
                            + ", or ticket.departmentUsers.Support with the number of a user"));
        }
    }

    @Test
    void fiftyCommandsAreOneRequest() {
        try (Portal portal = items("2", SUPPORT, "3")) {
            List<Escalations.Step> steps = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                steps.add(step(open(portal, "t" + i, "17", null), "e" + i, "Support", "is angry"));
            }
            long before = portal.sandbox.requests();
            List<Outcome> outcomes = portal.role(Escalations.class).escalate(steps);

            assertThat(outcomes).hasSize(50).allMatch(Outcome.Done.class::isInstance);
            // Fifty looks, and fifty pairs of a change and a comment.
            assertThat(portal.sandbox.requests() - before).isEqualTo(3);
            assertThat(notes(portal)).isEqualTo(50);
        }
    }

    @Test
    void ticketThatGoesOnTwiceIsWhereItWentLast() {
        try (Portal portal = items("2", SUPPORT, "3", "ticket.departments.Sales", "0", "ticket.categoryId", "0")) {
            String ticket = open(portal, "t", "17", null);
            List<Outcome> outcomes = portal.role(Escalations.class)
                    .escalate(List.of(
                            step(ticket, "e1", "Support", "is angry"), step(ticket, "e2", "Sales", "wants to buy")));

            assertThat(outcomes).containsOnly(new Outcome.Done(ticket));
            assertThat(text(row(portal.sandbox.items(2), ticket), "CATEGORY_ID"))
                    .isEqualTo("0");
            assertThat(portal.sandbox.comments()).hasSize(2);
        }
    }

    @Test
    void noteIsNoReferenceIntoTheBatch() {
        try (Portal portal = items("2", SUPPORT, "3")) {
            String ticket = open(portal, "t", "17", null);
            portal.role(Escalations.class).escalate(List.of(step(ticket, "e", "Support", "$result[c0][item][title]")));

            assertThat(portal.sandbox.comments())
                    .singleElement()
                    .satisfies(comment ->
                            assertThat(text(comment, "COMMENT")).isEqualTo("Support: $result [c0][item][title]"));
        }
    }

    @ParameterizedTest
    @CsvSource({"task, ", "task, 19", "item, "})
    void ticketOfADepartmentBelongsToItsUserUnlessSomebodyIsNamed(String kind, @Nullable String user) {
        try (Portal portal = items("2", "ticket.kind", kind, SUPPORT_USER, "18")) {
            String ticket = open(portal, "t", user, "Support");
            Map<String, Object> row =
                    kind.equals("task") ? row(portal.sandbox.tasks(), ticket) : row(portal.sandbox.items(2), ticket);

            assertThat(text(row, kind.equals("task") ? "RESPONSIBLE_ID" : "ASSIGNED_BY_ID"))
                    .isEqualTo(user == null ? "18" : user);
        }
    }

    private static int notes(Portal portal) {
        String wanted = "Support: is angry";
        return (int) (portal.sandbox.comments().stream()
                        .filter(comment -> text(comment, "COMMENT").equals(wanted))
                        .count()
                + portal.sandbox.tasks().stream()
                        .flatMap(task -> text(task, "DESCRIPTION").lines())
                        .filter(wanted::equals)
                        .count());
    }
}
