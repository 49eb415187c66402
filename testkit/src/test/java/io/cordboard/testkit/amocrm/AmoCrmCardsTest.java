// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cards: lists, search, filters, strict bodies, changes, tasks, users. */
class AmoCrmCardsTest {
    private final AmoCrmSandbox account =
            AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withContacts(60).withLimits(false));
    private final Wire wire = new Wire(account.url(), account.token());

    @AfterEach
    void stop() {
        account.close();
    }

    private static Map<String, Object> phone(String text) {
        return Map.of("field_code", "PHONE", "values", List.of(Map.of("value", text, "enum_code", "WORK")));
    }

    @Test
    void pagesLinkToTheNextWheneverTheyAreFull() {
        Set<Object> seen = new TreeSet<>();
        String next = "/api/v4/contacts?limit=20&order[id]=desc";
        int pages = 0;
        Wire.Reply page = wire.get(next);
        while (page.status() == 200) {
            pages++;
            page.rows("contacts").forEach(row -> seen.add(row.get("id")));
            Map<String, Object> link =
                    Body.map(Body.map(page.body().get("_links")).get("next"));
            next = Objects.requireNonNull(link.get("href"))
                    .toString()
                    .replace(account.url().toString(), "");
            page = wire.get(next);
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(60);
        assertThat(page.status()).as("the page behind the last full one").isEqualTo(204);
        assertThat(page.text()).isEmpty();
    }

    @Test
    void whatDoesNotExistIsNoContent() {
        assertThat(wire.get("/api/v4/contacts/1").status()).isEqualTo(204);
        assertThat(wire.get("/api/v4/contacts?query=nobody is called so").status())
                .isEqualTo(204);
        assertThat(wire.get("/api/v4/webhooks").status()).isEqualTo(204);
        assertThat(wire.get("/api/v4/unheard").status()).isEqualTo(404);
    }

    @Test
    void queryFindsANumberOnlyAsItWasTypedUnlessItIsLoose() {
        int id = account.addContact("Anna", List.of("+7 (916) 000-11-22"), 504_141);

        assertThat(wire.get("/api/v4/contacts?query=9160001122").status()).isEqualTo(204);
        assertThat(wire.get("/api/v4/contacts?query=000-11-22").id("contacts")).isEqualTo(id);
        assertThat(wire.get("/api/v4/contacts?query=aNNa").id("contacts")).isEqualTo(id);
        account.faults().set(Map.of("looseQuery", true));
        assertThat(wire.get("/api/v4/contacts?query=9160001122").id("contacts")).isEqualTo(id);
    }

    @Test
    void unsupportedFiltersAreIgnoredWithoutAWord() {
        int id = account.addContact("Anna", List.of("+79160001122"), 504_141);

        assertThat(wire.get("/api/v4/contacts?filter[id][]=" + id).rows("contacts"))
                .hasSize(1);
        assertThat(wire.get("/api/v4/contacts?filter[updated_at][from]="
                                + (account.contacts().size() + 1_790_000_000L) + "&limit=250")
                        .rows("contacts"))
                .extracting(row -> row.get("id"))
                .containsExactly(id);
        account.faults().set(Map.of("filtersIgnored", true));
        assertThat(wire.get("/api/v4/contacts?limit=250&filter[id][]=" + id).rows("contacts"))
                .hasSize(61);
        assertThat(wire.get("/api/v4/account?with=is_api_filter_enabled").body())
                .containsEntry("is_api_filter_enabled", false);
    }

    @Test
    void contactIsAddedReadAndChanged() {
        Wire.Reply added = wire.post(
                "/api/v4/contacts",
                List.of(Map.of(
                        "name", "Anna", "custom_fields_values", List.of(phone("8 916 000-11-22")), "request_id", "a")));
        int id = added.id("contacts");
        assertThat(added.rows("contacts").get(0)).containsEntry("request_id", "a");

        Map<String, Object> card = wire.get("/api/v4/contacts/" + id).body();
        assertThat(card).containsEntry("name", "Anna").containsEntry("account_id", Account.ID);
        Map<String, Object> field = Body.maps(card.get("custom_fields_values")).get(0);
        assertThat(field).containsEntry("field_code", "PHONE").containsEntry("field_type", "multitext");
        assertThat(Body.maps(field.get("values")).get(0))
                .containsEntry("value", "8 916 000-11-22")
                .containsEntry("enum_code", "WORK")
                .containsKey("enum_id");

        wire.patch("/api/v4/contacts/" + id, Map.of("custom_fields_values", List.of(phone("+7999"))));
        assertThat(account.contacts())
                .filteredOn(row -> Objects.requireNonNull(row.get("id")).equals(id))
                .singleElement()
                .extracting(row -> row.get("phones"))
                .isEqualTo(List.of("+7999"));
    }

    @Test
    void bodiesAreStrict() {
        assertThat(wire.post("/api/v4/contacts", Map.of("name", "Anna")).status())
                .as("an object where an array must be")
                .isEqualTo(400);
        assertThat(wire.post("/api/v4/contacts", List.of(Map.of("name", "A"), Map.of("nick", "B")))
                        .wrong())
                .isEqualTo("400 1 FieldNotExpected nick");
        assertThat(account.contacts()).as("nothing of the request was done").hasSize(60);
        assertThat(wire.post("/api/v4/contacts", List.of(Map.of("responsible_user_id", 504_149)))
                        .wrong())
                .as("somebody who left")
                .isEqualTo("400 0 NotSupportedChoice responsible_user_id");
        assertThat(wire.send("POST", "/api/v4/contacts", "[{\"name\":null}]").wrong())
                .isEqualTo("400 0 NotNullable name");
        assertThat(wire.post(
                                "/api/v4/leads",
                                List.of(Map.of(
                                        "_embedded", Map.of("tags", List.of(Map.of("name", "x", "request_id", "0"))))))
                        .wrong())
                .isEqualTo("400 0 FieldNotExpected _embedded.tags.0.request_id");
        assertThat(wire.post("/api/v4/leads", List.of(Map.of("pipeline_id", 1))).wrong())
                .isEqualTo("400 0 NotSupportedChoice pipeline_id");
    }

    @Test
    void leadIsLinkedMovedAndClosed() {
        int anna = account.addContact("Anna", List.of("+79160001122"), 504_141);
        int lead = wire.post(
                        "/api/v4/leads",
                        List.of(Map.of(
                                "name",
                                "Fridge",
                                "_embedded",
                                Map.of("contacts", List.of(Map.of("id", anna, "is_main", true))))))
                .id("leads");

        Map<String, Object> contact =
                wire.get("/api/v4/contacts/" + anna + "?with=leads").body();
        assertThat(Body.maps(Body.map(contact.get("_embedded")).get("leads")))
                .extracting(row -> row.get("id"))
                .containsExactly(lead);
        wire.patch("/api/v4/leads", List.of(Map.of("id", lead, "pipeline_id", Pipelines.SUPPORT)));
        assertThat(wire.get("/api/v4/leads/" + lead).body())
                .containsEntry("pipeline_id", Pipelines.SUPPORT)
                .containsEntry("status_id", 60_100_203);
        wire.patch("/api/v4/leads/" + lead, Map.of("status_id", Pipelines.LOST));
        assertThat(wire.get("/api/v4/leads/" + lead).body().get("closed_at")).isNotNull();
    }

    @Test
    void complexLeadComesInABareArray() {
        Map<String, Object> contact = Map.of("name", "Anna", "custom_fields_values", List.of(phone("+79160001122")));
        List<Map<String, Object>> body = List.of(
                Map.of("name", "Fridge", "request_id", "pbx-42", "_embedded", Map.of("contacts", List.of(contact))));

        assertThat(wire.post("/api/v4/leads/complex", body).text())
                .startsWith("[{\"id\":")
                .contains("\"request_id\":[\"pbx-42\"]", "\"merged\":false");
        account.faults().set(Map.of("duplicateControl", true));
        assertThat(wire.post("/api/v4/leads/complex", body).text()).contains("\"merged\":true");
        assertThat(account.contacts()).hasSize(61);
    }

    @Test
    void taskIsOpenedFoundAndClosed() {
        int anna = account.addContact("Anna", List.of("+79160001122"), 504_141);
        int task = wire.post(
                        "/api/v4/tasks",
                        List.of(Map.of(
                                "text",
                                "Call back",
                                "complete_till",
                                1_893_456_000,
                                "entity_id",
                                anna,
                                "entity_type",
                                "contacts",
                                "responsible_user_id",
                                504_142)))
                .id("tasks");

        assertThat(wire.get("/api/v4/tasks?filter[is_completed]=0&filter[entity_id][]=" + anna)
                        .id("tasks"))
                .isEqualTo(task);
        wire.patch("/api/v4/tasks/" + task, Map.of("is_completed", true, "result", Map.of("text", "done")));
        assertThat(wire.get("/api/v4/tasks/" + task).body()).containsEntry("is_completed", true);
        assertThat(wire.post(
                                "/api/v4/tasks",
                                List.of(Map.of("text", "x", "complete_till", 1, "entity_type", "contact")))
                        .wrong())
                .isEqualTo("400 0 NotSupportedChoice entity_type");
    }

    @Test
    void usersPipelinesAndTheAccountAreThere() {
        assertThat(wire.get("/api/v4/users").body()).containsEntry("_total_items", 6);
        assertThat(wire.get("/api/v4/users").rows("users"))
                .filteredOn(user ->
                        Boolean.FALSE.equals(Body.map(user.get("rights")).get("is_active")))
                .hasSize(1);
        List<Map<String, Object>> pipelines =
                wire.get("/api/v4/leads/pipelines").rows("pipelines");
        assertThat(pipelines).hasSize(2);
        assertThat(Body.maps(Body.map(pipelines.get(0).get("_embedded")).get("statuses")))
                .extracting(status -> status.get("type"))
                .containsExactly(1, 0, 0, 0, 0);
        assertThat(wire.get("/api/v4/account?with=task_types").body())
                .containsEntry("is_unsorted_on", true)
                .containsKey("_embedded");
    }
}
