// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ticket goes on to a department. */
@WithChromium
class DeskHandOnTest {
    private static final String ID = "hq:1795365484.94";
    private static final String ESCALATE = "/api/calls/" + ID + "/escalate";
    private static final Map<String, Object> TICKET = CrmScene.write("OpenTicket", "DONE", "ref", "504");
    private static final Map<String, Object> WANTED =
            Map.of("department", "Support", "note", "The lamp is <b>broken</b>", "agent", "Anna");

    @BeforeEach
    void aCrmWithDepartments(Desk desk) {
        desk.server().answer("/api/status", CrmScene.departments("Sales", "Support"));
    }

    private static Map<String, Object> call() {
        return Scene.ended(Scene.answered(Scene.ringing(ID), "101", 61));
    }

    private static Map<String, Object> handedOn(String state, String... reason) {
        Map<String, Object> write = CrmScene.write("Escalate", state, "department", "Support");
        write.putAll(Scene.map((Object[]) reason));
        return CrmScene.written(call(), List.of(CrmScene.record(), TICKET, write));
    }

    /** A conversation that ends, with these writes. */
    private static void talk(Desk desk, List<Map<String, Object>> writes) {
        desk.server().tell(Scene.answered(Scene.ringing(ID), "101", 61));
        desk.server().tell(CrmScene.written(call(), writes));
    }

    private static void fill(Page page) {
        page.locator("[data-focus=handon]").click();
        page.getByLabel("Department").selectOption("Support");
        page.getByLabel("What they should know there").fill("The lamp is <b>broken</b>");
    }

    @Test
    void aTicketIsHandedOnOnceAndWhatBecomesOfItIsShown(Desk desk) {
        Page page = desk.live("Anna");
        talk(desk, List.of(CrmScene.record(), TICKET));
        fill(page);
        desk.server().know(handedOn("PENDING"));
        // Twice in one moment, as two clicks of somebody in a hurry are.
        page.locator("[data-form=handon]").evaluate("form => { form.requestSubmit(); form.requestSubmit(); }");
        Locator state = page.locator(".handon-state");
        assertThat(state).hasText("On its way to Support");
        assertThat(page.locator("#toasts")).containsText("The ticket is on its way to Support");
        assertThat(page.locator("[data-form=handon]")).hasCount(0);
        assertThat(page.locator("[data-focus=handon]")).hasCount(0);
        desk.server().tell(handedOn("DONE"));
        assertThat(state).hasText("Handed on to Support");
        assertThat(state).hasAttribute("role", "status");
        assertThat(page.locator(".writes")).containsText("Handing on");
        assertThat(page.locator("[data-focus=handon]")).isVisible();
        assertThat(desk.server().postedTo(ESCALATE)).containsExactly(WANTED);
    }

    @Test
    void aRefusalIsShownAndWhatWasTypedStays(Desk desk) {
        Page page = desk.live("Anna");
        talk(desk, List.of(CrmScene.record(), TICKET));
        fill(page);
        desk.server().refuse(ESCALATE, 400);
        Locator go = page.locator("[data-form=handon] button[type=submit]");
        go.click();
        assertThat(page.locator(".toast-bad")).containsText("The CRM does not like it.");
        assertThat(page.getByLabel("Department")).hasValue("Support");
        assertThat(page.getByLabel("What they should know there")).hasValue("The lamp is <b>broken</b>");
        desk.server().refuse(ESCALATE, 0);
        go.click();
        await().until(() -> !desk.server().postedTo(ESCALATE).isEmpty());
        assertThat(desk.server().postedTo(ESCALATE)).containsExactly(WANTED);
    }

    @Test
    void whatTheCrmRefusesIsToldWithItsReasonAndCanBeHandedElsewhere(Desk desk) {
        Page page = desk.live("Anna");
        talk(desk, List.of(CrmScene.record(), TICKET));
        assertThat(page.locator("[data-focus=handon]")).isVisible();
        desk.server().tell(handedOn("PARKED", "reason", "There is no queue named Support."));
        assertThat(page.locator(".handon-state")).hasText("Not handed on to SupportThere is no queue named Support.");
        page.locator("[data-focus=handon]").click();
        assertThat(page.getByLabel("Department")).isFocused();
    }

    @Test
    void nothingIsOfferedWithoutATicketThatIsOrWillBeThere(Desk desk) {
        Page page = desk.live("Anna");
        talk(desk, List.of(CrmScene.record(), CrmScene.write("OpenTicket", "PENDING")));
        // The desk knows by now what the CRM can, so that what is missing below is missing for want of a ticket.
        assertThat(page.locator("[data-focus=handon]")).isVisible();
        desk.server().tell(CrmScene.written(call(), List.of(CrmScene.record())));
        assertThat(page.locator(".write")).hasCount(1);
        assertThat(page.locator(".handon")).hasCount(0);
        desk.server()
                .tell(CrmScene.written(
                        call(), List.of(CrmScene.record(), CrmScene.write("OpenTicket", "PARKED", "id", 17))));
        assertThat(page.locator(".write")).hasCount(2);
        assertThat(page.locator(".handon")).hasCount(0);
    }

