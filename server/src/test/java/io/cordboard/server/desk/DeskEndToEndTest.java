// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call travels from the telephone system to the page, and what is typed there to the CRM; nothing is scripted. */
@WithChromium
class DeskEndToEndTest {
    private static final double A_WHILE = 30_000;

    @TempDir
    private Path folder;

    @Test
    void aRealCallIsShownTakenWrittenDownAndArrivesInTheCrm(Desk desk) throws Exception {
        try (Office office = new Office(folder)) {
            desk.moveTo(office.url());
            Page page = desk.openAs("Anna");
            page.locator("#token").fill(Office.TOKEN);
            page.keyboard().press("Enter");
            assertThat(page.locator("#line")).containsText("Live");
            assertThat(page.locator(".account")).hasCount(2);
            // Zadarma's connector dials, but cannot touch a running call; a break is kept although no queue takes it.
            assertThat(page.locator("#dial")).isVisible();
            page.locator("#pause").click();
            assertThat(page.locator("#pause")).hasText("End pause");
            page.locator("#pause").click();
            assertThat(page.locator(".my-day .day-totals")).containsText("available");

            office.ring("+79161234567", 5, 5);
            Locator card = page.locator(".call-card");
            assertThat(card.locator(".card-state")).hasText("Ringing", patient());
            assertThat(card.locator("h2")).hasText("Maria Kuznetsova");
            assertThat(card).containsText("+7 916 123-45-67");
            assertThat(card.locator(".labels")).containsText("Anna");
            desk.picture(page, "real-ringing");
            assertThat(card.locator(".card-state")).hasText("In conversation", patient());
            assertThat(card.getByText("Hang up")).hasCount(0);
            page.locator("[data-focus=note]").fill("Wants delivery on Friday");
            // Before the call has settled, so before its record is planned: the note has to wait for it.
            page.getByText("Save note").click();
            assertThat(card.locator(".card-state")).hasText("After the call", patient());
            page.locator("[data-focus=ticket]").click();
            page.getByLabel("Title").fill("Deliver on Friday");
            page.locator(".ticket-form button[type=submit]").click();

            // First the server, then the page: a failure says whose it is.
            await("the deliveries").atMost(Duration.ofSeconds(90)).until(() -> office.delivered() == 4);
            Locator writes = card.locator(".write");
            assertThat(writes.filter(with("Call record"))).containsText("done", slow());
            assertThat(writes.filter(with("Note"))).containsText("done", slow());
            assertThat(writes.filter(with("Ticket"))).containsText("done", slow());
            desk.picture(page, "real-after-call");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> office.crm().state().toString().contains("Wants delivery on Friday"));
            await().until(() -> office.crm().state().toString().contains("Deliver on Friday"));

            card.locator(".done").click();
            page.locator("[data-row]").first().click();
            assertThat(page.locator(".timeline")).containsText("Anna answered");
            assertThat(page.locator(".reasons")).not().isEmpty();
            desk.picture(page, "real-detail");
        }
    }

    @Test
    void aStrangerIsUnknownAndARussianDeskSaysSo(Desk desk) throws Exception {
        try (Office office = new Office(folder)) {
            desk.moveTo(office.url());
            Page page = desk.openAs("Anna", Desk.options().setLocale("ru-RU"));
            page.locator("#token").fill(Office.TOKEN);
            page.keyboard().press("Enter");
            assertThat(page.locator("#line")).containsText("На связи");
            office.ring("+74959001234", 5, 1);
            Locator card = page.locator(".call-card");
            assertThat(card.locator("h2")).hasText("+7 495 900-12-34", patient());
            assertThat(card).containsText("Неизвестный номер");
        }
    }

    private static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static HasTextOptions patient() {
        return new HasTextOptions().setTimeout(A_WHILE);
    }

    private static ContainsTextOptions slow() {
        return new ContainsTextOptions().setTimeout(A_WHILE);
    }
}
