// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.GetDeletedResult;
import com.sforce.soap.partner.GetUpdatedResult;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.UnexpectedErrorFault;
import com.sforce.ws.ConnectionException;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who changed and who went, by whole minutes. */
class SalesforceReplicationTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T08:00:30Z"));
    private final SalesforceSandbox org = SalesforceSandbox.start(SandboxOptions.DEFAULTS.withClock(clock));
    private final PartnerConnection wsc = Wsc.connect(org);

    @AfterEach
    void close() {
        org.close();
    }

    private static Calendar at(String time) {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.setTimeInMillis(Instant.parse(time).toEpochMilli());
        return calendar;
    }

    @Test
    void changesOfWholeMinutesAreTold() throws ConnectionException {
        String anna = org.add("Contact", Map.of("LastName", "Anna"));
        clock.advance(Duration.ofMinutes(5));
        String late = org.add("Contact", Map.of("LastName", "Late"));
        GetUpdatedResult result = wsc.getUpdated("Contact", at("2026-11-22T08:00:59Z"), at("2026-11-22T08:05:59Z"));

        assertThat(result.getIds()).contains(anna).doesNotContain(late);
        assertThat(result.getLatestDateCovered().toInstant()).isEqualTo(Instant.parse("2026-11-22T08:05:00Z"));
    }

    @Test
    void removedRecordsAreTold() throws ConnectionException {
        String anna = org.add("Contact", Map.of("LastName", "Anna"));
        org.remove(anna);
        GetDeletedResult result = wsc.getDeleted("Contact", at("2026-11-22T08:00:00Z"), at("2026-11-22T08:05:00Z"));

        assertThat(result.getDeletedRecords()).singleElement().satisfies(gone -> {
            assertThat(gone.getId()).isEqualTo(anna);
            assertThat(gone.getDeletedDate().toInstant()).isEqualTo(Instant.parse("2026-11-22T08:00:30Z"));
        });
        assertThat(wsc.getUpdated("Contact", at("2026-11-22T08:00:00Z"), at("2026-11-22T08:05:00Z"))
                        .getIds())
                .isEmpty();
    }

    @Test
    void longTransactionHoldsTheCoveredTimeBack() throws ConnectionException {
        org.configure(Map.of("coveredLagSeconds", 120));
        String anna = org.add("Contact", Map.of("LastName", "Anna"));
        GetUpdatedResult early = wsc.getUpdated("Contact", at("2026-11-22T07:00:00Z"), at("2026-11-22T08:02:00Z"));
        GetUpdatedResult later = wsc.getUpdated("Contact", at("2026-11-22T08:00:00Z"), at("2026-11-22T08:04:00Z"));

        assertThat(early.getLatestDateCovered().toInstant()).isEqualTo(Instant.parse("2026-11-22T08:00:00Z"));
        assertThat(early.getIds()).doesNotContain(anna);
        assertThat(later.getIds()).contains(anna);
    }

    @Test
    void timesThatCannotBeServedAreRefused() {
        assertRefused("2026-11-22T08:00:00Z", "2026-11-22T08:01:30Z");
        assertRefused("2026-10-20T08:00:00Z", "2026-11-22T08:00:00Z");
        UnexpectedErrorFault deleted = catchThrowableOfType(
                UnexpectedErrorFault.class,
                () -> wsc.getDeleted("Contact", at("2026-11-01T08:00:00Z"), at("2026-11-22T08:00:00Z")));
        UnexpectedErrorFault object = catchThrowableOfType(
                UnexpectedErrorFault.class,
                () -> wsc.getUpdated("Group", at("2026-11-22T07:00:00Z"), at("2026-11-22T08:00:00Z")));

        assertThat(deleted.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_REPLICATION_DATE);
        assertThat(object.getExceptionMessage()).contains("not replicable");
    }

    private void assertRefused(String start, String end) {
        UnexpectedErrorFault fault =
                catchThrowableOfType(UnexpectedErrorFault.class, () -> wsc.getUpdated("Contact", at(start), at(end)));
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_REPLICATION_DATE);
    }
}