    @Test
    void nothingIsOfferedWhereTheCrmHasNoDepartments(Desk desk) {
        Map<String, Object> pbx = Scene.map("id", "hq", "kind", "pbx", "can", List.of());
        Map<String, Object> crm = Scene.map("id", "main", "kind", "crm", "can", List.of());
        desk.server().answer("/api/status", Map.of("accounts", List.of(pbx, crm), "departments", List.of("Support")));
        Page page = desk.live("Anna");
        // A PBX that cannot dial is known from the same answer.
        assertThat(page.locator("#dial")).hasCount(0);
        talk(desk, List.of(CrmScene.record(), TICKET));
        assertThat(page.locator(".write")).hasCount(2);
        assertThat(page.locator(".handon")).hasCount(0);
        page.keyboard().press("h");
        assertThat(page.locator("[data-form=handon]")).hasCount(0);
    }

    @Test
    void aDepartmentIsTypedWhereNoneAreListed(Desk desk) {
        desk.server().answer("/api/status", CrmScene.departments());
        Page page = desk.live("Anna");
        talk(desk, List.of(CrmScene.record(), TICKET));
        page.locator("[data-focus=handon]").click();
        page.getByLabel("Department").fill("Claims");
        page.keyboard().press("Enter");
        await().until(() -> !desk.server().postedTo(ESCALATE).isEmpty());
        assertThat(desk.server().postedTo(ESCALATE))
                .containsExactly(Map.of("department", "Claims", "note", "", "agent", "Anna"));
    }

    @Test
    void nothingIsLostOfWhatWasTypedInTheMomentBeforeItIsSent(Desk desk) {
        Page page = desk.live("Anna");
        talk(desk, List.of(CrmScene.record(), TICKET));
        page.locator("[data-focus=handon]").click();
        // In one go, so that nothing is drawn in between.
        page.locator("[data-form=handon]").evaluate("""
                form => {
                  const type = (field, text, event) => { field.value = text; field.dispatchEvent(new Event(event)); };
                  type(form.querySelector('select'), 'Support', 'change');
                  type(form.querySelector('textarea'), 'The lamp is <b>broken</b>', 'input');
                  form.requestSubmit();
                }""");
        await().until(() -> !desk.server().postedTo(ESCALATE).isEmpty());
        assertThat(desk.server().postedTo(ESCALATE)).containsExactly(WANTED);
    }

    @Test
    void aTicketIsHandedOnWithoutAMouse(Desk desk) {
        Page page = desk.live("Anna");
        Keyboard keys = page.keyboard();
        talk(desk, List.of(CrmScene.record(), TICKET));
        assertThat(page.locator("[data-focus=handon]")).isVisible();
        keys.press("h");
        assertThat(page.getByLabel("Department")).isFocused();
        keys.type("Support");
        assertThat(page.getByLabel("Department")).hasValue("Support");
        keys.press("Tab");
        keys.type("The lamp is <b>broken</b>");
        desk.server().know(handedOn("PENDING"));
        keys.press("Control+Enter");
        assertThat(page.locator(".handon-state")).hasText("On its way to Support");
        assertThat(page.locator(".handon-state")).isFocused();
        assertThat(desk.server().postedTo(ESCALATE)).containsExactly(WANTED);
    }

    @Test
    void whoChangesTheirMindIsBackAtTheButton(Desk desk) {
        Page page = desk.live("Anna");
        talk(desk, List.of(CrmScene.record(), TICKET));
        page.locator("[data-focus=handon]").click();
        page.getByText("Cancel").click();
        assertThat(page.locator("[data-focus=handon]")).isFocused();
        assertThat(desk.server().postedTo(ESCALATE)).isEmpty();
    }

    @Test
    void everythingIsSaidInRussian(Desk desk) {
        Page page = desk.openAs("Anna", Desk.options().setLocale("ru-RU"));
        assertThat(page.locator("#line")).containsText("На связи");
        talk(desk, List.of(CrmScene.record(), TICKET));
        Locator offer = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Передать заявку"));
        assertThat(offer).hasText("Передать");
        offer.click();
        assertThat(page.getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName("Передать заявку")))
                .isVisible();
        assertThat(page.getByLabel("Отдел").locator("option").first()).hasText("Выберите отдел");
        page.getByLabel("Отдел").selectOption("Support");
        page.getByLabel("Что там нужно знать").fill("Сломалась лампа");
        desk.server().know(handedOn("PENDING"));
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#toasts")).containsText("Заявка передаётся в отдел «Support»");
        assertThat(page.locator(".handon-state")).hasText("Передаётся в отдел «Support»");
        desk.server().tell(handedOn("PARKED", "reason", "salesforce answered 502"));
        assertThat(page.locator(".handon-words")).hasText("Не передана в отдел «Support»");
        assertThat(page.locator(".handon-reason")).hasText("salesforce: ответ с ошибкой 502");
        desk.server().tell(handedOn("DONE"));
        assertThat(page.locator(".handon-state")).hasText("Передана в отдел «Support»");
        assertThat(page.locator(".writes")).containsText("Передача заявки");
    }
}
