// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sforce.soap.partner.DeleteResult;
import com.sforce.soap.partner.DescribeSObjectResult;
import com.sforce.soap.partner.DuplicateError;
import com.sforce.soap.partner.Field;
import com.sforce.soap.partner.LeadConvert;
import com.sforce.soap.partner.LeadConvertResult;
import com.sforce.soap.partner.MergeRequest;
import com.sforce.soap.partner.MergeResult;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.QueryResult;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.SearchRecord;
import com.sforce.soap.partner.StatusCode;
import com.sforce.soap.partner.UpsertResult;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.UnexpectedErrorFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import io.cordboard.testkit.SandboxOptions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The vendor's client with its defaults, against the sandbox: what it reads is what the server would say. */
class SalesforceWscTest {
    private final SalesforceSandbox org = SalesforceSandbox.start(SandboxOptions.DEFAULTS.withContacts(450));
    private final PartnerConnection wsc = Wsc.connect(org);

    @AfterEach
    void close() {
        org.close();
    }

    @Test
    void everyContactIsReadOnceInBatches() throws ConnectionException {
        wsc.setQueryOptions(200);
        Set<String> ids = new HashSet<>();
        QueryResult result = wsc.query("SELECT Id, Name, Phone, Account.Name FROM Contact ORDER BY Id");
        int batches = 1;
        collect(result, ids);
        while (!result.isDone()) {
            result = wsc.queryMore(result.getQueryLocator());
            collect(result, ids);
            batches++;
        }

        assertThat(batches).isEqualTo(3);
        assertThat(result.getSize()).isEqualTo(450);
        assertThat(ids).hasSize(450);
        assertThat(wsc.getLimitInfoHeader().getLimitInfo()[0].getCurrent()).isEqualTo(3);
    }

    private static void collect(QueryResult result, Set<String> ids) {
        Arrays.stream(result.getRecords()).map(SObject::getId).forEach(ids::add);
    }

    @Test
    void parentsComeAsRecordsOfTheirOwn() throws ConnectionException {
        SObject with = wsc.query("SELECT Name, Account.Name, Owner.Name FROM Contact WHERE AccountId != null LIMIT 1")
                .getRecords()[0];
        SObject without = wsc.query("SELECT Account.Name FROM Contact WHERE AccountId = null LIMIT 1")
                .getRecords()[0];

        assertThat(with.getId()).isNull();
        assertThat((String) with.getChild("Account").getField("Name")).startsWith("ООО");
        assertThat(with.getChild("Owner").getField("Name")).isNotNull();
        assertThat(without.getChild("Account").getValue()).isNull();
        assertThat(without.getChild("Account").hasChildren()).isFalse();
    }

    @Test
    void taskIsCreatedUpdatedAndDeleted() throws ConnectionException {
        String contact =
                wsc.query("SELECT Id FROM Contact LIMIT 1").getRecords()[0].getId();
        SaveResult[] created = wsc.create(new SObject[] {
            Wsc.object(
                    "Task",
                    "Subject",
                    "Call <&> 🎧",
                    "TaskSubtype",
                    "Call",
                    "CallDurationInSeconds",
                    95,
                    "Status",
                    "Completed",
                    "WhoId",
                    contact),
            Wsc.object("Task", "Status", "Nonsense")
        });

        assertThat(created[0].isSuccess()).isTrue();
        assertThat(created[0].getId()).hasSize(18).startsWith("00T");
        assertThat(created[1].getErrors()[0].getStatusCode())
                .isEqualTo(StatusCode.INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST);
        SObject change = Wsc.object("Task", "CallDisposition", "Answered");
        change.setId(created[0].getId());
        assertThat(wsc.update(new SObject[] {change})[0].isSuccess()).isTrue();
        SObject read = wsc.query("SELECT Subject, IsClosed, CallDisposition, CallDurationInSeconds, Who.Name, Who.Type"
                        + " FROM Task WHERE Id = '" + created[0].getId() + "'")
                .getRecords()[0];
        assertThat(read.getField("Subject")).isEqualTo("Call <&> 🎧");
        assertThat(read.getField("IsClosed")).isEqualTo("true");
        assertThat(read.getField("CallDurationInSeconds")).isEqualTo("95");
        assertThat(read.getChild("Who").getField("Type")).isEqualTo("Contact");
        DeleteResult[] deleted = wsc.delete(new String[] {created[0].getId(), created[0].getId()});
        assertThat(deleted[0].isSuccess()).isTrue();
        assertThat(deleted[1].getErrors()[0].getStatusCode()).isEqualTo(StatusCode.ENTITY_IS_DELETED);
        assertThat(wsc.query("SELECT Id FROM Task").getSize()).isZero();
        assertThat(wsc.queryAll("SELECT Id FROM Task").getSize()).isEqualTo(1);
    }

