// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts what somebody sent into a record, or leaves the record as it was. */
final class RecordWriter {
    /** What a server says of single records on bad days; the faults have these names. */
    static final Map<String, String> REFUSALS = Map.of(
            "UNABLE_TO_LOCK_ROW",
            "unable to obtain exclusive access to this record or 1 records: ",
            "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "A validation rule of this organisation does not let it through",
            "CANNOT_EXECUTE_FLOW_TRIGGER",
            "We can't save this record because a flow failed",
            "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
            "insufficient access rights on cross-reference id",
            "STORAGE_LIMIT_EXCEEDED",
            "storage limit exceeded",
            "LIMIT_EXCEEDED",
            "You have reached a limit of this organisation");

    private final Org org;
    private final Envelope call;
    private final String user;
    private final List<Runnable> undo;

    RecordWriter(Org org, Envelope call, String user, List<Runnable> undo) {
        this.org = org;
        this.call = call;
        this.user = user;
        this.undo = undo;
    }

    Row insert(Incoming record) {
        ObjectType type = org.schema().object(record.type());
        writable(type, "inserted");
        Row row = org.add(type, user);
        try {
            fill(row, record, true);
            if (type.field("OwnerId").isPresent() && row.get("OwnerId") == null) {
                row.put("OwnerId", Ids.full(user));
            }
            assign(row);
            refuse(type, row, "");
            new Rules(org).check(row, true, call.flag("DuplicateRuleHeader", "allowSave"));
        } catch (RecordError | SoapFault e) {
            org.table(type).remove(row.key());
            throw e;
        }
        org.saved(row);
        comment(row);
        undo.add(() -> {
            row.deleted(org.now());
            org.saved(row);
            org.table(type).remove(row.key());
        });
        return row;
    }

    Row update(Incoming record, Row row) {
        writable(row.type(), "updated");
        if (!new Sharing(org).editable(row)) {
            throw RecordError.of("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
        }
        Map<String, String> before = new LinkedHashMap<>(row.values());
        try {
            refuse(row.type(), row, row.id());
            fill(row, record, false);
            assign(row);
            new Rules(org).check(row, false, true);
        } catch (RecordError | SoapFault e) {
            row.restore(before);
            throw e;
        }
        Org.touch(row, user, org.now());
        org.saved(row);
        comment(row);
        undo.add(() -> {
            row.restore(before);
            org.saved(row);
        });
        return row;
    }

    private static void writable(ObjectType type, String verb) {
        if (!type.is("write")) {
            throw RecordError.of(
                    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be " + verb + ": " + type.name());
        }
    }

    private void fill(Row row, Incoming record, boolean creating) {
        ObjectType type = row.type();
        boolean truncate = call.flag("AllowFieldTruncationHeader", "allowFieldTruncation");
        record.fields().forEach((name, text) -> {
            FieldType field = type.field(name).orElseThrow(() -> SoapFault.field("No such column '" + name + "'", -1));
            String value = Values.normal(field, text, truncate);
            if (writes(field, creating, value.equals(row.text(field.name())))) {
                row.put(field.name(), value);
            }
        });
        for (String name : record.nulls()) {
            FieldType field = type.field(name).orElseThrow(() -> SoapFault.field("No such column '" + name + "'", -1));
            if (writes(field, creating, row.get(field.name()) == null)) {
                row.put(field.name(), null);
            }
        }
        record.parents()
                .forEach((name, parent) -> type.relationship(name)
                        .ifPresent(reference -> row.put(reference.name(), parent(reference, parent))));
    }

    private boolean writes(FieldType field, boolean creating, boolean same) {
        boolean may = creating ? field.createable() : field.updateable();
        // Whether an update may repeat the value of a field that only a create may set is not documented.
        boolean pardoned =
                field.is("createonly") && same && !org.switches().options().strict();
        if (!may && !pardoned) {
            throw RecordError.of(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "Unable to create/update fields: " + field.name()
                            + ". Please check the security settings of this field and verify that it is read/write for"
                            + " your profile or permission set.",
                    field.name());
        }
        return may;
    }

    private String parent(FieldType reference, Incoming parent) {
        ObjectType type = org.schema()
                .object(parent.type().isEmpty() ? reference.targets().get(0) : parent.type());
        for (Map.Entry<String, String> key : parent.fields().entrySet()) {
            FieldType field = type.field(key.getKey())
                    .filter(found -> found.is("external"))
                    .orElseThrow(() -> SoapFault.field(
                            "Field name provided, " + key.getKey() + " does not match an External ID for "
                                    + type.name(),
                            -1));
            List<Row> found = new Rules(org).matches(type, field, key.getValue());
            if (found.size() == 1) {
                return found.get(0).id();
            }
            throw RecordError.of(
                    "INVALID_FIELD",
                    "Foreign key external ID: " + key.getValue() + " not found for field " + field.name()
                            + " in entity " + type.name());
        }
        throw RecordError.of("MISSING_ARGUMENT", "no external id of the parent");
    }

    /** The assignment rule, which only runs when a header asks for it, gives everything to the first queue. */
    private void assign(Row row) {
        boolean wanted = call.flag("AssignmentRuleHeader", "useDefaultRule")
                || call.header("AssignmentRuleHeader", "assignmentRuleId")
                        .filter(id -> !id.isBlank())
                        .isPresent();
        if (!wanted || !Set.of("Case", "Lead").contains(row.type().name())) {
            return;
        }
        org.rows("QueueSobject").stream()
                .filter(link -> link.text("SobjectType").equals(row.type().name()))
                .findFirst()
                .ifPresent(link -> row.put("OwnerId", link.text("QueueId")));
    }

    /** A comment that is written through its case becomes a record of its own. */
    private void comment(Row row) {
        String text = row.text("Comments");
        if (row.type().name().equals("Case") && !text.isEmpty()) {
            row.put("Comments", null);
            Row comment = org.add(org.schema().object("CaseComment"), user);
            comment.put("ParentId", row.id());
            comment.put("CommentBody", text);
        }
    }

    /** Lets the faults of single records strike, and the locks that others hold. */
    void refuse(ObjectType type, Row row, String id) {
        Set<String> methods = Set.of(call.operation(), call.operation() + "/" + type.name());
        String parent = id;
        for (FieldType field : type.fields()) {
            String target = row.get(field.name());
            if (target != null && !field.targets().isEmpty()) {
                if (org.locked(target)) {
                    throw RecordError.of("UNABLE_TO_LOCK_ROW", REFUSALS.get("UNABLE_TO_LOCK_ROW") + target);
                }
                parent = parent.isEmpty() && field.createable() ? target : parent;
            }
        }
        if (!id.isEmpty() && org.locked(id)) {
            throw RecordError.of("UNABLE_TO_LOCK_ROW", REFUSALS.get("UNABLE_TO_LOCK_ROW") + id);
        }
        for (Map.Entry<String, String> refusal : REFUSALS.entrySet()) {
            if (org.faults().strikes(refusal.getKey(), methods)) {
                boolean lock = refusal.getKey().equals("UNABLE_TO_LOCK_ROW");
                throw RecordError.of(refusal.getKey(), refusal.getValue() + (lock ? parent : ""));
            }
        }
    }
}
