// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@WithChromium
class DeskRingingTest {
    private static final String ID = "hq:1795365484.94";

    @Test
    void aRingingCallAppearsWithNameCompanyNumberAndOwner(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(Scene.ringing(ID));
        Locator card = Desk.card(page, ID);
        assertThat(card.locator("h2")).hasText("Maria Kuznetsova");
        assertThat(card).containsText("Vector LLC");
        assertThat(card).containsText("+7 916 123-45-67");
        assertThat(card).containsText("Sales");
        assertThat(card.locator(".labels")).containsText("owner in the CRM");
        assertThat(card.locator(".timer")).hasText(Pattern.compile("0:1\\d"));
        assertThat(page).hasTitle("☎ Maria Kuznetsova is calling");
        assertThat(page.locator("#favicon")).hasAttribute("href", "favicon-ringing.svg");
        assertThat(page.locator("#say-now")).containsText("Incoming call: Maria Kuznetsova, Vector LLC");
        Locator link = card.locator("a.person-open");
        assertThat(link).hasAttribute("href", "https://portal.example/crm/contact/details/275/");
        assertThat(link).hasAttribute("rel", Pattern.compile("noopener"));
        assertThat(link).hasAttribute("target", "_blank");
    }

    @Test
    void aCallThatRingsAtSomebodyElseOpensNoCardButStandsInTheList(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(Scene.with(Scene.ringing(ID), "rang", List.of("102")));
        assertThat(Desk.row(page, ID)).containsText("Maria Kuznetsova");
        assertThat(Desk.row(page, ID)).containsText("Boris");
        assertThat(Desk.card(page, ID)).hasCount(0);
        assertThat(page).hasTitle("Cordboard · Agent desk");
    }

    @Test
    void everybodyWhoHasTheNumberIsShownInOrderWithTheReason(Desk desk) {
        Page page = desk.openAs("Anna");
        desk.server()
                .know(CrmScene.matched(
                        Scene.ringing(ID),
                        List.of(Scene.maria(), CrmScene.company(), CrmScene.lead("javascript:alert(1)"))));
        page.reload();
        Locator others = Desk.card(page, ID).locator(".matches li");
        assertThat(others).hasCount(2);
        assertThat(others.nth(0)).containsText("Vector LLC");
        assertThat(others.nth(0)).containsText("A company comes before a lead.");
        assertThat(others.nth(0).locator("a")).hasAttribute("href", "https://portal.example/crm/company/details/9/");
        assertThat(others.nth(1)).containsText("Enquiry from the website");
        // Only pages of the web are linked, whatever a CRM says.
        assertThat(others.nth(1).locator("a")).hasCount(0);
        assertThat(Desk.card(page, ID)).containsText("Shown first. A contact comes before a company.");
    }

    @Test
    void anUnknownCallerIsShownAsSuchAndGetsANameWhenTheCrmFindsOne(Desk desk) {
        Page page = desk.live("Anna");
        Map<String, Object> unknown = Scene.inbound(ID, Scene.MARIA, "RINGING");
        desk.server().tell(unknown);
        Locator card = Desk.card(page, ID);
        assertThat(card.locator("h2")).hasText("+7 916 123-45-67");
        assertThat(card).containsText("Unknown caller");
        desk.server().tell(Scene.ringing(ID));
        assertThat(card.locator("h2")).hasText("Maria Kuznetsova");
        assertThat(card).not().containsText("Unknown caller");
        assertThat(page.locator("#say-now")).containsText("Maria Kuznetsova");
    }

    @Test
    void aHiddenNumberIsCalledHidden(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(Scene.inbound(ID, null, "RINGING"));
        assertThat(Desk.card(page, ID).locator("h2")).hasText("Hidden number");
    }

    @Test
    void earlierCallsOfTheNumberAreShownWithTheirNotes(Desk desk) {
        desk.server()
                .know(Scene.with(
                        Scene.ended(Scene.answered(Scene.ringing("hq:1"), "102", 4000)),
                        "notes",
                        List.of(Scene.map(
                                "at",
                                Scene.ago(3000).toString(),
                                "agent",
                                "Boris",
                                "text",
                                "Asked for an invoice",
                                "disposition",
                                "Call back"))));
        desk.server()
                .know(Scene.with(
                        Scene.ended(Scene.answered(Scene.ringing("hq:2"), "102", 5000)), "customer", "+79990000000"));
        Page page = desk.live("Anna");
        desk.server().tell(Scene.ringing(ID));
        Locator history = Desk.card(page, ID).locator(".history li");
        assertThat(history).hasCount(1);
        assertThat(history).containsText("Boris");
        assertThat(history).containsText("Call back: Asked for an invoice");
    }

    @Test
    void aNameWithMarkupStaysText(Desk desk) {
        String name = "<img src=x onerror=\"document.title='owned'\"><b>Eve</b>";
        Page page = desk.live("Anna");
        Map<String, Object> eve = Scene.with(Scene.maria(), "name", name, "company", name, "because", name);
        desk.server()
                .tell(Scene.with(
                        Scene.ringing(ID),
                        "contact",
                        eve,
                        "queue",
                        name,
                        "matchList",
                        List.of(eve, Scene.with(eve, "id", "2"))));
        assertThat(Desk.card(page, ID).locator("h2")).hasText(name);
        assertThat(Desk.row(page, ID)).containsText(name);
        assertThat(page.locator("#desk img, #desk b, #toasts img")).hasCount(0);
        assertThat(page).hasTitle("☎ " + name + " is calling");
    }

    @Test
    void whoHasNotChosenANameIsAskedAndThenSeesOnlyOwnCalls(Desk desk) {
        Page page = desk.open();
        assertThat(page.locator(".chooser")).containsText("Who takes calls here?");
        page.locator(".chooser .chip", new Page.LocatorOptions().setHasText("Boris"))
                .click();
        assertThat(page.locator("#me")).hasValue("Boris");
        page.reload();
        assertThat(page.locator("#me")).hasValue("Boris");
        assertThat(page.locator("#line")).containsText("Live");
        desk.server().tell(Scene.ringing(ID));
        assertThat(page.locator("[data-filter=all]")).isVisible();
        page.locator("[data-filter=all]").click();
        assertThat(Desk.row(page, ID)).isVisible();
        assertThat(Desk.card(page, ID)).hasCount(0);
    }
}
