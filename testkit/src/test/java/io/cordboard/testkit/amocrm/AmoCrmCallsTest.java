// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls: on the card that the account finds, on a chosen card, as incoming leads; and the card that pops up. */
class AmoCrmCallsTest {
    private final AmoCrmSandbox account = AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withLimits(false));
    private final Wire wire = new Wire(account.url(), account.token());

    @AfterEach
    void stop() {
        account.close();
    }

    private static Map<String, Object> call(String phone, String uniq) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("direction", "inbound");
        call.put("duration", 5);
        call.put("source", "test");
        call.put("phone", phone);
        call.put("uniq", uniq);
        return call;
    }

    private Map<String, Object> logged(String phone) {
        return wire.post("/api/v4/calls", List.of(call(phone, "u")))
                .rows("calls")
                .get(0);
    }

    @Test
    void callGoesToTheCardWithTheSameLastTenDigits() {
        int anna = account.addContact("Anna", List.of("8 (916) 000-11-22"), 504_141);
        assertThat(logged("+79160001122"))
                .containsEntry("entity_id", anna)
                .containsEntry("entity_type", "contact")
                .containsEntry("request_id", "0");

        int lead = account.addLead("Fridge", anna, 504_141);
        assertThat(logged("+79160001122")).containsEntry("entity_id", lead).containsEntry("entity_type", "lead");
        account.addLead("Second", anna, 504_141);
        assertThat(logged("+79160001122")).as("two active leads").containsEntry("entity_id", anna);
        account.closeLead(lead, true);
        assertThat(logged("+79160001122")).as("one is closed").containsEntry("entity_type", "lead");
        account.addCompany("Works", List.of("+79990001122"), 504_141);
        assertThat(logged("89990001122")).containsEntry("entity_type", "company");
    }

    @Test
    void callOfNobodyIsRefusedAndNotKept() {
        Wire.Reply refused = wire.post("/api/v4/calls", List.of(call("+79990001122", "u")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).containsEntry("_total_items", 0).doesNotContainKey("validation-errors");
        assertThat(Body.maps(refused.body().get("errors")).get(0)).containsEntry("title", "Entity not found");
        assertThat(account.notes()).isEmpty();
    }

    @Test
    void mixedCallsAreKeptAsFarAsTheyCanBe() {
        account.addContact("Anna", List.of("+79160001122"), 504_141);
        List<Map<String, Object>> both = List.of(call("+79990001122", "a"), call("+79160001122", "b"));
        Wire.Reply mixed = wire.post("/api/v4/calls", both);

        assertThat(mixed.status()).isEqualTo(200);
        assertThat(mixed.rows("calls")).extracting(row -> row.get("request_id")).containsExactly("1");
        assertThat(Body.maps(mixed.body().get("errors")))
                .extracting(row -> row.get("request_id"))
                .containsExactly("0");
        account.faults().set(Map.of("mixedBatch400", true, "bareCallErrors", true));
        Wire.Reply harder = wire.post("/api/v4/calls", both);
        assertThat(harder.status()).isEqualTo(400);
        assertThat(harder.rows("calls")).hasSize(1);
        assertThat(account.notes()).as("the same uniq twice").hasSize(2);
    }

    @Test
    void callBodiesAreStrict() {
        Map<String, Object> wrong = call("+79160001122", "u");
        wrong.put("call_status", 9);
        assertThat(wire.post("/api/v4/calls", List.of(wrong)).wrong())
                .isEqualTo("400 0 NotSupportedChoice call_status");
        wrong.remove("call_status");
        wrong.put("direction", "sideways");
        assertThat(wire.post("/api/v4/calls", List.of(wrong)).wrong()).isEqualTo("400 0 NotSupportedChoice direction");
    }

    @Test
    void callNoteOnAChosenCardIsFoundAgainAndCorrected() {
        int anna = account.addContact("Anna", List.of("+79160001122"), 504_141);
        Map<String, Object> params = new LinkedHashMap<>(call("+79160001122", "u1"));
        params.remove("direction");
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("entity_id", anna);
        note.put("note_type", "call_in");
        note.put("params", params);
        note.put("created_by", 504_141);
        note.put("responsible_user_id", 504_141);
        int id = wire.post("/api/v4/contacts/notes", List.of(note)).id("notes");

        wire.patch("/api/v4/contacts/notes/" + id, Map.of("params", Map.of("link", "https://example.test/1.mp3")));
        Map<String, Object> read = wire.get("/api/v4/contacts/" + anna + "/notes?filter[note_type][]=call_in")
                .rows("notes")
                .get(0);
        assertThat(Body.map(read.get("params")))
                .containsEntry("uniq", "u1")
                .containsEntry("link", "https://example.test/1.mp3");
        assertThat(read).containsEntry("created_by", 504_141).containsEntry("entity_id", anna);

        params.put("link", null);
        assertThat(wire.post("/api/v4/contacts/notes", List.of(note)).wrong())
                .isEqualTo("400 0 NotNullable params.link");
        Map<String, Object> event = wire.get("/api/v4/events?filter[type][]=incoming_call")
                .rows("events")
                .get(0);
        assertThat(event).containsEntry("entity_type", "contact").containsEntry("entity_id", anna);
        assertThat(Objects.requireNonNull(event.get("value_after")).toString()).contains(Integer.toString(id));
        assertThat(wire.get("/api/v4/events?filter[entity_id][]=" + anna).status())
                .as("an id without its entity")
                .isEqualTo(400);
    }

    @Test
    void incomingLeadIsHiddenUntilSomebodyAcceptsIt() {
        Wire.Reply added = wire.post("/api/v4/leads/unsorted/sip", List.of(incoming("u1", false)));
        Map<String, Object> one = added.rows("unsorted").get(0);
        String uid = Objects.requireNonNull(one.get("uid")).toString();
        assertThat(uid).hasSize(37);
        int lead = number(Body.maps(Body.map(one.get("_embedded")).get("leads")).get(0));
        int contact =
                number(Body.maps(Body.map(one.get("_embedded")).get("contacts")).get(0));

        assertThat(wire.get("/api/v4/contacts?query=9990001122").status()).isEqualTo(204);
        assertThat(wire.post("/api/v4/calls", List.of(call("+79990001122", "x")))
                        .status())
                .isEqualTo(400);
        assertThat(account.notes()).isEmpty();
        assertThat(wire.get("/api/v4/leads/unsorted?filter[category][]=sip").rows("unsorted"))
                .hasSize(1);

        wire.post("/api/v4/leads/unsorted/" + uid + "/accept", Map.of("user_id", 504_142));
        assertThat(wire.get("/api/v4/contacts?query=9990001122").rows("contacts"))
                .extracting(row -> row.get("id"))
                .containsExactly(contact);
        assertThat(logged("+79990001122")).containsEntry("entity_id", lead);
        assertThat(wire.get("/api/v4/leads/unsorted").status()).isEqualTo(204);
        assertThat(wire.get("/api/v4/leads/unsorted/summary").body()).containsEntry("accepted", 1);
    }

    @Test
    void incomingLeadWritesItsCallWhenToldAndVanishesWhenDeclined() {
        String uid = String.valueOf(wire.post("/api/v4/leads/unsorted/sip", List.of(incoming("u1", true)))
                .rows("unsorted")
                .get(0)
                .get("uid"));
        assertThat(account.notes())
                .singleElement()
                .satisfies(note ->
                        assertThat(note).containsEntry("note_type", "call_in").containsEntry("entity_type", "leads"));
        int before = account.contacts().size();

        assertThat(wire.delete("/api/v4/leads/unsorted/" + uid + "/decline", Map.of("user_id", 504_141))
                        .status())
                .isEqualTo(200);
        assertThat(account.contacts()).hasSize(before - 1);
        account.faults().set(Map.of("unsortedOnce", true, "sipLinkRequired", true));
        Map<String, Object> again = incoming("u1", true);
        assertThat(wire.post("/api/v4/leads/unsorted/sip", List.of(again)).wrong())
                .isEqualTo("400 0 FieldMissing metadata.link");
        account.faults().set(Map.of("sipLinkRequired", false));
        assertThat(wire.post("/api/v4/leads/unsorted/sip", List.of(again)).wrong())
                .isEqualTo("400 0 NotUnique metadata.uniq");
    }

    private static Map<String, Object> incoming(String uniq, boolean noted) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("phone", "+79990001122");
        metadata.put("called_at", 1_795_000_000);
        metadata.put("duration", 12);
        metadata.put("uniq", uniq);
        metadata.put("is_call_event_needed", noted);
        Map<String, Object> contact = Map.of(
                "name",
                "Unknown",
                "custom_fields_values",
                List.of(Map.of("field_code", "PHONE", "values", List.of(Map.of("value", "+79990001122")))));
        return Map.of(
                "source_uid",
                "pbx",
                "source_name",
                "PBX",
                "metadata",
                metadata,
                "_embedded",
                Map.of("contacts", List.of(contact), "leads", List.of(Map.of("name", "A call"))));
    }

    @Test
    void cardPopsUpForThoseWhoseNumbersAreNamed() {
        int anna = account.addContact("Anna", List.of("+79160001122"), 504_141);
        Map<String, Object> event =
                Map.of("type", "phone_call", "phone_number", "8 916 000 11 22", "users", List.of(504_141, 504_142));
        Map<String, Object> item = wire.post("/api/v2/events/", Map.of("add", List.of(event)))
                .rows("items")
                .get(0);

        assertThat(item).containsEntry("element_id", anna).containsEntry("element_type", 1);
        assertThat(account.popUps().get(0)).containsEntry("users", new ArrayList<>(List.of(504_141, 504_142)));
        Map<String, Object> nobody = Map.of("type", "phone_call", "phone_number", "+79990001122", "users", 504_141);
        assertThat(wire.post("/api/v2/events/", Map.of("add", List.of(nobody)))
                        .rows("items")
                        .get(0))
                .containsEntry("element_id", null);
    }

    private static int number(Map<String, Object> row) {
        return Integer.parseInt(String.valueOf(row.get("id")));
    }
}
