// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithChromium
class DeskStringsTest {
    @Test
    void bothLanguagesSayTheSameThingsWithTheSamePlaces(Desk desk) {
        Page page = desk.open();
        assertThat(page.locator("#line")).isVisible();
        Object differences = page.evaluate("""
                async () => {
                  const { strings } = await import('/desk/strings.js');
                  const flat = (words) => typeof words === 'string' ? words : words.other;
                  const places = (words) => (flat(words).match(/\\{\\w+\\}/g) ?? []).sort().join();
                  const all = new Set([...Object.keys(strings.en), ...Object.keys(strings.ru)]);
                  return [...all].filter((key) => !(key in strings.en) || !(key in strings.ru)
                    || places(strings.en[key]) !== places(strings.ru[key])
                    || (typeof strings.ru[key] === 'object' && !['one', 'few', 'many', 'other'].every((form) => form in strings.ru[key])));
                }""");
        assertThat(differences).isEqualTo(List.of());
    }

    @Test
    void everyWordThatThePageAsksForExists(Desk desk) {
        Page page = desk.open();
        assertThat(page.locator("#line")).isVisible();
        Object missing = page.evaluate("""
                async () => {
                  const { strings } = await import('/desk/strings.js');
                  const files = ['actions', 'alerts', 'api', 'calls', 'cards', 'desk', 'detail', 'handon', 'header', 'keys', 'list', 'parts', 'rail', 'work'];
                  const missing = [];
                  for (const file of files) {
                    const text = await (await fetch(`/desk/${file}.js`)).text();
                    for (const [, key] of text.matchAll(/\\bt\\('([^']+)'(?! *\\+)/g)) if (!(key in strings.en)) missing.push(file + ': ' + key);
                  }
                  return missing;
                }""");
        assertThat(missing).isEqualTo(List.of());
    }

    @Test
    void numbersAreWrittenAsPeopleReadThem(Desk desk) {
        Page page = desk.open();
        Map<String, String> expected = Map.of(
                "+79161234567", "+7 916 123-45-67",
                "+14155550123", "+1 415 555-0123",
                "+375291234567", "+375 29 123-45-67",
                "+442079460958", "+44 20 7946 0958",
                "+994501234567", "+994 501 234 567",
                "101", "101",
                "", "");
        expected.forEach((number, text) -> assertThat(
                        page.evaluate("async number => (await import('/desk/phone.js')).pretty(number)", number))
                .isEqualTo(text));
    }
}
