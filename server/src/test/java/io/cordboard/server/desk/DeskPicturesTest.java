// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures of the desk, kept as build artefacts, and what can be measured about its looks. */
@WithChromium
class DeskPicturesTest {
    private static final String RINGING = "hq:1795365484.94";
    private static final String TALKING = "hq:1795365484.60";

    @BeforeEach
    void aUsualDay(Desk desk) {
        Scene.day().forEach(desk.server()::know);
        desk.server()
                .answer("/api/status", Map.of("departments", List.of("Delivery", "Accounts", "Technical support")));
        desk.server()
                .answer(
                        "/api/agents",
                        Map.of(
                                "agents",
                                List.of(
                                        Scene.agent("Anna", "101", "RINGING", 12),
                                        Scene.agent("Boris", "102", "ON_CALL", 184),
                                        Scene.agent("Vera", "103", "PAUSED", 611),
                                        Scene.agent("Timur", "104", "AVAILABLE", 0),
                                        Scene.agent("Olga", "105", "OFFLINE", 0))));
        desk.server()
                .know(Scene.with(
                        Scene.answered(Scene.inbound("hq:1795365484.70", "+74957778899", "CONNECTED"), "102", 184),
                        "rang",
                        List.of("102")));
        desk.server().know(Scene.with(Scene.inbound("hq:1795365484.71", "+79261234500", "QUEUED"), "rang", List.of()));
    }

    private static Map<String, Object> severalMatches() {
        Map<String, Object> call = Scene.with(Scene.ringing(RINGING), "can", List.of("hangup"));
        return CrmScene.matched(
                call, List.of(Scene.maria(), CrmScene.company(), CrmScene.lead(CrmScene.PAGES + "lead/details/41/")));
    }

    private static void earlierCalls(Desk desk) {
        Map<String, Object> yesterday = Scene.ended(Scene.answered(Scene.ringing("hq:1795300000.1"), "102", 90_000));
        desk.server()
                .know(CrmScene.noted(
                        yesterday, "Boris", "Call back", "Waits for the invoice, wants delivery before Friday"));
        desk.server()
                .know(Scene.missed(Scene.with(
                        Scene.ringing("hq:1795200000.1"),
                        "startedAt",
                        Scene.ago(400_000).toString())));
    }

