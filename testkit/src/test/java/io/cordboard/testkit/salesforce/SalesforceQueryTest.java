// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.QueryResult;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ApiQueryFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.InvalidFieldFault;
import com.sforce.soap.partner.fault.InvalidQueryLocatorFault;
import com.sforce.soap.partner.fault.InvalidSObjectFault;
import com.sforce.soap.partner.fault.MalformedQueryFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.bind.XmlObject;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SOQL, as far as a bridge asks for it. */
class SalesforceQueryTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final SalesforceSandbox org =
            SalesforceSandbox.start(SandboxOptions.DEFAULTS.withContacts(0).withClock(clock));
    private final PartnerConnection wsc = Wsc.connect(org);

    @BeforeEach
    void people() {
        String acme = org.add("Account", Map.of("Name", "Acme", "Phone", "+74950000001"));
        org.add("Contact", Map.of("LastName", "O'Neil", "FirstName", "Anna", "AccountId", acme, "Phone", "+7 1"));
        clock.advance(Duration.ofMinutes(10));
        org.add("Contact", Map.of("LastName", "Boris", "Phone", "+7 2", "MailingCity", "100%"));
        clock.advance(Duration.ofMinutes(10));
        org.add("Contact", Map.of("LastName", "clara"));
    }

    @AfterEach
    void close() {
        org.close();
    }

    private List<String> names(String where) throws ConnectionException {
        QueryResult result = wsc.query("SELECT LastName FROM Contact " + where);
        return Arrays.stream(result.getRecords())
                .map(row -> (String) row.getField("LastName"))
                .toList();
    }

    @Test
    void conditionsMeanWhatTheyMean() throws ConnectionException {
        assertThat(names("WHERE LastName = 'o\\'neil'")).containsExactly("O'Neil");
        assertThat(names("WHERE LastName LIKE 'BO%' OR LastName LIKE '_lara'")).containsExactly("Boris", "clara");
        assertThat(names("WHERE MailingCity LIKE '100\\%'")).containsExactly("Boris");
        assertThat(names("WHERE Phone != null AND AccountId = null")).containsExactly("Boris");
        assertThat(names("WHERE NOT (LastName = 'Boris' OR Phone = null)")).containsExactly("O'Neil");
        assertThat(names("WHERE LastName IN ('boris', 'Nobody')")).containsExactly("Boris");
        assertThat(names("WHERE LastName NOT IN ('Boris') AND IsDeleted = false"))
                .containsExactly("O'Neil", "clara");
        assertThat(names("WHERE Account.Name = 'acme'")).containsExactly("O'Neil");
        assertThat(names("WHERE Account.Owner.IsActive = true")).containsExactly("O'Neil");
        assertThat(names("WHERE AccountId IN (SELECT Id FROM Account WHERE Phone LIKE '%01')"))
                .containsExactly("O'Neil");
        assertThat(names("c WHERE c.Phone <> null ORDER BY c.LastName DESC")).containsExactly("O'Neil", "Boris");
    }

    @Test
    void timesCompareAsTimes() throws ConnectionException {
        assertThat(names("WHERE SystemModstamp > 2026-11-22T08:00:00Z")).containsExactly("Boris", "clara");
        assertThat(names(
                        "WHERE SystemModstamp >= 2026-11-22T11:10:00.000+03:00 AND CreatedDate < 2026-11-22T08:20:00Z"))
                .containsExactly("Boris");
        assertThat(names("WHERE CreatedDate = TODAY AND CreatedDate = LAST_N_DAYS:2"))
                .hasSize(3);
        assertThat(names("WHERE CreatedDate < TODAY OR CreatedDate = YESTERDAY"))
                .isEmpty();
    }

    @Test
    void orderLimitAndOffsetHold() throws ConnectionException {
        assertThat(names("ORDER BY LastName")).containsExactly("Boris", "clara", "O'Neil");
        assertThat(names("ORDER BY LastName DESC LIMIT 1 OFFSET 1")).containsExactly("clara");
        assertThat(names("ORDER BY Phone NULLS LAST, Id")).containsExactly("O'Neil", "Boris", "clara");
        assertThat(names("ORDER BY Phone")).startsWith("clara");
    }

    @Test
    void everythingIsCounted() throws ConnectionException {
        QueryResult count = wsc.query("SELECT COUNT() FROM Contact WHERE Phone != null");
        SObject group = wsc.query("SELECT IsDeleted, COUNT(Id) n, MAX(LastName) FROM Contact GROUP BY IsDeleted")
                .getRecords()[0];

        assertThat(count.getSize()).isEqualTo(2);
        assertThat(count.getRecords()).isEmpty();
        assertThat(group.getType()).isEqualTo("AggregateResult");
        assertThat(group.getField("n")).isEqualTo(3);
        assertThat(group.getField("expr0")).isEqualTo("O'Neil");
    }

    @Test
    void childrenComeInsideTheirParent() throws ConnectionException {
        SObject acme = wsc.query("SELECT Id, (SELECT LastName FROM Contacts WHERE Phone != null) FROM Account")
                .getRecords()[0];
        XmlObject contacts = acme.getChild("Contacts");

        assertThat(contacts.getField("size")).isEqualTo("1");
        assertThat(contacts.getChild("records").getField("LastName")).isEqualTo("O'Neil");
    }

    @Test
    void mistakesAreToldWithTheirPlace() {
        ApiQueryFault field = catchThrowableOfType(InvalidFieldFault.class, () -> wsc.query("SELECT Foo FROM Contact"));
        ApiQueryFault word = catchThrowableOfType(MalformedQueryFault.class, () -> wsc.query("SELECT Id FRM Contact"));

        assertThat(field.getExceptionMessage()).contains("No such column 'Foo' on entity 'Contact'");
        assertThat(field.getColumn()).isEqualTo(8);
        assertThat(word.getExceptionMessage()).contains("unexpected token: FRM");
        assertThat(word.getColumn()).isEqualTo(11);
        assertThat(catchThrowable(() -> wsc.query("SELECT Id FROM Nothing__c")))
                .isInstanceOfSatisfying(
                        InvalidSObjectFault.class,
                        fault -> assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_TYPE));
    }

    @Test
    void literalsMustBeOfTheirFieldsType() {
        assertMistake("WHERE CreatedDate > '2026-11-22T08:00:00Z'", "must be of type dateTime");
        assertMistake("WHERE LastName = 5", "must be of type string and should be enclosed in quotes");
        assertMistake("WHERE Description LIKE '%a%'", "can not be filtered");
        assertMistake("WHERE AccountId = 'abc'", "invalid ID field: abc");
        assertMistake("WHERE LastName = 'a' AND Phone = 'b' OR Phone = 'c'", "unexpected token: OR");
        assertMistake("WHERE LastName = 'a", "mismatched character");
        assertMistake("WHERE LastName = :name", "Bind variables");
        assertMistake("WHERE Nobody.Name = 'a'", "Didn't understand relationship 'Nobody'");
        assertMistake("LIMIT 5 WHERE", "unexpected token: WHERE");
    }

    private void assertMistake(String where, String what) {
        assertThat(catchThrowable(() -> wsc.query("SELECT Id FROM Contact " + where)))
                .isInstanceOfSatisfying(
                        ApiFault.class,
                        fault -> assertThat(fault.getExceptionMessage()).contains(what));
    }

    @Test
    void cursorWorksOnceAndNotForEver() throws ConnectionException {
        for (int i = 0; i < 600; i++) {
            org.add("Contact", Map.of("LastName", "n" + i));
        }
        wsc.setQueryOptions(1);
        QueryResult first = wsc.query("SELECT Id FROM Contact");
        assertThat(first.getRecords()).hasSize(200);
        QueryResult second = wsc.queryMore(first.getQueryLocator());
        assertThat(second.getQueryLocator()).isNotEqualTo(first.getQueryLocator());
        assertThat(catchThrowable(() -> wsc.queryMore(first.getQueryLocator())))
                .isInstanceOf(InvalidQueryLocatorFault.class);
        clock.advance(Duration.ofMinutes(16));
        assertThat(catchThrowable(() -> wsc.queryMore(second.getQueryLocator())))
                .isInstanceOf(InvalidQueryLocatorFault.class);
        QueryResult oldest = wsc.query("SELECT Id FROM Contact");
        for (int i = 0; i < 10; i++) {
            wsc.query("SELECT Id FROM Contact");
        }

        assertThat(catchThrowable(() -> wsc.queryMore(oldest.getQueryLocator())))
                .isInstanceOf(InvalidQueryLocatorFault.class);
    }

    @Test
    void retrieveLeavesAGapForWhoIsNotThere() throws ConnectionException {
        String id = wsc.query("SELECT Id FROM Account").getRecords()[0].getId();
        SObject[] found = wsc.retrieve("Id,Phone", "Account", new String[] {id.substring(0, 15), "001000000000zzz"});

        assertThat(found).hasSize(2);
        assertThat(found[0].getField("Phone")).isEqualTo("+74950000001");
        assertThat(found[1]).isNull();
    }

    @Test
    void idsAreComparedByTheirFifteenCharacters() throws ConnectionException {
        String id = wsc.query("SELECT Id FROM Account").getRecords()[0].getId();

        assertThat(wsc.query("SELECT Id FROM Account WHERE Id = '" + id.substring(0, 15) + "'")
                        .getSize())
                .isEqualTo(1);
        assertThat(Ids.full("001000000000ABc")).isEqualTo("001000000000ABcAAM");
    }
}
