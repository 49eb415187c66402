// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.StatusCode;
import com.sforce.soap.partner.UpsertResult;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.InvalidFieldFault;
import com.sforce.soap.partner.fault.UnexpectedErrorFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import io.cordboard.testkit.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be written, and what single records are refused for. */
class SalesforceWritesTest {
    private final SalesforceSandbox org = SalesforceSandbox.start(SandboxOptions.DEFAULTS);
    private final PartnerConnection wsc = Wsc.connect(org);
    private final String anna = org.add("Contact", Map.of("LastName", "Anna", "Phone", "+79161234567"));
    private final String lead = org.add("Lead", Map.of("LastName", "Boris", "Company", "B"));

    @AfterEach
    void close() {
        org.close();
    }

    private SaveResult create(String type, Object... fields) {
        try {
            return wsc.create(new SObject[] {Wsc.object(type, fields)})[0];
        } catch (ConnectionException e) {
            throw new AssertionError(e.toString(), e);
        }
    }

    private void assertRefused(StatusCode code, String type, Object... fields) {
        SaveResult result = create(type, fields);
        assertThat(result.isSuccess()).as(type + Arrays.toString(fields)).isFalse();
        assertThat(result.getErrors()[0].getStatusCode()).isEqualTo(code);
    }

    private Map<String, Object> only(String object, String id) {
        return org.rows(object).stream()
                .filter(row -> id.equals(row.get("Id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void recordsAreRefusedForTheirReasons() {
        assertRefused(StatusCode.REQUIRED_FIELD_MISSING, "Lead", "LastName", "a");
        assertRefused(StatusCode.STRING_TOO_LONG, "Contact", "LastName", "a".repeat(81));
        assertRefused(StatusCode.MALFORMED_ID, "Task", "WhoId", "nonsense");
        assertRefused(StatusCode.FIELD_INTEGRITY_EXCEPTION, "Task", "WhoId", "001000000000001AAA");
        assertRefused(StatusCode.INVALID_CROSS_REFERENCE_KEY, "Task", "WhoId", Ids.full("003000000000zzz"));
        assertRefused(StatusCode.FIELD_INTEGRITY_EXCEPTION, "Task", "WhoId", lead, "WhatId", aCase());
        assertRefused(StatusCode.INVALID_TYPE_ON_FIELD_IN_RECORD, "Task", "CallDurationInSeconds", "long");
        assertRefused(StatusCode.INVALID_FIELD_FOR_INSERT_UPDATE, "Task", "IsClosed", true);
        assertRefused(StatusCode.INVALID_OPERATION, "Task", "OwnerId", queue("Support"));
        assertRefused(StatusCode.INACTIVE_OWNER_OR_USER, "Task", "OwnerId", inactive());
        assertRefused(StatusCode.CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, "User", "LastName", "a", "Username", "b");
        org.remove(anna);
        assertRefused(StatusCode.ENTITY_IS_DELETED, "Task", "WhoId", anna);
    }

    private String aCase() {
        return org.add("Case", Map.of("Subject", "c"));
    }

    private String queue(String name) {
        return org.rows("Group").stream()
                .filter(row -> name.equals(row.get("DeveloperName")))
                .map(row -> String.valueOf(row.get("Id")))
                .findFirst()
                .orElseThrow();
    }

    private String inactive() {
        return org.rows("User").stream()
                .filter(row -> "false".equals(row.get("IsActive")))
                .map(row -> String.valueOf(row.get("Id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void truncationIsOnlyForWhoAsks() throws ConnectionException {
        wsc.setAllowFieldTruncationHeader(true);
        String id = create("Contact", "LastName", "a".repeat(81)).getId();

        assertThat(only("Contact", id)).containsEntry("LastName", "a".repeat(80));
    }

    @Test
    void whatFollowsFromFieldsIsFilledIn() throws ConnectionException {
        String id = create("Task", "Status", "Completed", "WhoId", anna).getId();
        String open = create("Case", "Subject", "c", "ContactId", anna, "Comments", "hello")
                .getId();

        assertThat(only("Task", id))
                .containsEntry("IsClosed", "true")
                .containsKey("CompletedDateTime")
                .containsEntry("Priority", "Normal");
        assertThat(only("Case", open))
                .containsEntry("Status", "New")
                .containsEntry("ContactPhone", "+79161234567")
                .containsKey("CaseNumber")
                .doesNotContainKey("Comments");
        assertThat(org.rows("CaseComment"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("CommentBody", "hello"));
    }

    @Test
    // What the client makes of the old classes is what is tested.
    @SuppressWarnings("JavaUtilDate")
    void datesAreDaysInUtcAndTimesAreSeconds() throws ConnectionException {
        GregorianCalendar night = new GregorianCalendar(TimeZone.getTimeZone("Europe/Moscow"));
        night.setTimeInMillis(Instant.parse("2026-11-21T22:30:05.123Z").toEpochMilli());
        String id = create("Task", "ActivityDate", new Date(night.getTimeInMillis()), "Started__c", night)
                .getId();

        // The vendor's client writes a moment where a day is asked for: in Moscow it was the 22nd.
        assertThat(only("Task", id))
                .containsEntry("ActivityDate", "2026-11-21")
                .containsEntry("Started__c", "2026-11-21T22:30:05.000Z");
    }

    @Test
    void fieldsAreEmptiedByTheirNames() throws ConnectionException {
        String id = create("Task", "Subject", "a", "Description", "b").getId();
        SObject change = new SObject("Task");
        change.setFieldsToNull(new String[] {"Description"});
        change.setId(id);
        change.setField("Subject", "c");
        assertThat(wsc.update(new SObject[] {change})[0].isSuccess()).isTrue();

        assertThat(only("Task", id)).containsEntry("Subject", "c").doesNotContainKey("Description");
    }

    @Test
    void subtypeOfATaskIsForEver() throws ConnectionException {
        String id = create("Task", "TaskSubtype", "Call").getId();
        SObject same = Wsc.object("Task", "TaskSubtype", "Call");
        same.setId(id);
        SObject other = Wsc.object("Task", "TaskSubtype", "Email");
        other.setId(id);

        assertThat(wsc.update(new SObject[] {same})[0].isSuccess()).isTrue();
        assertThat(wsc.update(new SObject[] {other})[0].getErrors()[0].getStatusCode())
                .isEqualTo(StatusCode.INVALID_FIELD_FOR_INSERT_UPDATE);
    }

    @Test
    void upsertNeedsAKeyThatIsDeclared() throws ConnectionException {
        InvalidFieldFault wrong = catchThrowableOfType(
                InvalidFieldFault.class,
                () -> wsc.upsert("Subject", new SObject[] {Wsc.object("Task", "Subject", "a")}));
        UpsertResult missing = wsc.upsert("Call_Id__c", new SObject[] {Wsc.object("Task", "Subject", "a")})[0];
        UpsertResult[] twice = wsc.upsert(
                "Call_Id__c",
                new SObject[] {Wsc.object("Task", "Call_Id__c", "1"), Wsc.object("Task", "Call_Id__c", "1")});
        org.removeField("Task", "Call_Id__c");
        InvalidFieldFault absent = catchThrowableOfType(
                InvalidFieldFault.class,
                () -> wsc.upsert("Call_Id__c", new SObject[] {Wsc.object("Task", "Call_Id__c", "1")}));

        assertThat(wrong.getExceptionMessage()).contains("does not match an External ID");
        assertThat(missing.getErrors()[0].getStatusCode()).isEqualTo(StatusCode.MISSING_ARGUMENT);
        assertThat(twice[0].isSuccess()).isTrue();
        assertThat(twice[1].getErrors()[0].getStatusCode()).isEqualTo(StatusCode.DUPLICATE_VALUE);
        assertThat(absent.getExceptionMessage()).contains("No such column 'Call_Id__c'");
    }

    @Test
    void createWithATakenKeyNamesTheOther() throws ConnectionException {
        String first = create("Task", "Call_Id__c", "1").getId();
        SaveResult second = create("Task", "Call_Id__c", "1");

        assertThat(second.getErrors()[0].getStatusCode()).isEqualTo(StatusCode.DUPLICATE_VALUE);
        assertThat(second.getErrors()[0].getMessage())
                .endsWith("duplicates value on record with id: " + first.substring(0, 15));
    }

    @Test
    void parentIsNamedByItsKey() throws ConnectionException {
        org.addField("Contact", "Key__c; string 32; external; unique");
        org.change(anna, Map.of("Key__c", "79161234567"));
        SObject who = Wsc.object("Contact", "Key__c", "79161234567");

        assertThat(only("Task", create("Task", "Subject", "a", "Who", who).getId()))
                .containsEntry("WhoId", anna);
    }

    @Test
    void wholeCallFailsForWhatNoRecordCanHave() {
        SObject[] many = IntStream.range(0, 201)
                .mapToObj(i -> Wsc.object("Task", "Subject", "n" + i))
                .toArray(SObject[]::new);
        UnexpectedErrorFault limit = catchThrowableOfType(UnexpectedErrorFault.class, () -> wsc.create(many));
        ApiFault field = catchThrowableOfType(
                InvalidFieldFault.class,
                () -> wsc.create(
                        new SObject[] {Wsc.object("Task", "Subject", "a"), Wsc.object("Task", "Foo__c", "b")}));

        assertThat(limit.getExceptionCode()).isEqualTo(ExceptionCode.EXCEEDED_ID_LIMIT);
        assertThat(field.getExceptionMessage()).contains("No such column 'Foo__c' on entity 'Task'");
        assertThat(org.rows("Task")).isEmpty();
    }

    @Test
    void twoHundredRecordsAreOneCall() throws ConnectionException {
        SObject[] many = IntStream.range(0, 200)
                .mapToObj(i -> Wsc.object("Task", "Call_Id__c", "n" + i))
                .toArray(SObject[]::new);

        assertThat(wsc.upsert("Call_Id__c", many)).allMatch(UpsertResult::isCreated);
        assertThat(org.asked("upsert")).isEqualTo(1);
    }

    @Test
    void assignmentRulesRunOnlyForWhoAsks() throws ConnectionException {
        String mine = create("Case", "Subject", "a").getId();
        wsc.setAssignmentRuleHeader(null, true);
        String assigned =
                create("Case", "Subject", "b", "OwnerId", queue("Escalations")).getId();

        assertThat(only("Case", mine).get("OwnerId")).asString().startsWith("005");
        assertThat(only("Case", assigned)).containsEntry("OwnerId", queue("Support"));
    }

    @Test
    void fileIsPublishedWhereItBelongs() throws ConnectionException {
        String task = create("Task", "Subject", "a").getId();
        byte[] sound = "sound".getBytes(StandardCharsets.UTF_8);
        String version = create(
                        "ContentVersion", "PathOnClient", "1.mp3", "VersionData", sound, "FirstPublishLocationId", task)
                .getId();
        SObject link = wsc.query("SELECT ContentDocument.Title, ContentDocument.LatestPublishedVersionId FROM"
                        + " ContentDocumentLink WHERE LinkedEntityId = '" + task + "'")
                .getRecords()[0];

        assertThat(link.getChild("ContentDocument").getField("LatestPublishedVersionId"))
                .isEqualTo(version);
        assertThat(only("ContentVersion", version))
                .containsEntry("ContentSize", "5")
                .containsEntry("VersionData", Base64.getEncoder().encodeToString(sound));
    }

    @Test
    void removedRecordComesBackFromTheBin() throws ConnectionException {
        wsc.delete(new String[] {anna});
        assertThat(wsc.undelete(new String[] {anna})[0].isSuccess()).isTrue();

        assertThat(only("Contact", anna)).containsEntry("LastName", "Anna");
    }
}
