// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.testkit.contract.CrmUnderTest.CallRecord;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tasks of calls back as records of calls. */
final class TaskRecords {
    private static final Set<String> KEYS = Set.of("Call_Id__c", "CallObject");

    private final SalesforceSandbox org;
    private final String account;

    TaskRecords(SalesforceSandbox org, String account) {
        this.org = org;
        this.account = account;
    }

    /** The calls whose task names the customer's number somewhere. */
    List<CallRecord> of(PhoneNumber customer) {
        return org.rows("Task").stream()
                .filter(row -> "Call".equals(row.get("TaskSubtype")) && names(row, customer.digits()))
                .map(this::record)
                .toList();
    }

    private static boolean names(Map<String, Object> row, String digits) {
        return row.entrySet().stream()
                .filter(field -> !KEYS.contains(field.getKey()))
                .anyMatch(field -> field.getValue().toString().contains(digits));
    }

    private CallRecord record(Map<String, Object> row) {
        String seconds = SalesforceUnderTest.text(row, "CallDurationInSeconds");
        long connected = seconds.isEmpty() ? 0 : Long.parseLong(seconds);
        return new CallRecord(
                SalesforceUnderTest.text(row, "OwnerId"),
                connected > 0,
                Duration.ofSeconds(connected),
                contact(row),
                recording(SalesforceUnderTest.text(row, "Id")));
    }

    private @Nullable ContactRef contact(Map<String, Object> row) {
        String who = SalesforceUnderTest.text(row, "WhoId");
        if (!who.isEmpty()) {
            boolean lead = Ids.prefix(who).equals("00Q");
            return new ContactRef(account, lead ? ContactRef.Type.LEAD : ContactRef.Type.CONTACT, who);
        }
        String what = SalesforceUnderTest.text(row, "WhatId");
        return Ids.prefix(what).equals("001") ? new ContactRef(account, ContactRef.Type.COMPANY, what) : null;
    }

    /** The one file of a task; all of them, one behind the other, when there are several. */
    private byte[] recording(String task) {
        StringBuilder all = new StringBuilder();
        files("ContentVersion", "FirstPublishLocationId", "VersionData", task).forEach(all::append);
        files("Attachment", "ParentId", "Body", task).forEach(all::append);
        return all.isEmpty() ? new byte[0] : Base64.getMimeDecoder().decode(all.toString());
    }

    private List<String> files(String object, String parent, String body, String task) {
        return org.rows(object).stream()
                .filter(row -> task.equals(row.get(parent)))
                .map(row -> SalesforceUnderTest.text(row, body))
                .toList();
    }
}
