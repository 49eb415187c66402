// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZadarmaTimeTest {
    @Test
    void withoutAZoneAWallClockMeansNothing() {
        assertThat(new ZadarmaTime(null).instant("2026-03-05 14:07:26")).isEmpty();
    }

    @Test
    void theConfiguredZoneKnowsSummerTime() {
        ZadarmaTime time = new ZadarmaTime(ZoneId.of("Europe/Kyiv"));

        assertThat(time.instant("2026-03-05 14:07:26")).contains(Instant.parse("2026-03-05T12:07:26Z"));
        assertThat(time.instant("2026-07-05 14:07:26")).contains(Instant.parse("2026-07-05T11:07:26Z"));
        assertThat(time.wall(Instant.parse("2026-07-05T11:07:26Z"))).isEqualTo("2026-07-05 14:07:26");
    }

    @ParameterizedTest
    @CsvSource({"UTC+0,0", "UTC+3,3", "UTC-5,-5", "UTC +2,2"})
    void theStatedOffsetIsLearnedWhenItAgreesWithTheStatedTime(String zone, int hours) {
        ZadarmaTime time = new ZadarmaTime(null);
        long unixTime = Instant.parse("2026-03-05T12:00:00Z").getEpochSecond();
        String wall = String.format("2026-03-05 %02d:00:01", 12 + hours);

        assertThat(time.learn(unixTime, wall, zone)).isTrue();
        assertThat(time.instant(wall)).contains(Instant.parse("2026-03-05T12:00:01Z"));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-05 15:00:00,UTC+2", "2026-03-05 15:00:00,Europe/Kyiv", "nonsense,UTC+3", "'',''"})
    void aStatementThatContradictsItselfIsNotBelieved(String wall, String zone) {
        ZadarmaTime time = new ZadarmaTime(null);

        assertThat(time.learn(Instant.parse("2026-03-05T12:00:00Z").getEpochSecond(), wall, zone))
                .isFalse();
        assertThat(time.zone()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-02-30 10:00:00", "2026-03-05T10:00:00", "05.03.2026 10:00", "''"})
    void whatIsNoTimeIsNotRead(String text) {
        assertThat(ZadarmaTime.read(text)).isEmpty();
    }
}
