// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.PhoneNumber;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SoqlTest {
    @Test
    void quotesCannotEndAText() {
        assertThat(Soql.text("O'Neil\\' OR Name != '")).isEqualTo("'O\\'Neil\\\\\\' OR Name != \\''");
    }

    @Test
    void linesStayInOneLine() {
        assertThat(Soql.in(List.of("a\nb", "c"))).isEqualTo("('a\\nb','c')");
    }

    @Test
    void momentHasNoFraction() {
        assertThat(Soql.moment(Instant.parse("2026-11-22T08:00:00.123456Z"))).isEqualTo("2026-11-22T08:00:00Z");
    }

    @Test
    void searchHasOnlyDigitsAndPhrases() {
        for (String number : List.of("+79161234567", "+14155551212", "+380441234567", "+3726123456")) {
            assertThat(Spelled.terms(PhoneNumber.of(number)))
                    .matches("[0-9 \"OR]+")
                    .contains(number.substring(1));
        }
    }

    @Test
    void searchForTwentyNumbersKeepsItsOperators() {
        for (String number :
                List.of("+79161234567", "+14155551212", "+380441234567", "+3726123456", "+499876543210123")) {
            assertThat((Spelled.terms(PhoneNumber.of(number)).length() + " OR ".length()) * 20)
                    .as(number)
                    .isLessThan(4000);
        }
    }
}
