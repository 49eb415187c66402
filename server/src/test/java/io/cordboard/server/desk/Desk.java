// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page with the desk and the scripted server behind it; closed after the test. */
final class Desk implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "desk-screenshots");
    private static final double PATIENCE_MS = 20_000;

    private final Browser browser;
    private final ScriptedServer server = new ScriptedServer();
    private String home = server.url() + "/desk/";
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();

    Desk(Browser browser) {
        this.browser = browser;
    }

    ScriptedServer server() {
        return server;
    }

    /** From now on the desk of this server is opened, in place of the scripted one. */
    void moveTo(URI real) {
        home = real + "/";
    }

    /** {@return the desk in a window of 1440 x 900, English, light} */
    Page open() {
        return open(options());
    }

    /** {@return the desk of somebody who has chosen an agent} */
    Page openAs(String agent) {
        return openAs(agent, options());
    }

    /** {@return the desk of an agent that hears every event from now on} */
    Page live(String agent) {
        Page page = openAs(agent);
        PlaywrightAssertions.assertThat(page.locator("#line")).containsText("Live");
        return page;
    }

    Page openAs(String agent, Browser.NewContextOptions options) {
        BrowserContext context = context(options);
        context.addInitScript("try { localStorage.getItem('cordboard.me') ?? (localStorage.setItem('cordboard.me',"
                + " JSON.stringify('" + agent
                + "')), localStorage.setItem('cordboard.filter', '\"all\"')); } catch (e) {}");
        return go(context);
    }

    Page open(Browser.NewContextOptions options) {
        return go(context(options));
    }

    static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setLocale("en-GB")
                .setTimezoneId(Scene.ZONE.getId())
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    private BrowserContext context(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE_MS);
        contexts.add(context);
        return context;
    }

    private Page go(BrowserContext context) {
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // What the server refuses on purpose is logged by the browser as well; anything else is a mistake.
            if ("error".equals(message.type()) && !message.text().contains("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(home.replace("desk/", ""))) {
                strangers.add(request.url());
            }
        });
        page.navigate(home);
        return page;
    }

    /** Keeps a picture as a build artefact. */
    void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    static Locator card(Page page, String call) {
        return page.locator("[data-call='" + call + "']");
    }

    static Locator row(Page page, String call) {
        return page.locator("[data-row='" + call + "']");
    }

    /** Fails when the page threw, broke its own security policy, or asked a stranger. */
    void assertWellBehaved() {
        assertThat(complaints).as("errors in the page").isEmpty();
        assertThat(strangers).as("requests to other servers").isEmpty();
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
        server.close();
    }
}
