// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@WithChromium
class DeskCallTest {
    private static final String ID = "hq:1795365484.94";
    private static final String NOTE = "Said: \"call me\" & <b>soon</b>;\nsecond line, ёж 🦔";

    private static Map<String, Object> talking() {
        return Scene.answered(Scene.ringing(ID), "101", 61);
    }

    @Test
    void aCallGoesThroughRingingConversationHoldTransferAndEnd(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(Scene.ringing(ID));
        Locator card = Desk.card(page, ID);
        assertThat(card.locator(".card-state")).hasText("Ringing");
        desk.server().tell(talking());
        assertThat(card.locator(".card-state")).hasText("In conversation");
        assertThat(card.locator(".card-head .timer")).hasText(Pattern.compile("1:0\\d"));
        assertThat(card.locator(".cord")).containsText("Anna (you)");
        assertThat(page).hasTitle("Cordboard · Agent desk");
        assertThat(page.locator("#favicon")).hasAttribute("href", "favicon.svg");
        desk.server().tell(Scene.with(talking(), "state", "HELD"));
        assertThat(card.locator(".card-state")).hasText("On hold");
        desk.server().tell(talking());
        assertThat(card.locator(".card-state")).hasText("In conversation");
        desk.server().tell(Scene.ended(talking()));
        assertThat(card.locator(".card-state")).hasText("After the call");
        assertThat(card).containsText("Answered · 3:00");
        card.locator(".done").click();
        assertThat(card).hasCount(0);
        assertThat(Desk.row(page, ID)).containsText("3:00");
    }

    @Test
    void aCallThatIsHandedToAColleagueIsTheColleaguesCall(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        assertThat(Desk.card(page, ID)).isVisible();
        desk.server()
                .tell(Scene.with(
                        talking(),
                        "answeredBy",
                        List.of("101", "102"),
                        "agent",
                        "102",
                        "transfers",
                        List.of(Scene.map("kind", "BLIND", "from", "101", "to", "102", "answered", true))));
        assertThat(Desk.card(page, ID)).hasCount(0);
        assertThat(Desk.row(page, ID)).containsText("Boris");
    }

    @Test
    void aTransferThatRingsHereSaysWhoHandsOver(Desk desk) {
        Page page = desk.live("Anna");
        desk.server()
                .tell(Scene.with(
                        Scene.answered(Scene.ringing(ID), "102", 61),
                        "rang",
                        List.of("102", "101"),
                        "legs",
                        List.of(
                                Scene.map(
                                        "id",
                                        "a",
                                        "party",
                                        "AGENT",
                                        "extension",
                                        "102",
                                        "ringingAt",
                                        Scene.ago(70).toString(),
                                        "answeredAt",
                                        Scene.ago(61).toString(),
                                        "endedAt",
                                        Scene.ago(3).toString()),
                                Scene.map(
                                        "id",
                                        "b",
                                        "party",
                                        "AGENT",
                                        "extension",
                                        "101",
                                        "ringingAt",
                                        Scene.ago(3).toString())),
                        "transfers",
                        List.of(Scene.map("kind", "BLIND", "from", "102", "to", "101", "answered", false))));
        assertThat(Desk.card(page, ID).locator(".card-state")).hasText("Transferred to you by Boris");
    }

    @Test
    void buttonsAreThereExactlyWhenThePbxCan(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        Locator card = Desk.card(page, ID);
        assertThat(card.locator(".cord")).isVisible();
        assertThat(card.getByText("Hang up")).hasCount(0);
        assertThat(card.getByText("Transfer")).hasCount(0);
        desk.server().tell(Scene.with(talking(), "can", List.of("hangup", "transfer")));
        card.getByText("Transfer").click();
        page.locator("#transfer-to").fill("boris");
        page.keyboard().press("Enter");
        await().until(() ->
                desk.server().postedTo("/api/calls/" + ID + "/transfer").size() == 1);
        assertThat(desk.server().postedTo("/api/calls/" + ID + "/transfer")).containsExactly(Map.of("to", "102"));
        card.getByText("Hang up").click();
        await().until(() ->
                desk.server().postedTo("/api/calls/" + ID + "/hangup").size() == 1);
    }

    @Test
    void whatThePbxCanDoIsKnownFromItsAccountAsWell(Desk desk) {
        desk.server()
                .answer(
                        "/api/status",
                        Map.of(
                                "accounts",
                                List.of(Scene.map(
                                        "id",
                                        "hq",
                                        "vendor",
                                        "asterisk",
                                        "kind",
                                        "pbx",
                                        "can",
                                        List.of("dial", "hangup", "transfer")))));
        Page page = desk.live("Anna");
        assertThat(page.locator("#dial")).isVisible();
        desk.server().tell(Scene.ringing(ID));
        assertThat(Desk.card(page, ID).getByText("Hang up")).isVisible();
        assertThat(Desk.card(page, ID).getByText("Transfer")).hasCount(0);
        desk.server().tell(talking());
        assertThat(Desk.card(page, ID).getByText("Transfer")).isVisible();
    }

