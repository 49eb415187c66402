// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.StatusCode;
import com.sforce.soap.partner.UpsertResult;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.UnexpectedErrorFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.SoapFaultException;
import com.sforce.ws.bind.HTMLResponseException;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.SandboxOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on request, and what the vendor's client makes of it. */
class SalesforceFaultsTest {
    private final SalesforceSandbox org = SalesforceSandbox.start(SandboxOptions.DEFAULTS);
    private final PartnerConnection wsc = Wsc.connect(org);

    @AfterEach
    void close() {
        org.close();
    }

    private static SObject task(String key) {
        return Wsc.object("Task", "Subject", "Call", "Call_Id__c", key);
    }

    private Throwable failure() {
        return catchThrowable(() -> wsc.query("SELECT Id FROM Contact"));
    }

    private void assertCode(ExceptionCode code, String text) {
        assertThat(failure()).isInstanceOfSatisfying(ApiFault.class, fault -> {
            assertThat(fault.getExceptionCode()).isEqualTo(code);
            assertThat(fault.getExceptionMessage()).contains(text);
        });
    }

    @Test
    void sessionEndsInEveryWayThatServersKnow() {
        org.faults().set(Map.of("INVALID_SESSION_ID", 1));
        assertCode(ExceptionCode.INVALID_SESSION_ID, "Illegal Session");
        org.faults().set(Map.of("sessionNotValidForApi", 1));
        assertCode(ExceptionCode.INVALID_SESSION_ID, "This session is not valid for use with the API");
        org.faults().set(Map.of("sessionFaultWithoutDetail", 1));
        assertThat(failure()).isExactlyInstanceOf(SoapFaultException.class);
        org.faults().set(Kind.EXPIRED_TOKEN, 1);
        assertCode(ExceptionCode.INVALID_SESSION_ID, "Illegal Session");
        org.expireSessions();
        assertCode(ExceptionCode.INVALID_SESSION_ID, "Session not found");
    }

    @Test
    void bothKindsOfRequestLimitsAreTold() throws ConnectionException {
        org.faults().set(Kind.RATE_LIMIT, 1);
        assertCode(ExceptionCode.REQUEST_LIMIT_EXCEEDED, "ConcurrentRequests");
        org.configure(Map.of("apiLimit", 2));
        wsc.query("SELECT Id FROM Contact");
        wsc.query("SELECT Id FROM Contact");
        assertThat(wsc.getLimitInfoHeader().getLimitInfo()[0].getLimit()).isEqualTo(2);

        assertCode(ExceptionCode.REQUEST_LIMIT_EXCEEDED, "TotalRequests");
    }

    @Test
    void oneRecordIsLockedAndTheOthersAreWritten() throws ConnectionException {
        String busy = org.add("Contact", Map.of("LastName", "Anna"));
        org.lock(busy, 1);
        SObject locked = Wsc.object("Task", "Subject", "b", "WhoId", busy);
        SaveResult[] results = wsc.create(new SObject[] {Wsc.object("Task", "Subject", "a"), locked});

        assertThat(results[0].isSuccess()).isTrue();
        assertThat(results[1].getErrors()[0].getStatusCode()).isEqualTo(StatusCode.UNABLE_TO_LOCK_ROW);
        assertThat(results[1].getErrors()[0].getMessage()).contains(busy);
        assertThat(wsc.create(new SObject[] {locked})[0].isSuccess()).isTrue();
    }

    @Test
    void faultsOfSingleRecordsStrikeAPart() throws ConnectionException {
        org.faults().set(Map.of("FIELD_CUSTOM_VALIDATION_EXCEPTION", 1, "only", "upsert/Task"));
        UpsertResult[] results = wsc.upsert("Call_Id__c", new SObject[] {task("1"), task("2")});

        assertThat(results[0].getErrors()[0].getStatusCode()).isEqualTo(StatusCode.FIELD_CUSTOM_VALIDATION_EXCEPTION);
        assertThat(results[1].isSuccess()).isTrue();
        assertThat(org.rows("Task")).hasSize(1);
    }

    @Test
    void somebodyElseIsFasterWithTheSameKey() throws ConnectionException {
        org.faults().set(Map.of("upsertRace", 1));
        UpsertResult lost = wsc.upsert("Call_Id__c", new SObject[] {task("1")})[0];
        UpsertResult again = wsc.upsert("Call_Id__c", new SObject[] {task("1")})[0];

        assertThat(lost.getErrors()[0].getStatusCode()).isEqualTo(StatusCode.DUPLICATE_VALUE);
        assertThat(again.isSuccess()).isTrue();
        assertThat(again.isCreated()).isFalse();
        assertThat(org.rows("Task")).hasSize(1);
    }

