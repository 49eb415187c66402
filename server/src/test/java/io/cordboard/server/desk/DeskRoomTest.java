// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@WithChromium
class DeskRoomTest {
    @Test
    void aParkedDeliveryIsVisibleAndTriedAgain(Desk desk) {
        desk.server().answer("/api/deliveries", Scene.parked());
        Page page = desk.openAs("Anna");
        Locator parked = page.locator(".parked");
        assertThat(parked).containsText("1 write needs a person");
        assertThat(parked).containsText("The field “Department” is required.");
        assertThat(page.locator(".pending")).containsText("2 writes on their way");
        desk.server()
                .answer(
                        "/api/deliveries",
                        Map.of("deliveries", List.of(), "counts", Map.of("pending", 0, "parked", 0)));
        parked.locator("li button").first().click();
        assertThat(page.locator(".rail")).containsText("Everything has arrived.");
        assertThat(desk.server().postedTo("/api/deliveries/17/retry")).hasSize(1);
    }

    @Test
    void theStateOfEveryAccountIsShownWithItsReason(Desk desk) {
        Page page = desk.openAs("Anna");
        assertThat(page.locator(".account")).hasCount(2);
        desk.server().send("health", CrmScene.trouble());
        assertThat(page.locator(".account-down")).containsText("Connection refused.");
        assertThat(page.locator(".account-reauthorise")).containsText("an administrator has to give it again");
        assertThat(page.locator(".account-reauthorise")).containsText("The refresh token was refused.");
    }

    @Test
    void agentsChangeTheirStateAsEventsTell(Desk desk) {
        Page page = desk.live("Anna");
        Locator boris = page.locator(".agent", new Page.LocatorOptions().setHasText("Boris"));
        assertThat(boris).containsText("on a call");
        desk.server().send("agent", Scene.agent("Boris", "102", "AVAILABLE", 0));
        assertThat(boris).containsText("available");
    }

    @Test
    void thePauseIsTakenAndEnded(Desk desk) {
        Page page = desk.openAs("Anna");
        page.locator("#pause").click();
        assertThat(page.locator("#pause")).hasText("End pause");
        assertThat(page.locator(".idle")).containsText("You are on pause");
        page.locator("#pause").click();
        assertThat(page.locator("#pause")).hasText("Pause");
        assertThat(desk.server().postedTo("/api/agents/Anna/state"))
                .extracting(body -> body.get("state"))
                .containsExactly("PAUSED", "AVAILABLE");
    }

    @Test
    void myDayIsABarWithWhatItAddsUpTo(Desk desk) {
        desk.server().answer("/api/agents/Anna/day", Scene.myDay());
        Page page = desk.openAs("Anna");
        Locator day = page.locator(".my-day");
        assertThat(day.locator(".day-bar rect")).hasCount(4);
        assertThat(day.locator(".day-bar")).hasAttribute("aria-label", Pattern.compile("on pause \\(lunch\\)"));
        assertThat(day.locator(".day-totals")).containsText("on a call");
        assertThat(day.locator(".day-totals")).containsText("1:30:00");
        desk.picture(page, "my-day");

        page.locator("#day-end").click();
        assertThat(page.locator("#day-begin")).isVisible();
        page.locator("#day-begin").click();
        assertThat(page.locator("#pause")).isVisible();
        assertThat(desk.server().postedTo("/api/agents/Anna/state"))
                .extracting(body -> body.get("state"))
                .containsExactly("OFFLINE", "AVAILABLE");
    }

    @Test
    void workAfterACallEndsWhenTheAgentIsReady(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().send("agent", Scene.agent("Anna", "101", "WRAP_UP", 3));
        page.locator("#ready").click();
        assertThat(page.locator("#ready")).hasCount(0);
        assertThat(desk.server().postedTo("/api/agents/Anna/state"))
                .extracting(body -> body.get("state"))
                .containsExactly("AVAILABLE");
    }

    @Test
    void aNumberIsDialledForMe(Desk desk) {
        desk.server()
                .answer(
                        "/api/lookup",
                        Map.of("number", Scene.MARIA, "matches", List.of(Scene.maria()), "source", "directory"));
        Page page = desk.openAs("Anna");
        page.locator("#dial").fill("8 916 123-45-67");
        assertThat(page.locator(".dial-who")).hasText("Maria Kuznetsova");
        page.keyboard().press("Enter");
        assertThat(page.locator("#toasts")).containsText("Your phone rings in a moment");
        assertThat(desk.server().postedTo("/api/dial"))
                .containsExactly(Map.of("agent", "Anna", "number", "8 916 123-45-67"));
        assertThat(page.locator("#dial")).hasValue("");
    }

