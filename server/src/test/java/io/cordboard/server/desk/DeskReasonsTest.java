// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.cordboard.Cordboard;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The core explains itself in English; the desk has each of its sentences in both languages. */
@WithChromium
class DeskReasonsTest {
    private static final String TRANSLATED = """
            async ([text, language]) => {
              const { because } = await import('./reasons.js');
              const { speak } = await import('./i18n.js');
              speak(language);
              return because(text);
            }""";

    @Test
    void everyReasonOfTheCoreIsToldInRussian(Desk desk) throws Exception {
        List<String> reasons = reasons();
        assertThat(reasons)
                .contains("Nobody else has the number.", "the PBX said so", "A company comes before a lead.")
                .hasSizeGreaterThan(20);
        Page page = desk.open();
        assertThat(page.locator("#line")).isVisible();
        assertThat(reasons)
                .allSatisfy(reason -> assertThat(String.valueOf(page.evaluate(TRANSLATED, List.of(reason, "ru"))))
                        .as(reason)
                        .containsPattern("\\p{IsCyrillic}")
                        .doesNotContain("because.", "undefined", "{"));
    }

    @Test
    void aSentenceThatNobodyKnowsStaysAsItIs(Desk desk) {
        Page page = desk.open();
        assertThat(page.locator("#line")).isVisible();
        assertThat(page.evaluate(TRANSLATED, List.of("the moon was full", "ru")))
                .isEqualTo("the moon was full");
    }

    @Test
    void theStateOfAnAccountIsToldInRussianWithTheAnswerOfTheCrmAsItCame(Desk desk) {
        Page page = desk.open();
        assertThat(page.locator("#line")).isVisible();
        String detail = "26 deliveries wait, 1 are parked; last answer: Bitrix24: the portal is closed";
        assertThat(page.evaluate(TRANSLATED, List.of(detail, "ru")))
                .isEqualTo("Ждут отправки: 26; ждут человека: 1. Последний ответ: Bitrix24: the portal is closed");
    }

    @Test
    void whatACrmAnsweredIsToldInRussianWhereItIsKnown(Desk desk) {
        Page page = desk.open();
        assertThat(page.locator("#line")).isVisible();
        Map<String, String> expected = Map.of(
                "The call belongs to nobody in Bitrix24, so a note has no place there",
                "В CRM звонок ни к кому не относится: заметку не к чему приложить.",
                "Bitrix24: INTERNAL_SERVER_ERROR, Internal server error",
                "Bitrix24: внутренняя ошибка сервера.",
                "bitrix24 was asked and the answer was lost: the connection broke",
                "bitrix24: запрос ушёл, ответ не пришёл, соединение оборвалось",
                "Bitrix24: bitrix24 cannot be reached: nobody answers there",
                "bitrix24: связи нет, там никто не отвечает",
                "bitrix24 answered 502",
                "bitrix24: ответ с ошибкой 502");
        expected.forEach((english, russian) ->
                assertThat(page.evaluate(TRANSLATED, List.of(english, "ru"))).isEqualTo(russian));
    }

    @Test
    void decisionsAndCorrectionsAreToldInRussianToo(Desk desk) {
        desk.server()
                .know(Scene.with(
                        Scene.explained("hq:7"),
                        "why",
                        List.of(
                                Scene.map("what", "end=ABANDONED", "because", "the caller hung up before an answer"),
                                Scene.map("what", "agent=102", "because", "the last of several agents who talked"),
                                Scene.map("what", "responsible@main=Anna", "because", "by CRM_OWNER"),
                                Scene.map(
                                        "what",
                                        "contact=main/CONTACT/275",
                                        "because",
                                        "A person comes before a company.")),
                        "corrections",
                        List.of(
                                correction("end", "COMPLETED", "NO_ANSWER"),
                                correction("answeredBy", "[101, 102]", "[]"),
                                correction("connected", "PT1M5.5S", "PT0S"))));
        Page page = desk.openAs("Anna", Desk.options().setLocale("ru-RU"));
        Desk.row(page, "hq:7").click();
        assertThat(page.locator(".reasons dt")).hasText(new String[] {
            "Итог: Не дождался ответа", "Оператор: Boris", "Ответственный (main): Anna", "Контакт: Контакт 275 (main)"
        });
        assertThat(page.locator(".reasons dd")).hasText(new String[] {
            "Звонящий положил трубку до ответа.",
            "Последний из нескольких, кто говорил.",
            "ведёт клиента в CRM",
            "Сначала контакт, потом компания."
        });
        assertThat(page.locator(".corrections li").nth(0)).containsText("Итог: Отвечен → Не ответили");
        assertThat(page.locator(".corrections li").nth(1)).containsText("Ответили: Anna, Boris → —");
        assertThat(page.locator(".corrections li").nth(2)).containsText("На линии: 1:05 → 0:00");
    }

    private static Map<String, Object> correction(String what, String before, String after) {
        return Scene.map("at", Scene.ago(60).toString(), "what", what, "before", before, "after", after);
    }

    private static List<String> reasons() throws IOException, URISyntaxException {
        Path core = Path.of(Cordboard.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return SentencesOfClasses.in(core).stream().distinct().toList();
    }
}