    @Test
    void ringingInLightAndDarkAndRussian(Desk desk) {
        earlierCalls(desk);
        desk.server().know(severalMatches());
        Page page = desk.openAs("Anna");
        assertThat(Desk.card(page, RINGING).locator(".matches li")).hasCount(2);
        assertThat(Desk.card(page, RINGING).locator(".history li")).hasCount(3);
        desk.picture(page, "ringing-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        desk.picture(page, "ringing-dark");
        page.locator("#language").selectOption("ru");
        assertThat(Desk.card(page, RINGING)).containsText("Ответственный");
        desk.picture(page, "ringing-dark-ru");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        desk.picture(page, "ringing-light-ru");
    }

    /** The picture of the README: the next customer rings while the last call is being written down. */
    @Test
    void aCallRingsWhileTheLastOneIsWrittenDown(Desk desk) {
        earlierCalls(desk);
        desk.server()
                .answer(
                        "/api/deliveries",
                        Map.of("deliveries", List.of(), "counts", Map.of("pending", 1, "parked", 0)));
        Map<String, Object> irina =
                Scene.with(Scene.maria(), "id", "311", "name", "Irina Belova", "company", "Belova Interiors");
        Map<String, Object> last = CrmScene.matched(
                Scene.answered(Scene.inbound(TALKING, "+79261112233", "CONNECTED"), "101", 236), List.of(irina));
        desk.server().know(last);
        Page page = desk.openAs("Anna");
        page.locator("[data-focus=note]").fill("Ordered two more lamps. Wants the invoice before Friday.");
        page.getByText("Sale", new Page.GetByTextOptions().setExact(true)).click();
        desk.server()
                .tell(CrmScene.written(
                        Scene.ended(last), List.of(CrmScene.record(), CrmScene.write("AttachRecording", "PENDING"))));
        assertThat(Desk.card(page, TALKING).locator(".card-state")).hasText("After the call");
        desk.server().tell(severalMatches());
        assertThat(Desk.card(page, RINGING).locator(".history li")).hasCount(3);
        page.mouse().click(900, 880);
        desk.picture(page, "readme");
    }

    @Test
    void talkingAndAfterTheCall(Desk desk) {
        earlierCalls(desk);
        Map<String, Object> talking = Scene.with(
                Scene.answered(Scene.ringing(TALKING), "101", 143),
                "can",
                List.of("hangup", "transfer"),
                "transfers",
                List.of(Scene.map("kind", "BLIND", "from", "102", "to", "101", "answered", true)));
        desk.server().know(talking);
        Page page = desk.openAs("Anna");
        page.locator("[data-focus=note]").fill("Invoice 1042 did not arrive. Send it again to the new address.");
        page.getByText("Call back", new Page.GetByTextOptions().setExact(true)).click();
        desk.picture(page, "talking");
        page.getByText("Transfer", new Page.GetByTextOptions().setExact(true)).click();
        desk.picture(page, "transfer");
        desk.server().tell(Scene.with(talking, "state", "HELD"));
        assertThat(page.locator(".call-held")).isVisible();
        desk.picture(page, "held");
        Map<String, Object> after =
                CrmScene.noted(Scene.ended(talking), "Boris", null, "Asked for the invoice, handed over to Anna.");
        desk.server()
                .tell(
                        CrmScene.written(
                                after,
                                List.of(
                                        CrmScene.record(),
                                        CrmScene.write(
                                                "AttachRecording",
                                                "PENDING",
                                                "reason",
                                                "The PBX is still preparing the recording; asked again at 14:05."),
                                        CrmScene.write(
                                                "AddNote",
                                                "PARKED",
                                                "id",
                                                17,
                                                "reason",
                                                "The user has no permission to edit this contact. Give user 17 the right, then try again."))));
        assertThat(page.locator(".call-after")).isVisible();
        page.getByText("Create a ticket").click();
        desk.picture(page, "after-call");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        desk.picture(page, "after-call-dark");
    }

    @Test
    void aTicketIsHandedOn(Desk desk) {
        desk.server().answer("/api/status", CrmScene.departments("Delivery", "Accounts", "Technical support"));
        Map<String, Object> after = Scene.ended(Scene.answered(Scene.ringing(TALKING), "101", 143));
        List<Map<String, Object>> writes =
                List.of(CrmScene.record(), CrmScene.write("OpenTicket", "DONE", "ref", "504"));
        desk.server().know(Scene.answered(Scene.ringing(TALKING), "101", 143));
        Page page = desk.live("Anna");
        assertThat(Desk.card(page, TALKING)).isVisible();
        desk.server().tell(CrmScene.written(after, writes));
        page.locator("[data-focus=handon]").click();
        page.locator("[data-form=handon] select").selectOption("Accounts");
        page.locator("[data-form=handon] textarea").fill("Invoice 1042 went to the old address.");
        desk.picture(page, "handon-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        desk.picture(page, "handon-dark");
        page.getByText("Cancel").click();
        for (String state : List.of("PENDING", "DONE", "PARKED")) {
            Map<String, Object> write = CrmScene.write("Escalate", state, "department", "Accounts");
            if (state.equals("PARKED")) {
                write.put("reason", "There is no queue for cases named Accounts. Name one in case.departments");
            }
            desk.server().tell(CrmScene.written(after, List.of(writes.get(0), writes.get(1), write)));
            assertThat(page.locator(".handon-" + state.toLowerCase(Locale.ROOT)))
                    .isVisible();
            desk.picture(page, "handon-" + state + "-dark");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            desk.picture(page, "handon-" + state + "-light");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        }
        page.locator("[data-focus=handon]").click();
        page.locator("#language").selectOption("ru");
        page.setViewportSize(360, 740);
        fits(page);
        page.locator("[data-form=handon]").scrollIntoViewIfNeeded();
        desk.picture(page, "handon-narrow-ru");
    }

    @Test
    void aCallInFullWithEventsAndReasons(Desk desk) {
        desk.server().know(Scene.explained("hq:1795365000.5"));
        desk.server().answer("/api/deliveries", Scene.parked());
        desk.server().answer("/health", CrmScene.trouble());
        Page page = desk.openAs("Anna");
        Desk.row(page, "hq:1795365000.5").click();
        assertThat(page.locator(".timeline li")).hasCount(9);
        desk.picture(page, "detail-light");
        page.locator("#theme").click();
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        desk.picture(page, "detail-dark");
    }

    @Test
    void idleAndChoosingAndHelp(Desk desk) {
        Page page = desk.open();
        assertThat(page.locator(".rows li").first()).isVisible();
        desk.picture(page, "watching");
        desk.server().calls().removeIf(call -> !"SETTLED".equals(call.get("state")));
        page.reload();
        assertThat(page.locator(".chooser")).isVisible();
        desk.picture(page, "choose");
        page.locator("#me").selectOption("Anna");
        assertThat(page.locator(".idle")).containsText("Ready for the next call");
        desk.picture(page, "ready");
        page.keyboard().press("?");
        assertThat(page.locator("dialog.help")).isVisible();
        desk.picture(page, "help");
    }

    @Test
    void nothingScrollsSidewaysInAWindowOf360Pixels(Desk desk) {
        earlierCalls(desk);
        desk.server().know(severalMatches());
        desk.server().answer("/api/deliveries", Scene.parked());
        desk.server().know(Scene.explained("hq:1795365000.5"));
        for (String language : List.of("en-GB", "ru-RU")) {
            Page page =
                    desk.openAs("Anna", Desk.options().setViewportSize(360, 740).setLocale(language));
            assertThat(Desk.card(page, RINGING)).isVisible();
            fits(page);
            desk.picture(page, "narrow-ringing-" + language);
            page.locator(".tab").nth(1).click();
            assertThat(Desk.row(page, RINGING)).isVisible();
            fits(page);
            desk.picture(page, "narrow-calls-" + language);
            page.locator(".tab").nth(2).click();
            assertThat(page.locator(".parked").first()).isVisible();
            fits(page);
            desk.picture(page, "narrow-team-" + language);
            page.locator(".tab").nth(1).click();
            Desk.row(page, "hq:1795365000.5").click();
            assertThat(page.locator(".timeline li")).hasCount(9);
            fits(page);
            desk.server().know(Scene.answered(severalMatches(), "101", 30));
            page.reload();
            page.locator("[data-focus=ticket]").click();
            assertThat(page.locator(".ticket-form")).isVisible();
            fits(page);
            desk.picture(page, "narrow-talking-" + language);
            desk.server().know(severalMatches());
            page.context().close();
        }
    }

    private static void fits(Page page) {
        org.assertj.core.api.Assertions.assertThat((Boolean)
                        page.evaluate("() => [document.documentElement, ...document.querySelectorAll('.panes, .pane')]"
                                + ".every(one => one.scrollWidth <= one.clientWidth)"))
                .as("everything fits the width")
                .isTrue();
    }
}