    @Test
    void theListIsFilteredAndSearched(Desk desk) {
        Scene.day().forEach(desk.server()::know);
        Page page = desk.openAs("Anna");
        Locator rows = page.locator("[data-row]");
        assertThat(rows).hasCount(13);
        page.locator("[data-filter=missed]").click();
        assertThat(rows).hasCount(2);
        assertThat(rows.first()).containsText("not reached yet");
        page.locator("[data-filter=mine]").click();
        // Missed calls that rang at Anna are hers as well.
        assertThat(rows).hasCount(8);
        page.locator("[data-filter=all]").click();
        page.locator("#search").fill("vector");
        assertThat(rows).hasCount(1);
        page.locator("#search").fill("994 50");
        assertThat(rows).hasCount(1);
        assertThat(rows.first()).containsText("Hassan Yusuf");
        page.locator("#search").fill("nobody like that");
        assertThat(page.locator(".empty")).containsText("Nothing found for “nobody like that”");
    }

    @Test
    void aMissedCallerWhoWasReachedLaterIsMarked(Desk desk) {
        desk.server()
                .know(Scene.missed(Scene.with(
                        Scene.ringing("hq:1"), "startedAt", Scene.todayBefore(2).toString())));
        desk.server().know(Scene.ended(Scene.answered(Scene.ringing("hq:2"), "102", 5)));
        Page page = desk.openAs("Anna");
        assertThat(Desk.row(page, "hq:1")).containsText("reached at");
        assertThat(page.locator("[data-filter=missed] .badge")).hasCount(0);
    }

    @Test
    void aCallTellsItsStoryAndItsReasons(Desk desk) {
        desk.server().know(Scene.explained("hq:7"));
        Page page = desk.openAs("Anna");
        Desk.row(page, "hq:7").click();
        Locator detail = page.locator("#detail");
        assertThat(detail.locator(".timeline")).containsText("Boris hands over to Anna");
        assertThat(detail.locator(".reasons")).containsText("talked last");
        assertThat(detail.locator(".facts")).containsText("customer hung up");
        detail.getByText("Call", new Locator.GetByTextOptions().setExact(true)).click();
        await().until(() -> desk.server().postedTo("/api/dial").size() == 1);
        assertThat(desk.server().postedTo("/api/dial").get(0)).containsEntry("number", Scene.MARIA);
    }

    @Test
    void anEmptyDayAndAnEmptyTeamAreExplained(Desk desk) {
        desk.server().answer("/api/agents", Map.of("agents", List.of()));
        Page page = desk.open();
        assertThat(page.locator(".empty")).containsText("No calls yet today");
        assertThat(page.locator(".idle")).containsText("No agents are configured");
    }

    @Test
    void aDayOfFiveHundredCallsIsListedInPartsAndSearchedAsAWhole(Desk desk) {
        for (int i = 0; i < 500; i++) {
            String number = "+7916%07d".formatted(i);
            desk.server()
                    .know(Scene.with(
                            Scene.ended(Scene.answered(Scene.inbound("hq:" + i, number, "CONNECTED"), "101", 60)),
                            "startedAt",
                            Scene.ago(600 + i).toString()));
        }
        Page page = desk.live("Anna");
        Locator rows = page.locator("[data-row]");
        assertThat(rows).hasCount(100);
        page.getByText("Show 100 more").click();
        assertThat(rows).hasCount(200);
        rows.first().focus();
        page.keyboard().press("End");
        assertThat(rows.nth(199)).isFocused();
        page.locator("#search").fill("0000499");
        assertThat(rows).hasCount(1);
    }

    @Test
    void aCallOfTheListComesIntoViewBesideACallThatGoesOn(Desk desk) {
        Scene.day().forEach(desk.server()::know);
        desk.server().know(Scene.answered(Scene.ringing("hq:1"), "101", 30));
        Page page = desk.openAs("Anna", Desk.options().setViewportSize(1024, 700));
        assertThat(page.locator(".call-talking")).isVisible();
        page.locator("[data-row]").nth(3).click();
        assertThat(page.locator("#detail .card-head")).isInViewport();
        assertThat(page.locator("header.top")).isInViewport();
        assertThat(page.evaluate("() => document.scrollingElement.scrollTop")).isEqualTo(0);
        // Who rings comes first, wherever the operator reads.
        desk.server().tell(Scene.with(Scene.ringing("hq:2"), "customer", "+78121112233"));
        assertThat(Desk.card(page, "hq:2").locator(".card-head")).isInViewport();
    }
}
