// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.fault.InvalidFieldFault;
import com.sforce.soap.partner.fault.MalformedSearchFault;
import com.sforce.ws.ConnectionException;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SOSL on phone fields, in both ways in which the vendor's index may work. */
class SalesforceSearchTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final SalesforceSandbox org =
            SalesforceSandbox.start(SandboxOptions.DEFAULTS.withContacts(30).withClock(clock));
    private final PartnerConnection wsc = Wsc.connect(org);

    @AfterEach
    void close() {
        org.close();
    }

    private String contact(String phone) {
        return org.add("Contact", Map.of("LastName", "Anna", "OtherPhone", phone));
    }

    private List<String> found(String term) throws ConnectionException {
        return Arrays.stream(wsc.search("FIND {" + term + "} IN PHONE FIELDS RETURNING Contact(Id), Lead(Id)")
                        .getSearchRecords())
                .map(hit -> hit.getRecord().getId())
                .toList();
    }

    @Test
    void digitsFindANumberHoweverItIsWritten() throws ConnectionException {
        String spelled = contact("+7 (916) 123-45-67");
        String national = contact("8 916 123-45-67");

        assertThat(found("79161234567 OR 89161234567")).containsExactlyInAnyOrder(spelled, national);
        assertThat(found("9161234567")).containsExactlyInAnyOrder(spelled, national);
        assertThat(found("916*67")).contains(spelled, national);
        assertThat(found("79160000000")).isEmpty();
    }

    @Test
    void strictlyOnlyWholeWordsFind() throws ConnectionException {
        org.configure(Map.of("strictSearch", true));
        String spelled = contact("+7 (916) 123-45-67");
        String bare = contact("+79161234567");

        assertThat(found("79161234567")).containsExactly(bare);
        assertThat(found("\"916 123 45 67\"")).containsExactly(spelled);
        assertThat(found("916 AND 123 AND 45 AND 67")).containsExactly(spelled);
        assertThat(found("(79161234567 OR 916) AND NOT 123")).contains(bare).doesNotContain(spelled);
    }

    @Test
    void searchKnowsLaterWhatTheQueryKnowsNow() throws ConnectionException {
        org.configure(Map.of("searchLagSeconds", 900));
        String anna = contact("+79161234567");
        assertThat(found("79161234567")).isEmpty();
        clock.advance(Duration.ofMinutes(15));
        assertThat(found("79161234567")).containsExactly(anna);
        org.change(anna, Map.of("OtherPhone", "+79160000000"));
        assertThat(found("79161234567")).containsExactly(anna);
        clock.advance(Duration.ofMinutes(15));

        assertThat(found("79161234567")).isEmpty();
        assertThat(found("79160000000")).containsExactly(anna);
    }

    @Test
    void conditionsAndLimitsOfObjectsHold() throws ConnectionException {
        for (int i = 0; i < 5; i++) {
            contact("+79161234567");
        }
        org.add("Lead", Map.of("LastName", "Boris", "Phone", "+79161234567", "IsConverted", "true"));
        String returning = "FIND {79161234567} IN PHONE FIELDS RETURNING Contact(Id, LastName WHERE LastName = 'Anna'"
                + " ORDER BY Id LIMIT 3), Lead(Id WHERE IsConverted = false)";

        assertThat(wsc.search(returning).getSearchRecords()).hasSize(3);
        assertThat(wsc.search(returning + " LIMIT 2").getSearchRecords()).hasSize(2);
        assertThat(wsc.search("FIND {79161234567}").getSearchRecords()).hasSize(6);
        assertThat(wsc.search("FIND {79169999999} IN PHONE FIELDS RETURNING Contact(Id)")
                        .getSearchRecords())
                .isEmpty();
    }

    @Test
    void mistakesAreTold() {
        for (String term : List.of("+79161234567", "7-916", "8'916", "*916", "7", "\"916", "(916", "916 OR", "")) {
            assertThat(catchThrowable(() -> found(term))).as(term).isInstanceOf(MalformedSearchFault.class);
        }
        assertThat(catchThrowable(() -> wsc.search("FIND 79161234567"))).isInstanceOf(MalformedSearchFault.class);
        assertThat(catchThrowable(() -> wsc.search("FIND {79161234567} RETURNING Contact(Foo)")))
                .isInstanceOf(InvalidFieldFault.class);
    }

    @Test
    void deletedContactIsNotFound() throws ConnectionException {
        String anna = contact("+79161234567");
        org.remove(anna);

        assertThat(found("79161234567")).isEmpty();
    }
}
