// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import io.cordboard.call.Extension;
import io.cordboard.call.PhoneNumber;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberPlanTest {
    private final NumberPlan plan = new NumberPlan("RU");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8 (916) 123-45-67",
                "+7 916 1234567",
                "+7 (916) 123-45-67",
                "+7-916-123-45-67",
                "007 916 123 45 67",
                "00 7 916 1234567",
                "810 7 916 1234567",
                "8~10 7 916 1234567",
                "79161234567",
                "89161234567",
                "9161234567",
                "916 123 45 67",
                "+8 916 123 45 67",
                "+7 8 916 123-45-67",
                "+9161234567",
                "++7 916 1234567",
                "(+7) 916.123.45.67",
                "+7/916/1234567",
                " 8 916 123 45 67 ",
                "тел. 8 (916) 123-45-67",
                "моб.: +79161234567",
                "sip:+79161234567@pbx.example.com;user=phone",
                "sips:%2B79161234567@pbx.example.com:5061",
                "<sip:89161234567@10.0.0.1;transport=udp>;tag=as58f",
                "\"Anna\" <sip:79161234567@10.0.0.1>",
                "\"Anna\" <89161234567>",
                "79161234567@pbx.example.com",
                "sip:79161234567",
                "tel:+7-916-123-45-67",
                "tel:1234567;phone-context=+7916",
                "callto://+79161234567",
                "８（９１６）１２３－４５－６７",
                "＋７ ９１６ １２３４５６７",
                "+٧٩١٦١٢٣٤٥٦٧",
                "+7\u00a0916\u00a0123\u201345\u201367",
                "\u202a+7 916 123-45-67\u202c",
                "\u200b8916\u200b1234567\ufeff",
                "8 916 123\u221245\u221267",
                "89161234567,",
            })
    void oneNumberInManySpellings(String text) {
        assertThat(plan.read(text)).isEqualTo(phone("+79161234567"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+7 495 123-45-67 доб. 12",
                "+7 495 123-45-67, доб 12",
                "+7 495 123-45-67 (доб. 12)",
                "+7 495 123-45-67 добавочный 12",
                "84951234567 ext. 12",
                "84951234567 ext 12",
                "84951234567 Extension: 12",
                "84951234567x12",
                "84951234567 X 12",
                "84951234567#12",
                "84951234567*12",
                "8 (495) 123-45-67 вн. 12",
                "8 (495) 123-45-67 внутр. № 12",
                "+74951234567;ext=12",
                "tel:+7-495-123-45-67;ext=12",
                "sip:+74951234567;ext=12@pbx.example.com;user=phone",
            })
    void extensionIsKeptBesideTheNumber(String text) {
        assertThat(plan.read(text)).isEqualTo(new Reading.Phone(new PhoneNumber("+74951234567", "12")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "Anonymous",
                "ANONYMOUS",
                "<unknown>",
                "unknown",
                "private",
                "restricted",
                "0",
                "00",
                "0000000000",
                "",
                "   ",
                "withheld",
                "unavailable",
                "+",
                "\"Anonymous\" <anonymous>",
                "sip:anonymous@anonymous.invalid",
                "sip:Anonymous@10.0.0.1;user=phone",
                "sip:@10.0.0.1",
                "номер скрыт",
                "\u200b",
            })
    void hiddenCallers(String text) {
        assertThat(plan.read(text)).isEqualTo(new Reading.Hidden());
    }

    @ParameterizedTest
    @CsvSource({
        "101, 101",
        "12, 12",
        "123456, 123456",
        "1-01, 101",
        "112, 112",
        "911, 911",
        "0611, 0611",
        "*78, *78",
        "sip:101@pbx.example.com, 101",
        "sip:101:secret@pbx.example.com:5060;transport=tcp, 101",
        "tel:101;phone-context=+7495, 101",
        "tel:101;phone-context=pbx.example.com, 101",
        "<101>, 101",
        "доб. 101, 101",
        "вн. 101, 101",
        "ext 101, 101",
    })
    void shortNumbersAreInternal(String text, String extension) {
        assertThat(plan.read(text)).isEqualTo(new Reading.Internal(new Extension(extension)));
    }

    @ParameterizedTest
    @CsvSource({
        "RU, 442037691880, +442037691880",
        "RU, 8 10 44 20 3769 1880, +442037691880",
        "RU, 0044 20 3769 1880, +442037691880",
        "RU, +44 (0) 20 3769 1880, +442037691880",
        "RU, 12125550123, +12125550123",
        "RU, 375291234567, +375291234567",
        "RU, 380441234567, +380441234567",
        "RU, 8 701 123 45 67, +77011234567",
        "RU, 88005553535, +78005553535",
        "RU, 8-800-555-35-35, +78005553535",
        "RU, +8 800 555 35 35, +78005553535",
        "KZ, 8 701 123 45 67, +77011234567",
        "BY, 8 029 123 45 67, +375291234567",
        "GB, 020 3769 1880, +442037691880",
        "GB, 79161234567, +79161234567",
        "US, (212) 555-0123, +12125550123",
        "US, 1 212 555 0123, +12125550123",
        "US, 011 44 20 3769 1880, +442037691880",
        "US, 79161234567, +79161234567",
        "DE, 030/123456, +4930123456",
        "DE, 4930123456, +4930123456",
        "IT, 06 1234 5678, +390612345678",
        "AD, 712345, +376712345",
        "RU, +800 1234 5678, +80012345678",
        "RU, 8 000 123 45 67, +70001234567",
        "RU, +7 000 123 45 67, +70001234567",
    })
    void countryFollowsFromTheTextAndTheRegion(String region, String text, String e164) {
        assertThat(plan.read(text, region)).isEqualTo(phone(e164));
        assertThat(new NumberPlan(region).read(text)).isEqualTo(phone(e164));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7916123456",
                "7 916 123 45 6",
                "891612345",
                "8916123456789",
                "791612345678",
                "1234567",
                "123-45-67",
                "12345678",
                "5",
                "Иван Петров",
                "8-800-FLOWERS",
                "call me",
                "ivan@example.com",
                "sip:ivan@example.com",
                "sip:pbx.example.com",
                "+79161234567, +79161234568",
                "8 916 123 45 67 + 1",
                "123456789012345678901234567890",
                "+7 495 123-45-67 доб. 123456789012",
                "!!!",
                "%",
                "+112",
                "*21*89161234567#",
            })
    void whatIsNoNumberIsUnreadableAndTheReasonDoesNotRepeatIt(String text) {
        assertThat(plan.read(text))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why())
                                .doesNotContain(text)
                                .matches("[A-Z][^.]*\\."));
    }

    @Test
    void mistypedNationalNumberIsNeverSomebodyAbroad() {
        // 358 is Finland and 852 is Hong Kong, but ten digits, or eleven behind an 8, are how Russians write
        assertThat(plan.read("3581234567")).isEqualTo(phone("+73581234567"));
        assertThat(plan.read("85291234567")).isEqualTo(phone("+75291234567"));
    }

    @Test
    void longTextIsUnreadable() {
        assertThat(plan.read("8 916 123 45 67" + " ".repeat(236)))
                .isEqualTo(new Reading.Unreadable("The text is longer than 250 characters."));
        assertThat(plan.read("\ufdfa".repeat(250)))
                .isEqualTo(new Reading.Unreadable("The text is longer than 250 characters."));
        assertThat(plan.readAll("89161234567,".repeat(100))).isEmpty();
    }

    @Test
    void unknownRegionOfALineIsTheDefaultRegion() {
        assertThat(plan.read("8 916 123 45 67", "XX")).isEqualTo(phone("+79161234567"));
        assertThat(plan.read("020 3769 1880", "gb")).isEqualTo(phone("+442037691880"));
        assertThatThrownBy(() -> new NumberPlan("Russia"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a region: \"Russia\"; write an ISO 3166 code with two letters, such as RU");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8 916 123 45 67, 8 495 123 45 67",
                "89161234567;84951234567",
                "89161234567 / 84951234567",
                "89161234567/84951234567",
                "8(916)123-45-67\n8(495)123-45-67",
                "8(916)123-45-67\r\n8(495)123-45-67",
                "89161234567|84951234567",
                "89161234567 или 84951234567",
                "89161234567 or 84951234567",
                "+79161234567 +74951234567",
                "+79161234567+74951234567",
                "89161234567 84951234567",
                "89161234567   84951234567",
                "8 916 123 45 67 8 495 123 45 67",
                "+7 916 123-45-67 8 (495) 123-45-67",
                "моб. 8 916 123 45 67, раб. 8 495 123 45 67",
                "Анна: +7 916 123 45 67; Борис +7 495 123 45 67 (вечером)",
                "8 916 123 45 67, 101, 8 495 123 45 67, 89161234567",
                "8 916 123 45 67, 8 495 123 45 67 или спросить Анну",
            })
    void severalNumbersInOneField(String text) {
        assertThat(plan.readAll(text)).containsExactly(PhoneNumber.of("+79161234567"), PhoneNumber.of("+74951234567"));
    }

    @Test
    void extensionsStayWithTheirNumbersInAFieldOfSeveral() {
        assertThat(plan.readAll("8 495 123-45-67, доб. 12; 8 495 123-45-67 ext. 13, +7 916 1234567;ext=7"))
                .containsExactly(
                        new PhoneNumber("+74951234567", "12"),
                        new PhoneNumber("+74951234567", "13"),
                        new PhoneNumber("+79161234567", "7"));
    }

    @Test
    void fieldWithoutNumbersHoldsNone() {
        assertThat(plan.readAll("")).isEmpty();
        assertThat(plan.readAll("101, 102")).isEmpty();
        assertThat(plan.readAll("спросить Анну")).isEmpty();
        assertThat(plan.readAll(",;/|\n или or")).isEmpty();
    }

    @Property(tries = 2000)
    void everyStyleOfAValidNumberIsTheSameNumber(@ForAll("examples") Example example) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        var number = util.getExampleNumberForType(example.region(), example.type());
        if (number == null) {
            return;
        }
        Reading expected = phone(util.format(number, PhoneNumberFormat.E164));
        String e164 = util.format(number, PhoneNumberFormat.E164);

        for (String text : List.of(
                e164,
                // fewer digits than eleven may as well be a national number
                e164.length() < 12 ? e164 : e164.substring(1),
                "00" + e164.substring(1),
                util.format(number, PhoneNumberFormat.INTERNATIONAL),
                util.format(number, PhoneNumberFormat.NATIONAL),
                util.format(number, PhoneNumberFormat.RFC3966),
                "sip:" + e164 + "@example.com")) {
            assertThat(plan.read(text, example.region())).as(text).isEqualTo(expected);
        }
        for (PhoneNumberFormat abroad : List.of(PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL)) {
            assertThat(plan.read(util.format(number, abroad))).isEqualTo(expected);
        }
    }

    @Property(tries = 3000)
    void nothingIsEverThrown(@ForAll @StringLength(max = 300) String text) {
        assertThat(plan.read(text)).isNotNull();
        assertThat(plan.readAll(text)).isNotNull();
    }

    @Property(tries = 3000)
    void nothingIsEverThrownForTextThatLooksLikeNumbers(@ForAll("nearlyNumbers") String text) {
        assertThat(plan.read(text)).isNotNull();
        assertThat(plan.readAll(text)).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<Example> examples() {
        return Combinators.combine(
                        Arbitraries.of(
                                "RU", "KZ", "BY", "UA", "GB", "US", "CA", "DE", "FR", "ES", "IT", "PL", "NL", "SE",
                                "FI", "EE", "LV", "LT", "CZ", "CH", "TR", "IL", "AE", "IN", "CN", "JP", "AU", "GE",
                                "AM", "UZ"),
                        Arbitraries.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE))
                .as(Example::new);
    }

    @Provide
    Arbitrary<String> nearlyNumbers() {
        return Arbitraries.strings()
                .withChars("0123456789+ -().,;/|#*xдобext:@<>%=\n")
                .ofMaxLength(120);
    }

    private static Reading phone(String e164) {
        return new Reading.Phone(PhoneNumber.of(e164));
    }

    record Example(String region, PhoneNumberType type) {}
}