    @Test
    void theNoteArrivesExactlyAsTypedWithItsOutcome(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        page.locator("[data-focus=note]").fill(NOTE);
        desk.server().tell(Scene.ended(talking()));
        assertThat(Desk.card(page, ID).locator(".card-state")).hasText("After the call");
        assertThat(page.locator("[data-focus=note]")).hasValue(NOTE);
        page.getByText("Complaint").click();
        page.getByText("Save note").click();
        assertThat(page.locator("#toasts")).containsText("Note saved");
        assertThat(desk.server().postedTo("/api/calls/" + ID + "/note"))
                .containsExactly(Map.of("text", NOTE, "disposition", "Complaint", "agent", "Anna"));
    }

    @Test
    void theTicketArrivesExactlyAsTyped(Desk desk) {
        desk.server().answer("/api/status", Map.of("departments", List.of("Delivery", "Accounts")));
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        desk.server().tell(Scene.ended(talking()));
        page.locator("[data-focus=ticket]").click();
        assertThat(page.getByLabel("Title")).hasValue("Call with Maria Kuznetsova");
        page.getByLabel("Title").fill("Resend invoice <1042>");
        page.getByLabel("What is to be done").fill(NOTE);
        page.getByText("High", new Page.GetByTextOptions().setExact(true)).click();
        page.getByLabel("Department").selectOption("Accounts");
        page.getByLabel("Due").fill("2026-12-01T18:00");
        page.locator(".ticket-form button[type=submit]").click();
        assertThat(page.locator("#toasts")).containsText("Ticket saved");
        String due = LocalDateTime.parse("2026-12-01T18:00")
                .atZone(Scene.ZONE)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX")
                        .withZone(ZoneOffset.UTC));
        assertThat(desk.server().postedTo("/api/calls/" + ID + "/ticket"))
                .containsExactly(Map.of(
                        "title",
                        "Resend invoice <1042>",
                        "text",
                        NOTE,
                        "priority",
                        "HIGH",
                        "department",
                        "Accounts",
                        "due",
                        due,
                        "agent",
                        "Anna"));
    }

    @Test
    void whatWasTypedSurvivesARefusalAndAReload(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        desk.server().tell(Scene.ended(talking()));
        page.locator("[data-focus=note]").fill(NOTE);
        desk.server().refuse("/api/calls/" + ID + "/note", 503);
        page.getByText("Save note").click();
        assertThat(page.locator(".toast-bad")).containsText("The CRM does not like it.");
        assertThat(page.locator(".toast-bad")).containsText("Ask again later.");
        page.reload();
        assertThat(page.locator("[data-focus=note]")).hasValue(NOTE);
        desk.server().refuse("/api/calls/" + ID + "/note", 0);
        page.getByText("Save note").click();
        assertThat(page.locator("#toasts")).containsText("Note saved");
        assertThat(desk.server().postedTo("/api/calls/" + ID + "/note")).hasSize(1);
    }

    @Test
    void aRingingCallDoesNotDisturbWhoIsTyping(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        desk.server().tell(Scene.ended(talking()));
        page.locator("[data-focus=note]").pressSequentially("half a ");
        desk.server().tell(Scene.with(Scene.ringing("hq:2"), "customer", "+78121112233"));
        assertThat(Desk.card(page, "hq:2")).isVisible();
        page.keyboard().type("sentence");
        assertThat(page.locator("[data-focus=note]")).hasValue("half a sentence");
        assertThat(page.locator(".call-card").first()).hasAttribute("data-call", "hq:2");
    }

    @Test
    void everyWriteToTheCrmIsShownWithItsStateAndTriedAgainFromHere(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        desk.server()
                .tell(CrmScene.written(
                        Scene.ended(talking()),
                        List.of(
                                CrmScene.record(),
                                CrmScene.write("AttachRecording", "PENDING"),
                                CrmScene.write("AddNote", "PARKED", "id", 17, "reason", "No permission."))));
        Locator writes = Desk.card(page, ID).locator(".write");
        assertThat(writes).hasCount(3);
        assertThat(writes.nth(0)).containsText("done");
        assertThat(writes.nth(0).locator("a")).hasAttribute("href", "https://portal.example/crm/activity/77/");
        assertThat(writes.nth(1)).containsText("on its way");
        assertThat(writes.nth(2)).containsText("No permission.");
        writes.nth(2).locator("button").click();
        await().until(() -> desk.server().postedTo("/api/deliveries/17/retry").size() == 1);
    }

    @Test
    void whatWasWrittenIsShownWithTheCallAndWhenTheCustomerCallsAgain(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(talking());
        assertThat(Desk.card(page, ID)).containsText("First call from this number.");
        desk.server().tell(CrmScene.noted(Scene.ended(talking()), "Anna", "Sale", "Two lamps"));
        assertThat(Desk.card(page, ID).locator(".notes")).containsText("Sale: Two lamps");
        desk.server().tell(Scene.ringing("hq:again"));
        assertThat(Desk.card(page, "hq:again").locator(".past-note")).hasText("Sale: Two lamps");
    }
}