    @Test
    void upsertOfTheSameKeyIsOneRecord() throws ConnectionException {
        SObject task = Wsc.object("Task", "Call_Id__c", "hq:1", "Subject", "One");
        UpsertResult first = wsc.upsert("Call_Id__c", new SObject[] {task})[0];
        UpsertResult second =
                wsc.upsert("Call_Id__c", new SObject[] {Wsc.object("Task", "Call_Id__c", "HQ:1", "Subject", "Two")})[0];

        assertThat(first.isCreated()).isTrue();
        assertThat(second.isCreated()).isFalse();
        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(org.rows("Task"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("Subject", "Two"));
    }

    @Test
    void numberIsFoundHoweverItWasTyped() throws ConnectionException {
        String a = org.add("Contact", Map.of("LastName", "Anna", "HomePhone", "+7 (916) 123-45-67"));
        String b = org.add("Lead", Map.of("LastName", "Boris", "Company", "B", "Phone", "89161234567"));
        SearchRecord[] found = wsc.search(
                        "FIND {79161234567 OR 89161234567} IN PHONE FIELDS RETURNING"
                                + " Contact(Id, Name, HomePhone LIMIT 5), Lead(Id WHERE IsConverted = false), Account(Id) LIMIT 20")
                .getSearchRecords();

        assertThat(found).extracting(hit -> hit.getRecord().getId()).contains(a, b);
        assertThat(found[0].getRecord().getField("HomePhone")).isEqualTo("+7 (916) 123-45-67");
    }

    @Test
    void describeSaysWhatAnAdministratorCreated() throws ConnectionException {
        DescribeSObjectResult task = wsc.describeSObject("Task");

        assertThat(task.getKeyPrefix()).isEqualTo("00T");
        assertThat(task.isReplicateable()).isTrue();
        assertThat(task.getFields())
                .filteredOn(field -> field.getName().equals("Call_Id__c"))
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.isExternalId()).isTrue();
                    assertThat(field.isUnique()).isTrue();
                });
        assertThat(task.getFields()).filteredOn(Field::isPolymorphicForeignKey).isNotEmpty();
        assertThat(wsc.describeGlobal().getSobjects()).hasSizeGreaterThan(10);
        assertThat(wsc.describeSObjects(new String[] {"Contact", "Lead"})).hasSize(2);
    }

    @Test
    void userAndTimeAreTold() throws ConnectionException {
        assertThat(wsc.getUserInfo().getUserId()).startsWith("005");
        assertThat(wsc.getUserInfo().getSessionSecondsValid()).isEqualTo(7200);
        assertThat(wsc.getServerTimestamp().getTimestamp()).isNotNull();
        wsc.logout();
        UnexpectedErrorFault fault =
                catchThrowableOfType(UnexpectedErrorFault.class, () -> wsc.query("SELECT Id FROM Contact"));
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_SESSION_ID);
    }

    @Test
    void duplicateRuleSaysWhomItFound() throws ConnectionException {
        String known = org.add("Contact", Map.of("LastName", "Anna", "Phone", "8 (916) 123-45-67"));
        org.configure(Map.of("duplicateRule", "alert"));
        SObject lead = Wsc.object("Lead", "LastName", "Unknown", "Company", "?", "Phone", "+79161234567");
        SaveResult refused = wsc.create(new SObject[] {lead})[0];
        wsc.setDuplicateRuleHeader(true, false, true);
        SaveResult saved = wsc.create(new SObject[] {lead})[0];

        DuplicateError error = (DuplicateError) refused.getErrors()[0];
        assertThat(error.getStatusCode()).isEqualTo(StatusCode.DUPLICATES_DETECTED);
        assertThat(error.getDuplicateResult().isAllowSave()).isTrue();
        assertThat(error.getDuplicateResult()
                        .getMatchResults()[0]
                        .getMatchRecords()[0]
                        .getRecord()
                        .getId())
                .isEqualTo(known);
        assertThat(saved.isSuccess()).isTrue();
    }

    @Test
    void mergedContactIsGoneAndItsTasksMove() throws ConnectionException {
        String winner = org.add("Contact", Map.of("LastName", "Anna", "Phone", "+79161234567"));
        String loser = org.add("Contact", Map.of("LastName", "Anna", "Phone", "89161234567"));
        String task = org.add("Task", Map.of("Subject", "Call", "WhoId", loser));
        SObject master = new SObject("Contact");
        master.setId(winner);
        MergeRequest request = new MergeRequest();
        request.setMasterRecord(master);
        request.setRecordToMergeIds(new String[] {loser});
        MergeResult result = wsc.merge(new MergeRequest[] {request})[0];

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.getMergedRecordIds()).containsExactly(loser);
        assertThat(result.getUpdatedRelatedIds()).containsExactly(task);
        assertThat(org.rows("Task"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("WhoId", winner));
        assertThat(wsc.emptyRecycleBin(new String[] {loser})[0].isSuccess()).isTrue();
        assertThat(wsc.queryAll("SELECT Id FROM Contact WHERE Id = '" + loser + "'")
                        .getSize())
                .isZero();
    }

    @Test
    void convertedLeadBecomesAContact() throws ConnectionException {
        String lead = org.add("Lead", Map.of("LastName", "Boris", "Company", "B", "Phone", "+79161234567"));
        LeadConvert request = new LeadConvert();
        request.setLeadId(lead);
        request.setConvertedStatus("Closed - Converted");
        LeadConvertResult result = wsc.convertLead(new LeadConvert[] {request})[0];

        assertThat(result.isSuccess()).isTrue();
        SObject contact = wsc.query(
                        "SELECT Phone, Account.Name FROM Contact WHERE Id = '" + result.getContactId() + "'")
                .getRecords()[0];
        assertThat(contact.getField("Phone")).isEqualTo("+79161234567");
        assertThat(contact.getChild("Account").getField("Name")).isEqualTo("B");
        assertThat(wsc.query("SELECT Id FROM Lead WHERE IsConverted = true").getSize())
                .isEqualTo(1);
    }

    @Test
    void allOrNoneRollsBack() throws ConnectionException {
        wsc.setAllOrNoneHeader(true);
        SaveResult[] results = wsc.create(new SObject[] {
            Wsc.object("Contact", "LastName", "Good", "Phone", "+79990001122"),
            Wsc.object("Contact", "FirstName", "Bad")
        });

        assertThat(results[0].getErrors()[0].getStatusCode()).isEqualTo(StatusCode.ALL_OR_NONE_OPERATION_ROLLED_BACK);
        assertThat(results[1].getErrors()[0].getFields())
                .isEqualTo(List.of("LastName").toArray());
        assertThat(wsc.query("SELECT Id FROM Contact WHERE LastName = 'Good'").getSize())
                .isZero();
    }
}
