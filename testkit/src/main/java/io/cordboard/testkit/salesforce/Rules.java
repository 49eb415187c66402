// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of a record before it is saved. */
final class Rules {
    private static final Pattern NO_DIGIT = Pattern.compile("\\D+");
    private static final int NATIONAL = 10;

    private final Org org;

    Rules(Org org) {
        this.org = org;
    }

    void check(Row row, boolean creating, boolean allowDuplicates) {
        required(row);
        references(row);
        owner(row);
        if (row.type().name().equals("Task")) {
            activity(row);
        }
        unique(row);
        if (creating && !allowDuplicates) {
            duplicates(row);
        }
    }

    private static void required(Row row) {
        List<String> missing = new ArrayList<>();
        for (FieldType field : row.type().fields()) {
            if (field.is("required") && row.get(field.name()) == null) {
                missing.add(field.name());
            }
        }
        boolean incomplete =
                row.type().name().equals("Task") && (row.get("Status") == null || row.get("Priority") == null);
        if (incomplete) {
            missing.add(row.get("Status") == null ? "Status" : "Priority");
        }
        if (!missing.isEmpty()) {
            throw RecordError.of(
                    "REQUIRED_FIELD_MISSING",
                    "Required fields are missing: [" + String.join(", ", missing) + "]",
                    missing.toArray(String[]::new));
        }
    }

    private void references(Row row) {
        for (FieldType field : row.type().fields()) {
            String id = row.get(field.name());
            if (field.targets().isEmpty() || id == null) {
                continue;
            }
            Optional<ObjectType> target = org.schema().ofId(id);
            if (target.isEmpty() || !field.targets().contains(target.get().name())) {
                throw RecordError.of(
                        "FIELD_INTEGRITY_EXCEPTION",
                        field.name() + ": id value of incorrect type: " + id,
                        field.name());
            }
            Row parent = org.find(id)
                    .orElseThrow(() ->
                            RecordError.of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.name()));
            if (parent.isDeleted()) {
                throw RecordError.of("ENTITY_IS_DELETED", "entity is deleted", field.name());
            }
        }
    }

    private void owner(Row row) {
        Optional<Row> owner = org.alive(row.text("OwnerId"));
        if (owner.isEmpty()) {
            return;
        }
        String object = row.type().name();
        if (owner.get().type().name().equals("User")) {
            if (!owner.get().text("IsActive").equals("true")) {
                throw RecordError.of(
                        "INACTIVE_OWNER_OR_USER",
                        "operation performed with inactive user [" + owner.get().key() + "] as owner of "
                                + object.toLowerCase(Locale.ROOT),
                        "OwnerId");
            }
            return;
        }
        boolean serves = org.rows("QueueSobject").stream()
                .anyMatch(
                        link -> Ids.key(link.text("QueueId")).equals(owner.get().key())
                                && link.text("SobjectType").equals(object));
        if (!serves && !(object.equals("Task") && org.switches().on("taskQueues"))) {
            throw RecordError.of("INVALID_OPERATION", "Queue not associated with this SObject type", "OwnerId");
        }
    }

    private static void activity(Row row) {
        if (Ids.prefix(row.text("WhoId")).equals("00Q") && row.get("WhatId") != null) {
            throw RecordError.of(
                    "FIELD_INTEGRITY_EXCEPTION",
                    "Related To ID: A lead cannot be combined with another record on an activity",
                    "WhatId");
        }
    }

    private void unique(Row row) {
        for (FieldType field : row.type().fields()) {
            if (field.is("unique") && row.get(field.name()) != null) {
                matches(row.type(), field, row.text(field.name())).stream()
                        .filter(other -> other != row)
                        .findFirst()
                        .ifPresent(other -> {
                            throw taken(field, other);
                        });
            }
        }
    }

    static RecordError taken(FieldType field, Row other) {
        return RecordError.of(
                "DUPLICATE_VALUE",
                "duplicate value found: " + field.name() + " duplicates value on record with id: " + other.key(),
                field.name());
    }

    /** The records that have a value in a field by which records are known. */
    List<Row> matches(ObjectType type, FieldType field, String value) {
        boolean exact = org.switches().on("caseSensitiveIds");
        return org.keyed(type, field, value).stream()
                .filter(row -> !row.isDeleted())
                .filter(row -> exact
                        ? row.text(field.name()).equals(value)
                        : row.text(field.name()).equalsIgnoreCase(value))
                .toList();
    }

    private void duplicates(Row row) {
        String rule = org.switches().text("duplicateRule");
        if (rule.equals("off") || !Set.of("Contact", "Lead").contains(row.type().name())) {
            return;
        }
        boolean byName = org.switches().text("duplicateBy").equals("name");
        Set<String> keys = byName ? names(row) : numbers(row);
        List<Row> found = new ArrayList<>();
        for (String object : List.of("Contact", "Lead")) {
            for (Row other : org.rows(object)) {
                if (other != row
                        && (byName ? names(other) : numbers(other)).stream().anyMatch(keys::contains)) {
                    found.add(other);
                }
            }
        }
        if (!found.isEmpty()) {
            throw RecordError.duplicates(result(row.type().name(), found, rule.equals("alert")));
        }
    }

    private static Set<String> names(Row row) {
        Set<String> names = new java.util.TreeSet<>(List.of(row.text("LastName"), row.text("Company")));
        names.remove("");
        return names;
    }

    private static Set<String> numbers(Row row) {
        Set<String> numbers = new java.util.TreeSet<>();
        for (FieldType field : row.type().fields()) {
            String digits = NO_DIGIT.matcher(row.text(field.name())).replaceAll("");
            if (field.phone() && digits.length() >= NATIONAL) {
                numbers.add(digits.substring(digits.length() - NATIONAL));
            }
        }
        return numbers;
    }

    private static String result(String object, List<Row> found, boolean allowSave) {
        Out out = new Out().open("duplicateResult").leaf("allowSave", allowSave);
        out.leaf("duplicateRule", "Standard_Rule_for_" + object + "s_with_Phone");
        out.leaf("duplicateRuleEntityType", object).leaf("errorMessage", "Use one of these records?");
        for (String type : List.of("Contact", "Lead")) {
            List<Row> same =
                    found.stream().filter(row -> row.type().name().equals(type)).toList();
            if (same.isEmpty()) {
                continue;
            }
            out.open("matchResults").leaf("entityType", type).leaf("matchEngine", "FuzzyMatchEngine");
            for (Row row : same) {
                out.open("matchRecords").leaf("matchConfidence", "100.0");
                out.open("record", "sf:sObject").leaf("sf:type", type).leaf("sf:Id", row.id());
                out.close("record").close("matchRecords");
            }
            out.leaf("rule", "Standard_" + type + "_Match_Rule_v1_1").leaf("size", same.size());
            out.leaf("success", true).close("matchResults");
        }
        return out.close("duplicateResult").toString();
    }
}
