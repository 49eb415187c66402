// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contacts, leads, requests, tasks and users of the portal. */
class Bitrix24CrmTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T09:00:00Z"));
    private final Bitrix24Sandbox portal = Bitrix24Sandbox.start(
            SandboxOptions.DEFAULTS.withClock(clock).withContacts(200).withLimits(false));
    private final Wire wire = new Wire(portal.webhookUrl());

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void sameSeedGivesTheSamePeopleInManySpellings() {
        try (Bitrix24Sandbox twin = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withContacts(200))) {
            assertThat(twin.items(Portal.CONTACT)).isEqualTo(portal.items(Portal.CONTACT));
        }
        String phones = portal.items(Portal.CONTACT).toString();
        assertThat(phones).contains("+7 (9", "8 9", "доб. 12", ", +7 495");
        assertThat(portal.items(Portal.COMPANY)).hasSize(20);
        assertThat(portal.items(Portal.LEAD)).hasSize(20);
    }

    @Test
    void listHasPagesOfFiftyAndPhonesOnlyWhenAsked() {
        Wire.Reply first = wire.json("crm.contact.list", Map.of("select", List.of("ID", "NAME")));
        Wire.Reply last = wire.json("crm.contact.list", Map.of("start", 150));

        assertThat(first.rows()).hasSize(50).allMatch(row -> row.keySet().equals(Set.of("ID", "NAME")));
        assertThat(first.body()).containsEntry("total", 200).containsEntry("next", 50);
        assertThat(last.rows()).hasSize(50);
        assertThat(last.body()).containsEntry("total", 200).doesNotContainKey("next");
        assertThat(wire.json("crm.contact.list", Map.of("select", List.of("PHONE")))
                        .rows()
                        .get(0)
                        .get("PHONE"))
                .asString()
                .contains("VALUE_TYPE=MOBILE", "TYPE_ID=PHONE");
    }

    @Test
    void fastListReadsEverybodyOnceWithoutCounting() {
        Set<String> seen = new HashSet<>();
        String last = "0";
        List<Map<String, Object>> rows;
        do {
            Wire.Reply reply = wire.form(
                    "crm.contact.list",
                    Map.of("order[ID]", "ASC", "filter[>ID]", last, "start", -1, "select", List.of("ID")));
            rows = reply.rows();
            assertThat(reply.body()).containsEntry("total", 0).doesNotContainKey("next");
            for (Map<String, Object> row : rows) {
                last = String.valueOf(row.get("ID"));
                assertThat(seen.add(last)).isTrue();
            }
        } while (rows.size() == 50);

        assertThat(seen).hasSize(200);
    }

    @Test
    void changesAreListedByTheirTime() {
        clock.advance(Duration.ofDays(1));
        String since = "2026-11-21T00:00:00+03:00";
        wire.json("crm.contact.update", Map.of("id", 5, "fields", Map.of("NAME", "Пётр")));

        assertThat(wire.json("crm.contact.list", Map.of("filter", Map.of(">=DATE_MODIFY", since)))
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("ID", "5")
                        .containsEntry("NAME", "Пётр")
                        .containsEntry("DATE_MODIFY", "2026-11-21T12:00:00+03:00"));
        assertThat(wire.json("crm.contact.update", Map.of("id", 5, "fields", Map.of()))
                        .error())
                .isEqualTo("400 : No fields to update.");
        assertThat(wire.json("crm.contact.get", Map.of("id", 4000)).error()).isEqualTo("400 : Not found");
    }

    @Test
    void phoneFilterAndDuplicatesWantTheExactText() {
        int id = portal.addContact("Анна Иванова", List.of("+7 (916) 000-00-01"), 17);

        assertThat(wire.json("crm.contact.list", Map.of("filter", Map.of("PHONE", "+79160000001")))
                        .rows())
                .isEmpty();
        assertThat(wire.json("crm.contact.list", Map.of("filter", Map.of("PHONE", "+7 (916) 000-00-01")))
                        .rows())
                .hasSize(1);
        assertThat(duplicates("+79160000001").result()).isEqualTo(List.of());
        assertThat(duplicates("+7 (916) 000-00-01").result()).isEqualTo(Map.of("CONTACT", List.of(id)));
        assertThat(wire.json("crm.duplicate.findbycomm", Map.of()).error())
                .isEqualTo("400 : Communication type is not defined.");
    }

    private Wire.Reply duplicates(String number) {
        return wire.json("crm.duplicate.findbycomm", Map.of("type", "PHONE", "values", List.of(number)));
    }

    @Test
    void searchUnderstandsSpellingsAndNamesTheResponsible() {
        int id = portal.addContact("Анна Иванова", List.of("8 916 000-00-01 доб. 5"), 17);
        List<Map<String, Object>> rows = wire.json(
                        "telephony.externalCall.searchCrmEntities", Map.of("PHONE_NUMBER", "+79160000001"))
                .rows();

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row)
                    .containsEntry("CRM_ENTITY_TYPE", "CONTACT")
                    .containsEntry("CRM_ENTITY_ID", id)
                    .containsEntry("ASSIGNED_BY_ID", 17)
                    .containsEntry("NAME", "Анна Иванова");
            assertThat(row.get("ASSIGNED_BY"))
                    .asString()
                    .contains("ID=17", "TIMEMAN_STATUS=OPENED", "USER_PHONE_INNER=101");
        });
    }

    @Test
    void requestsAreItemsWithTypedFieldsAndStages() {
        Map<String, Object> fields =
                Map.of("title", "Сломалось", "assignedById", "18", "contactId", 3, "originId", "hq:1");
        Map<String, Object> added =
                Wire.Reply.asMap(wire.json("crm.item.add", Map.of("entityTypeId", 1036, "fields", fields))
                        .map()
                        .getOrDefault("item", Map.of()));

        assertThat(added)
                .containsEntry("id", 1)
                .containsEntry("title", "Сломалось")
                .containsEntry("assignedById", 18)
                .containsEntry("contactId", 3)
                .containsEntry("originId", "hq:1")
                .containsEntry("stageId", "DT1036_1:NEW");
        assertThat(wire.json("crm.item.list", Map.of("entityTypeId", 1036, "filter", Map.of("=originId", "hq:1")))
                        .result())
                .asString()
                .contains("Сломалось");
        assertThat(wire.json("crm.item.list", Map.of("entityTypeId", 99)).error())
                .startsWith("400 NOT_FOUND");
    }

    @Test
    void leadOfTheNewMethodsIsALeadOfTheOldOnes() {
        Map<String, Object> phone = Map.of("typeId", "PHONE", "valueType", "WORK", "value", "+79160000002");
        wire.json(
                "crm.item.add",
                Map.of(
                        "entityTypeId",
                        1,
                        "fields",
                        Map.of("title", "Звонок", "stageId", "IN_PROCESS", "fm", List.of(phone))));
        String id = String.valueOf(portal.items(Portal.LEAD).get(20).get("ID"));

        assertThat(wire.json("crm.lead.get", Map.of("id", id)).map())
                .containsEntry("TITLE", "Звонок")
                .containsEntry("STATUS_ID", "IN_PROCESS")
                .containsEntry("HAS_PHONE", "Y");
        assertThat(duplicates("+79160000002").result()).isEqualTo(Map.of("LEAD", List.of(21)));
    }

    @Test
    void activityNeedsAnOwnerAndATaskAResponsible() {
        Map<String, Object> call = Map.of(
                "OWNER_TYPE_ID",
                3,
                "OWNER_ID",
                5,
                "TYPE_ID",
                2,
                "SUBJECT",
                "Call",
                "COMMUNICATIONS",
                List.of(Map.of("VALUE", "+79160000001")),
                "ORIGIN_ID",
                "hq:1");

        assertThat(wire.json("crm.activity.add", Map.of("fields", call)).result())
                .isEqualTo(1);
        assertThat(wire.json("crm.activity.list", Map.of("filter", Map.of("ORIGIN_ID", "hq:1")))
                        .rows())
                .hasSize(1);
        assertThat(wire.json("crm.activity.add", Map.of("fields", Map.of("TYPE_ID", 2)))
                        .status())
                .isEqualTo(400);
        assertThat(wire.json("tasks.task.add", Map.of("fields", Map.of("TITLE", "x", "RESPONSIBLE_ID", 22)))
                        .error())
                .startsWith("400 ERROR_CORE: ")
                .endsWith("<br>");
        assertThat(wire.json("tasks.task.add", Map.of("fields", Map.of("TITLE", "x", "RESPONSIBLE_ID", 17)))
                        .result())
                .asString()
                .contains("id=1", "responsibleId=17", "status=2");
    }

    @Test
    void timelineCommentWantsLowerCaseFieldsAndAnOwner() {
        Map<String, Object> comment = Map.of("ENTITY_TYPE", "contact", "ENTITY_ID", 5, "COMMENT", "Перезвонить");

        assertThat(wire.json("crm.timeline.comment.add", Map.of("FIELDS", comment))
                        .error())
                .startsWith("400 100: ");
        assertThat(wire.json("crm.timeline.comment.add", Map.of("fields", comment))
                        .result())
                .isEqualTo(1);
        assertThat(portal.comments()).hasSize(1);
    }

    @Test
    void usersComeWithEmptyObjectsForDatesAndMissingFields() {
        List<Map<String, Object>> users =
                wire.json("user.get", Map.of("FILTER", Map.of("ACTIVE", true))).rows();

        assertThat(users)
                .hasSize(6)
                .allMatch(user -> Map.of().equals(user.get("TIMESTAMP_X")))
                .anyMatch(user -> "101".equals(user.get("UF_PHONE_INNER")))
                .anyMatch(user -> !user.containsKey("UF_PHONE_INNER"));
        assertThat(wire.get("user.get", Map.of("UF_PHONE_INNER", "102")).rows())
                .singleElement()
                .satisfies(user -> assertThat(user).containsEntry("ID", "18"));
        portal.faults().set(Map.of("missingName", true));
        assertThat(wire.json("user.get", Map.of()).rows()).noneMatch(user -> user.containsKey("NAME"));
        portal.faults().set(Map.of("emptyUsers", true));
        assertThat(wire.json("user.get", Map.of()).rows()).isEmpty();
    }
}
