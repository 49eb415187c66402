// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

@WithChromium
class DeskLineTest {
    private static final String ID = "hq:1795365484.94";

    @Test
    void theDeskReconnectsAndLearnsWhatItMissed(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().tell(Scene.ringing("hq:vanishes"));
        assertThat(Desk.card(page, "hq:vanishes")).isVisible();
        desk.server().goAway();
        assertThat(page.locator("#line")).containsText("No connection");
        assertThat(page.locator("#lost")).containsText("Next try in");
        desk.server().calls().clear();
        desk.server().know(Scene.ringing(ID));
        desk.server().comeBack();
        assertThat(page.locator("#line")).containsText("Live");
        assertThat(Desk.card(page, ID).locator("h2")).hasText("Maria Kuznetsova");
        assertThat(Desk.card(page, "hq:vanishes")).hasCount(0);
        assertThat(page.locator("#lost")).hasCount(0);
        desk.server().tell(Scene.answered(Scene.ringing(ID), "101", 3));
        assertThat(Desk.card(page, ID).locator(".card-state")).hasText("In conversation");
    }

    @Test
    void theLoginIsAskedForAndAWrongTokenIsExplained(Desk desk) {
        desk.server().requireLogin("let-me-in");
        Page page = desk.openAs("Anna");
        assertThat(page.locator(".login h1")).hasText("Sign in to the desk");
        assertThat(page.locator("#token")).isFocused();
        desk.picture(page, "login");
        page.locator("#token").fill("wrong");
        page.keyboard().press("Enter");
        assertThat(page.locator("#login-trouble")).containsText("This token is not right");
        page.locator("#token").fill("let-me-in");
        page.keyboard().press("Enter");
        assertThat(page.locator("#line")).containsText("Live");
        desk.server().tell(Scene.ringing(ID));
        assertThat(Desk.card(page, ID)).isVisible();
    }

    @Test
    void aLoginThatRanOutIsAskedForAgain(Desk desk) {
        Page page = desk.live("Anna");
        desk.server().requireLogin("new");
        desk.server().goAway();
        desk.server().comeBack();
        assertThat(page.locator("#token")).isVisible();
    }
}