    @Test
    void pagesComeInsteadOfAnswers() {
        org.faults().set(Kind.SERVER_ERROR, 1);
        assertThat(failure()).isInstanceOf(HTMLResponseException.class);
        org.faults().set(Kind.HTML, 1);
        assertThat(failure()).isInstanceOf(HTMLResponseException.class);
    }

    @Test
    void clientSendsALostCreateAgainByItself() throws ConnectionException {
        org.faults().set(Kind.LOST_ANSWER, 1, "create");
        assertThat(wsc.create(new SObject[] {Wsc.object("Task", "Subject", "a")})[0].isSuccess())
                .isTrue();

        // The trap that the connector must not fall into: the vendor's transport repeats what may have been done.
        assertThat(org.rows("Task")).hasSize(2);
    }

    @Test
    void lostUpsertIsOneRecordAllTheSame() throws ConnectionException {
        org.faults().set(Kind.LOST_ANSWER, 1, "upsert");
        assertThat(wsc.upsert("Call_Id__c", new SObject[] {task("1")})[0].isCreated())
                .isFalse();

        assertThat(org.rows("Task")).hasSize(1);
    }

    @Test
    void answerBreaksOffAfterTheWorkWasDone() {
        org.faults().set(Kind.HALF_BODY, 1);
        Throwable failure = catchThrowable(() -> wsc.upsert("Call_Id__c", new SObject[] {task("1")}));

        assertThat(failure).isInstanceOf(ConnectionException.class);
        assertThat(org.rows("Task")).hasSize(1);
    }

    @Test
    void unknownStatusCodeHidesWhatWasSaved() {
        org.faults().set(Map.of("unknownStatusCode", 1));
        Throwable failure = catchThrowable(() -> wsc.create(new SObject[] {task("1"), task("2")}));

        assertThat(failure).isInstanceOf(ConnectionException.class).hasMessageContaining("BRAND_NEW_STATUS");
        assertThat(org.rows("Task")).hasSize(2);
    }

    @Test
    void oddAnswersAreOdd() {
        org.faults().set(Map.of("unknownHeader", 1));
        assertThat(failure()).hasMessageContaining("Unrecognized header");
        org.faults().set(Map.of("unknownElement", 1));
        assertThat(failure()).isInstanceOf(ConnectionException.class);
        org.faults().set(Map.of("json401", 1));
        assertThat(failure()).isInstanceOf(ConnectionException.class);
        org.faults().set(Map.of("empty500", 1));
        assertThat(failure()).isInstanceOf(ConnectionException.class);
        org.faults().set(Map.of("empty200", 1));
        assertThat(failure()).isInstanceOf(ConnectionException.class);
        org.faults().set(Map.of("BRAND_NEW_EXCEPTION_CODE", 1));
        assertThat(failure()).hasMessageContaining("Not a valid enumeration");
        org.faults().set(Map.of("faultWith200", 1, "UNKNOWN_EXCEPTION", 1));
        assertThat(failure()).isExactlyInstanceOf(ConnectionException.class);
    }

    @Test
    void versionThatNobodyServesIsRefused() {
        UnexpectedErrorFault fault = catchThrowableOfType(
                UnexpectedErrorFault.class,
                () -> Wsc.connect(org, Wsc.token(org), "99.0").query("SELECT Id FROM Contact"));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.UNSUPPORTED_API_VERSION);
    }

    @Test
    void chunkedAndPlainRequestsAreRead() throws ConnectionException {
        wsc.getConfig().setUseChunkedPost(true);
        assertThat(wsc.query("SELECT Id FROM Contact").getSize()).isEqualTo(20);
        wsc.getConfig().setCompression(false);
        assertThat(wsc.query("SELECT Id FROM Contact").getSize()).isEqualTo(20);
    }

    @Test
    void resetForgetsEverything() throws ConnectionException {
        wsc.create(new SObject[] {task("1")});
        org.faults().set(Kind.SERVER_ERROR, true);
        org.configure(Map.of("apiLimit", 1));
        org.reset();

        assertThat(org.rows("Task")).isEmpty();
        assertThat(Wsc.connect(org).query("SELECT Id FROM Contact").getSize()).isEqualTo(20);
    }
}
