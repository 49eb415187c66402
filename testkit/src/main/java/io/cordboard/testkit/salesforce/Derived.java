// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The fields that nobody writes because they follow from others. */
final class Derived {
    private final Org org;

    Derived(Org org) {
        this.org = org;
    }

    void of(Row row) {
        switch (row.type().name()) {
            case "Contact", "Lead", "User" ->
                row.put("Name", (row.text("FirstName") + " " + row.text("LastName")).strip());
            case "Task" -> task(row);
            case "Case" -> kase(row);
            case "ContentVersion" -> version(row);
            case "Attachment" -> row.put("BodyLength", Integer.toString(size(row.text("Body"))));
            default -> {}
        }
    }

    private void task(Row row) {
        boolean closed = closed("TaskStatus", row.text("Status"));
        row.put("IsClosed", Boolean.toString(closed));
        row.put("IsHighPriority", Boolean.toString(row.text("Priority").equals("High")));
        if (!closed) {
            row.put("CompletedDateTime", null);
        } else if (row.get("CompletedDateTime") == null) {
            row.put("CompletedDateTime", Org.stamp(org.now()));
        }
        Optional<Row> what = org.alive(row.text("WhatId"));
        Optional<String> account = what.map(parent -> accountOf(parent))
                .or(() -> org.alive(row.text("WhoId")).map(who -> who.text("AccountId")));
        row.put("AccountId", account.orElse(""));
    }

    private static String accountOf(Row row) {
        return row.type().name().equals("Account") ? row.id() : row.text("AccountId");
    }

    private void kase(Row row) {
        if (row.get("CaseNumber") == null) {
            row.put("CaseNumber", String.format(Locale.ROOT, "%08d", 1000 + org.next("CaseNumber")));
        }
        boolean closed = closed("CaseStatus", row.text("Status"));
        row.put("IsClosed", Boolean.toString(closed));
        if (!closed) {
            row.put("ClosedDate", null);
        } else if (row.get("ClosedDate") == null) {
            row.put("ClosedDate", Org.stamp(org.now()));
        }
        Optional<Row> contact = org.alive(row.text("ContactId"));
        row.put("ContactPhone", contact.map(c -> c.text("Phone")).orElse(""));
        row.put("ContactMobile", contact.map(c -> c.text("MobilePhone")).orElse(""));
        row.put("ContactEmail", contact.map(c -> c.text("Email")).orElse(""));
        if (row.get("AccountId") == null) {
            row.put("AccountId", contact.map(c -> c.text("AccountId")).orElse(""));
        }
    }

    private boolean closed(String statuses, String label) {
        return org.rows(statuses).stream()
                .anyMatch(status -> status.text("ApiName").equalsIgnoreCase(label)
                        && status.text("IsClosed").equals("true"));
    }

    private void version(Row row) {
        int size = size(row.text("VersionData"));
        String path = row.text("PathOnClient");
        String extension = path.contains(".") ? path.substring(path.lastIndexOf('.') + 1) : "";
        row.put("ContentSize", Integer.toString(size));
        row.put("FileExtension", extension);
        if (row.get("Title") == null) {
            row.put("Title", path);
        }
        if (row.get("ContentDocumentId") != null) {
            return;
        }
        Row document = org.add(org.schema().object("ContentDocument"), row.text("CreatedById"));
        document.put("Title", row.text("Title"));
        document.put("FileExtension", extension);
        document.put("ContentSize", Integer.toString(size));
        document.put("LatestPublishedVersionId", row.id());
        row.put("ContentDocumentId", document.id());
        if (row.get("FirstPublishLocationId") != null) {
            Row link = org.add(org.schema().object("ContentDocumentLink"), row.text("CreatedById"));
            link.put("ContentDocumentId", document.id());
            link.put("LinkedEntityId", row.text("FirstPublishLocationId"));
        }
    }

    private static int size(String base64) {
        return Base64.getMimeDecoder().decode(base64).length;
    }
}
