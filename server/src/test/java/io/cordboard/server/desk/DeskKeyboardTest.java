// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithChromium
class DeskKeyboardTest {
    private static final String ID = "hq:1795365484.94";

    @Test
    void aCallIsWrittenDownWithoutAMouse(Desk desk) {
        Page page = desk.openAs("Anna");
        Keyboard keys = page.keyboard();
        assertThat(page.locator("#line")).containsText("Live");
        desk.server().tell(Scene.answered(Scene.ringing(ID), "101", 61));
        assertThat(Desk.card(page, ID)).isVisible();
        keys.press("c");
        assertThat(Desk.card(page, ID)).isFocused();
        keys.press("n");
        assertThat(page.locator("[data-focus=note]")).isFocused();
        keys.type("Wants an invoice");
        desk.server().tell(Scene.ended(Scene.answered(Scene.ringing(ID), "101", 61)));
        assertThat(Desk.card(page, ID).locator(".card-state")).hasText("After the call");
        keys.press("Control+Enter");
        assertThat(page.locator("#toasts")).containsText("Note saved");
        keys.press("Escape");
        keys.press("t");
        assertThat(page.getByLabel("Title")).isFocused();
        keys.press("Control+Enter");
        assertThat(page.locator("#toasts")).containsText("Ticket saved");
        assertThat(desk.server().postedTo("/api/calls/" + ID + "/note"))
                .extracting(body -> body.get("text"))
                .containsExactly("Wants an invoice");
        assertThat(desk.server().postedTo("/api/calls/" + ID + "/ticket")).hasSize(1);
    }

    @Test
    void theListIsOneStopWithArrowsInsideAndFocusComesBack(Desk desk) {
        Scene.day().forEach(desk.server()::know);
        Page page = desk.openAs("Anna");
        Keyboard keys = page.keyboard();
        assertThat(page.locator("[data-row]")).hasCount(13);
        assertThat(page.locator("[data-row][tabindex='0']")).hasCount(1);
        keys.press("l");
        keys.press("ArrowDown");
        keys.press("ArrowDown");
        assertThat(page.locator("[data-row]").nth(2)).isFocused();
        keys.press("Enter");
        assertThat(page.locator("#detail")).isVisible();
        keys.press("Escape");
        assertThat(page.locator("#detail")).hasCount(0);
        assertThat(page.locator("[data-row]").nth(2)).isFocused();
        keys.press("End");
        assertThat(page.locator("[data-row]").nth(12)).isFocused();
        keys.press("3");
        assertThat(page.locator("[data-row]")).hasCount(2);
        keys.press("/");
        assertThat(page.locator("#search")).isFocused();
        keys.type("+7 812");
        assertThat(page.locator("[data-row]")).hasCount(1);
        keys.press("ArrowDown");
        assertThat(page.locator("[data-row]")).isFocused();
    }

    @Test
    void theOverviewOfKeysOpensClosesAndSwitchesThemOff(Desk desk) {
        Page page = desk.live("Anna");
        page.keyboard().press("?");
        assertThat(page.locator("dialog.help")).isVisible();
        page.locator(".switch input").uncheck();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog.help")).hasCount(0);
        page.locator("body").press("d");
        assertThat(page.locator("#dial")).not().isFocused();
    }

    @Test
    void lettersWorkByTheirPlaceOnARussianKeyboard(Desk desk) {
        Page page = desk.live("Anna");
        // The key of D gives the letter в there.
        page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'в', code: 'KeyD', bubbles: true, cancelable: true}))");
        assertThat(page.locator("#dial")).isFocused();
    }

    @Test
    void everythingIsRussianForARussianBrowserAndTheChoiceIsRemembered(Desk desk) {
        desk.server()
                .answer(
                        "/api/deliveries",
                        Scene.map("deliveries", java.util.List.of(), "counts", Map.of("pending", 5, "parked", 0)));
        Page page = desk.openAs("Anna", Desk.options().setLocale("ru-RU"));
        assertThat(page.locator("html")).hasAttribute("lang", "ru");
        assertThat(page.locator("#line")).containsText("На связи");
        assertThat(page.locator(".pending")).containsText("5 записей отправляется");
        desk.server().tell(Scene.ringing(ID));
        assertThat(Desk.card(page, ID).locator(".card-state")).hasText("Звонит");
        assertThat(page).hasTitle("☎ Maria Kuznetsova звонит");
        page.locator("#language").selectOption("en");
        assertThat(Desk.card(page, ID).locator(".card-state")).hasText("Ringing");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("#line")).containsText("Live");
    }

    @Test
    void darkFollowsTheSystemOrTheSwitchAndIsRemembered(Desk desk) {
        Page page = desk.openAs("Anna", Desk.options().setColorScheme(ColorScheme.DARK));
        assertThat(page.locator(".top")).hasCSS("background-color", "rgb(27, 32, 36)");
        page.locator("#theme").click();
        assertThat(page.locator(".top")).hasCSS("background-color", "rgb(255, 255, 255)");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        page.locator("#theme").click();
        page.reload();
        assertThat(page.locator(".top")).hasCSS("background-color", "rgb(27, 32, 36)");
    }
}
