// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Recording;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.pbx.Recordings;
import io.cordboard.testkit.SandboxOptions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SalesforceWritesTest {
    private final Company company = new Company(SandboxOptions.DEFAULTS.withStrict(true));

    @AfterEach
    void end() {
        company.close();
    }

    private static <R> R role(Salesforce salesforce, Class<R> role) {
        return salesforce.role(role).orElseThrow();
    }

    private Map<String, Object> onlyTask() {
        assertThat(company.org().rows("Task")).hasSize(1);
        return company.org().rows("Task").get(0);
    }

    @Test
    void callIsATaskOnTheLocalDay() {
        Salesforce salesforce = company.connector("timeZone", "Europe/Moscow");
        String anna = company.contact("Anna", Company.number(1).e164());
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        Company.logged(salesforce, Company.log(1, company.userNamed("101"), ref));

        assertThat(onlyTask())
                .containsEntry("TaskSubtype", "Call")
                .containsEntry("CallType", "Inbound")
                .containsEntry("CallObject", "hq:1795365484.1")
                .containsEntry("CallDisposition", "Answered")
                .containsEntry("ActivityDate", "2026-11-23")
                .containsEntry("Status", "Completed")
                .containsEntry("OwnerId", company.userNamed("101"))
                .containsEntry("WhoId", anna)
                .containsEntry("Call_Id__c", "hq:1795365484.1");
        assertThat(Objects.requireNonNull(onlyTask().get("CallDurationInSeconds"))
                        .toString())
                .isEqualTo("95");
        assertThat(Objects.requireNonNull(onlyTask().get("Started__c")).toString())
                .startsWith("2026-11-22T21:30:00");
    }

    @Test
    void twoHundredCallsAreOneRequest() {
        Salesforce salesforce = company.connector();
        List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            attempts.add(Company.attempt(Company.log(i, company.userNamed("101"), null)));
        }

        assertThat(role(salesforce, CallLog.class).log(attempts)).hasSize(400).allMatch(Outcome.Done.class::isInstance);
        assertThat(company.org().asked("upsert")).isEqualTo(2);
        assertThat(company.org().asked("query")).isZero();
    }

    @Test
    void correctionLeavesAloneWhatTheAgentWroteAndChose() {
        Salesforce salesforce = company.connector();
        Company.logged(salesforce, Company.log(1, null, null));
        CrmWrite.AddNote note = new CrmWrite.AddNote(Company.call(1), "wants a red one", "Sold", null);
        role(salesforce, CallNotes.class).add(List.of(new Attempt<>(note, "note", 1, false)));
        Company.logged(salesforce, Company.log(1, company.userNamed("102"), null, 1));

        assertThat(onlyTask())
                .containsEntry("CallDisposition", "Sold")
                .containsEntry("OwnerId", company.userNamed("102"));
        assertThat(Objects.requireNonNull(onlyTask().get("Description")).toString())
                .contains("Line: 74951110001", "wants a red one");
    }

    @Test
    void forgottenTaskIsChangedAndNotMadeAgain() {
        Company.logged(company.connector(), Company.log(1, null, null));
        company.memory().startingWith("call.").keySet().forEach(company.memory()::remove);
        Outcome outcome = Company.logged(company.connector(), Company.log(1, company.userNamed("102"), null, 1));

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(onlyTask()).containsEntry("TaskSubtype", "Call").containsEntry("OwnerId", company.userNamed("102"));
    }

    @Test
    void callOfSomebodyWhoLeftGoesToTheResponsible() {
        Salesforce salesforce = company.connector("responsible", company.userNamed("103"));
        Company.logged(salesforce, Company.log(1, company.userNamed("109"), null));

        assertThat(onlyTask()).containsEntry("OwnerId", company.userNamed("103"));
    }

    @Test
    void callOfARemovedContactIsKeptWithoutIt() {
        String anna = company.contact("Anna", "+74957000001");
        company.org().remove(anna);
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        Company.logged(company.connector(), Company.log(1, company.userNamed("101"), ref));

        assertThat(onlyTask()).doesNotContainKey("WhoId").containsEntry("OwnerId", company.userNamed("101"));
    }

    @Test
    void lockedCustomerDelaysOneCallOnly() {
        String anna = company.contact("Anna", "+74957000001");
        company.org().lock(anna, 1);
        ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, anna);
        List<Outcome> outcomes = role(company.connector(), CallLog.class)
                .log(List.of(Company.attempt(Company.log(1, null, ref)), Company.attempt(Company.log(2, null, null))));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Retry.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void eachCodeOfARecordHasItsOutcome() {
        Map<String, Class<?>> expected = Map.of(
                "UNABLE_TO_LOCK_ROW", Outcome.Retry.class,
                "STORAGE_LIMIT_EXCEEDED", Outcome.Retry.class,
                "FIELD_CUSTOM_VALIDATION_EXCEPTION", Outcome.Refused.class,
                "CANNOT_EXECUTE_FLOW_TRIGGER", Outcome.Refused.class,
                "LIMIT_EXCEEDED", Outcome.Refused.class);
        Salesforce salesforce = company.connector();
        expected.forEach((code, outcome) -> {
            company.org().faults().set(Map.of(code, true));
            assertThat(Company.logged(salesforce, Company.log(1, null, null)))
                    .as(code)
                    .isInstanceOf(outcome);
            company.org().faults().clear();
        });
    }

    @Test
    void eachCodeOfARequestHasItsOutcome() {
        Map<String, Class<?>> expected = Map.of(
                "SERVER_UNAVAILABLE", Outcome.Retry.class,
                "lockedCall", Outcome.Retry.class,
                "ORG_LOCKED", Outcome.Retry.class,
                "UNKNOWN_EXCEPTION", Outcome.Unclear.class,
                "BRAND_NEW_EXCEPTION_CODE", Outcome.Unclear.class,
                "unknownElement", Outcome.Unclear.class,
                "empty500", Outcome.Unclear.class,
                "empty200", Outcome.Unclear.class,
                "INSUFFICIENT_ACCESS", Outcome.Refused.class);
        Salesforce salesforce = company.connector();
        Company.logged(salesforce, Company.log(2, null, null));
        expected.forEach((code, outcome) -> {
            company.org().faults().set(Map.of(code, true, "only", "upsert"));
            assertThat(Company.logged(salesforce, Company.log(1, null, null)))
                    .as(code)
                    .isInstanceOf(outcome);
            company.org().faults().clear();
        });
        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Done.class);
        assertThat(company.org().rows("Task")).hasSize(2);
    }

    @Test
    void statusThatTheLibraryDoesNotKnowDoesNotSpoilTheOthers() {
        Salesforce salesforce = company.connector();
        List<Attempt<CrmWrite.LogCall>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(Company.attempt(Company.log(i, null, null)));
        }
        company.org().faults().set(Map.of("unknownStatusCode", 2, "only", "upsert"));
        List<Outcome> outcomes = role(salesforce, CallLog.class).log(attempts);

        assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSizeGreaterThanOrEqualTo(4);
        assertThat(company.org().rows("Task")).hasSize(8);
    }

    private static Outcome recorded(Salesforce salesforce, @Nullable URI link) {
        CrmWrite.AttachRecording write = new CrmWrite.AttachRecording(Company.call(1), new Recording("1.mp3", null));
        return role(salesforce, RecordingArchive.class)
                .attach(
                        new Attempt<>(write, "recording", 1, false),
                        new Recordings.Ready("1.mp3", 3, link, () -> new ByteArrayInputStream(new byte[] {1, 2, 3})));
    }

    @Test
    void linkGoesIntoItsFieldOrBelowTheText() {
        URI link = URI.create("https://pbx.example/1.mp3");
        Salesforce salesforce = company.connector("recordings", "link");
        Company.logged(salesforce, Company.log(1, null, null));
        assertThat(recorded(salesforce, link)).isInstanceOf(Outcome.Done.class);
        assertThat(onlyTask()).containsEntry("Recording_Url__c", link.toString());

        company.org().removeField("Task", "Recording_Url__c");
        Salesforce another = company.connector("recordings", "link");
        recorded(another, link);
        recorded(another, link);
        assertThat(Objects.requireNonNull(onlyTask().get("Description")).toString())
                .containsOnlyOnce(link.toString());
    }

    @Test
    void recordingWithoutALinkSaysWhatToSet() {
        Salesforce salesforce = company.connector("recordings", "link");
        Company.logged(salesforce, Company.log(1, null, null));

        assertThat(recorded(salesforce, null))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("recordings: file"));
    }

    private static Outcome noted(Salesforce salesforce, String text, int attempt, boolean lookFirst) {
        CrmWrite.AddNote note = new CrmWrite.AddNote(Company.call(1), text, null, null);
        return role(salesforce, CallNotes.class)
                .add(List.of(new Attempt<>(note, "note " + text, attempt, lookFirst)))
                .get(0);
    }

    @Test
    void noteThatIsAPartOfTheTextIsAddedAllTheSame() {
        Salesforce salesforce = company.connector();
        Company.logged(salesforce, Company.log(1, null, null));
        assertThat(noted(salesforce, "Call", 2, false)).isInstanceOf(Outcome.Done.class);
        assertThat(noted(salesforce, "1", 1, true)).isInstanceOf(Outcome.Done.class);
        company.org().faults().set(Map.of("SERVER_UNAVAILABLE", true, "only", "update"));
        assertThat(noted(salesforce, "Line", 1, false)).isInstanceOf(Outcome.Retry.class);
        company.org().faults().clear();
        assertThat(noted(salesforce, "Line", 2, false)).isInstanceOf(Outcome.Done.class);
        assertThat(noted(salesforce, "Line", 3, true)).isInstanceOf(Outcome.Done.class);

        assertThat(Objects.requireNonNull(onlyTask().get("Description")).toString())
                .endsWith("\n\nCall\n\n1\n\nLine");
    }

    @Test
    void pageOfAGatewayParksNothing() {
        Salesforce salesforce = company.connector();
        company.org().faults().set(Map.of("page404", true));
        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Retry.class);
        company.org().faults().set(Map.of("page404", true, "only", "upsert"));
        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Retry.class);
        company.org().faults().clear();

        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void userWhoSeesNothingIsAskedForAgainSoon() {
        Salesforce salesforce = company.connector();
        company.org().faults().set(Map.of("INSUFFICIENT_ACCESS", true));
        Company.logged(salesforce, Company.log(1, null, null));
        company.org().faults().clear();
        company.clock().advance(Duration.ofMinutes(2));

        assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Done.class);
        assertThat(onlyTask()).containsEntry("Call_Id__c", Company.call(1).toString());
    }

    @Test
    void statusThatTheLibraryDoesNotKnowDoesNotSpoilOtherCorrections() {
        Salesforce salesforce = company.connector();
        List<Attempt<CrmWrite.LogCall>> corrections = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Company.logged(salesforce, Company.log(i, null, null));
            corrections.add(Company.attempt(Company.log(i, company.userNamed("102"), null, 1)));
        }
        company.org().faults().set(Map.of("unknownStatusCode", 2, "only", "update"));

        assertThat(role(salesforce, CallLog.class).log(corrections))
                .filteredOn(Outcome.Done.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void withoutTheKeyFieldASlowOrganisationIsGivenTime() {
        company.org().removeCustomFields();
        Salesforce salesforce = company.connector();
        company.org().faults().set(Map.of("html", true, "only", "create"));
        CallLog log = role(salesforce, CallLog.class);
        CrmWrite.LogCall write = Company.log(1, null, null);
        assertThat(log.log(List.of(Company.attempt(write)))).allMatch(Outcome.Unclear.class::isInstance);
        company.org().faults().clear();
        Attempt<CrmWrite.LogCall> again = new Attempt<>(write, write.call() + "/log/0", 2, true);
        company.clock().advance(Duration.ofSeconds(30));
        assertThat(log.log(List.of(again)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(90)));

        company.org()
                .add(
                        "Task",
                        Map.of("TaskSubtype", "Call", "CallObject", write.call().toString()));
        assertThat(log.log(List.of(again))).allMatch(Outcome.Done.class::isInstance);
        assertThat(company.org().rows("Task")).hasSize(1);
    }

    @Test
    void callThatNeverArrivedIsMadeAfterTheWait() {
        company.org().removeCustomFields();
        Salesforce salesforce = company.connector("call.unclearWait", "1m");
        CrmWrite.LogCall write = Company.log(1, null, null);
        Attempt<CrmWrite.LogCall> again = new Attempt<>(write, write.call() + "/log/0", 2, true);
        assertThat(role(salesforce, CallLog.class).log(List.of(again))).allMatch(Outcome.Retry.class::isInstance);
        company.clock().advance(Duration.ofMinutes(1));

        assertThat(role(salesforce, CallLog.class).log(List.of(again))).allMatch(Outcome.Done.class::isInstance);
    }

    @Test
    void refusalSaysThatTheTaskMayBeHidden() {
        Salesforce salesforce = company.connector();
        Company.logged(salesforce, Company.log(1, company.userNamed("101"), null));
        company.org().configure(Map.of("sharing", "private"));
        assertThat(noted(salesforce, "red", 1, false))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("not visible to the user of the connection"));
        company.org().configure(Map.of("sharing", "readOnly"));

        assertThat(noted(salesforce, "red", 2, false))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("change what agents own"));
    }
}
