// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** create, update, upsert, delete, undelete: up to 200 records, each with an outcome of its own. */
final class Dml {
    static final int MOST = 200;
    private static final int MOST_CHUNKS = 10;

    private final Org org;
    private final Envelope call;
    private final RecordWriter writer;
    private final List<Runnable> undo = new ArrayList<>();

    Dml(Org org, Envelope call, String user) {
        this.org = org;
        this.call = call;
        this.writer = new RecordWriter(org, call, user, undo);
    }

    String run() {
        return switch (call.operation()) {
            case "create" -> results(records(), this::create);
            case "update" -> results(records(), this::update);
            case "upsert" -> upserts();
            default -> results(ids(), this::removeOrRestore);
        };
    }

    private List<Incoming> records() {
        List<Incoming> records =
                call.elements("sObjects").stream().map(Incoming::read).toList();
        count(records.size());
        int chunks = 0;
        String last = "";
        for (Incoming record : records) {
            ObjectType type = org.schema().object(record.type());
            chunks += type.name().equals(last) ? 0 : 1;
            last = type.name();
            names(type, record);
        }
        if (chunks > MOST_CHUNKS) {
            throw SoapFault.unexpected(
                    "LIMIT_EXCEEDED",
                    "Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce"
                            + " chunking.");
        }
        return records;
    }

    private List<String> ids() {
        List<String> ids = call.texts("ids");
        count(ids.size());
        return ids;
    }

    private static void count(int records) {
        if (records > MOST) {
            throw SoapFault.unexpected(
                    "EXCEEDED_ID_LIMIT",
                    "record limit reached. cannot submit more than " + MOST + " records into this call");
        }
    }

    /** A field that nobody knows fails the whole call, not its record. */
    private static void names(ObjectType type, Incoming record) {
        List<String> names = new ArrayList<>(record.fields().keySet());
        names.addAll(record.nulls());
        for (String name : names) {
            if (type.field(name).isEmpty()) {
                throw SoapFault.field("No such column '" + name + "' on entity '" + type.name() + "'.", -1);
            }
        }
        for (String name : record.parents().keySet()) {
            if (type.relationship(name).isEmpty()) {
                throw SoapFault.field("No such relation '" + name + "' on entity '" + type.name() + "'.", -1);
            }
        }
    }

    private <T> String results(List<T> records, Work<T> work) {
        List<Result> results = new ArrayList<>();
        for (T record : records) {
            results.add(attempt(() -> work.on(record)));
        }
        return write(results, false);
    }

    private static Result attempt(java.util.function.Supplier<Result> work) {
        try {
            return work.get();
        } catch (RecordError e) {
            return new Result(null, false, e);
        }
    }

    private String write(List<Result> results, boolean upsert) {
        boolean failed = results.stream().anyMatch(result -> result.error != null);
        boolean rollBack = failed && call.flag("AllOrNoneHeader", "allOrNone");
        if (rollBack) {
            for (int i = undo.size() - 1; i >= 0; i--) {
                undo.get(i).run();
            }
        }
        RecordError rolledBack = RecordError.of(
                "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                "Record rolled back because not all records were valid and the request was using AllOrNone header");
        Out out = new Out();
        for (Result result : results) {
            RecordError error = rollBack && result.error == null ? rolledBack : result.error;
            out.open("result");
            if (upsert) {
                out.leaf("created", error == null && result.created);
            }
            if (error != null) {
                error.write(out);
            }
            out.leaf("id", error == null ? result.id : null).leaf("success", error == null);
            out.close("result");
        }
        return out.toString();
    }

    private Result create(Incoming record) {
        if (!record.id().isEmpty()) {
            throw RecordError.of("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", "Id");
        }
        return new Result(writer.insert(record).id(), true, null);
    }

    private Result update(Incoming record) {
        if (record.id().isEmpty()) {
            throw RecordError.of("MISSING_ARGUMENT", "Id not specified in an update call");
        }
        return new Result(writer.update(record, target(record)).id(), false, null);
    }

    private Row target(Incoming record) {
        Row row = existing(record.id());
        if (!row.type().name().equalsIgnoreCase(record.type())) {
            throw RecordError.of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        return row;
    }

    private Row existing(String id) {
        if (!Ids.valid(id)) {
            throw RecordError.of("MALFORMED_ID", "malformed id " + id);
        }
        Row row = org.find(id)
                .orElseThrow(() -> RecordError.of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
        if (row.isDeleted() && !call.operation().equals("undelete")) {
            throw RecordError.of("ENTITY_IS_DELETED", "entity is deleted");
        }
        return row;
    }

    private String upserts() {
        String name = call.text("externalIDFieldName").strip();
        List<Incoming> records = records();
        Map<String, Integer> seen = new HashMap<>();
        for (Incoming record : records) {
            seen.merge(keyOf(record, name).toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        List<Result> results = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (Incoming record : records) {
            String key = keyOf(record, name).toLowerCase(Locale.ROOT);
            boolean twice = !key.isEmpty() && seen.getOrDefault(key, 0) > 1 && !done.add(key);
            results.add(attempt(() -> {
                if (twice) {
                    throw RecordError.of("DUPLICATE_VALUE", "Duplicate external id specified: " + key, name);
                }
                return upsert(record, name);
            }));
        }
        return write(results, true);
    }

    private static String keyOf(Incoming record, String name) {
        if (name.equalsIgnoreCase("Id")) {
            return record.id();
        }
        return record.fields().entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private Result upsert(Incoming record, String name) {
        if (name.equalsIgnoreCase("Id")) {
            return record.id().isEmpty() ? create(record) : update(record);
        }
        ObjectType type = org.schema().object(record.type());
        FieldType field = type.field(name)
                .filter(found -> found.is("external"))
                .orElseThrow(() -> SoapFault.field(
                        "Field name provided, " + name
                                + " does not match an External ID, Salesforce Id, or indexed field for " + type.name(),
                        -1));
        String key = keyOf(record, name);
        if (key.isEmpty()) {
            throw RecordError.of("MISSING_ARGUMENT", name + " not specified");
        }
        List<Row> known = new Rules(org).matches(type, field, key);
        if (known.size() > 1) {
            throw RecordError.of("DUPLICATE_VALUE", name + ": more than one record found for external id field", name);
        }
        if (known.isEmpty()) {
            boolean race = org.faults().strikes("upsertRace", Set.of(call.operation()));
            Row row = writer.insert(record);
            if (race) {
                // Another process was faster with the same key.
                throw Rules.taken(field, row);
            }
            return new Result(row.id(), true, null);
        }
        return new Result(writer.update(record, known.get(0)).id(), false, null);
    }

    private Result removeOrRestore(String id) {
        Row row = existing(id);
        boolean restore = call.operation().equals("undelete");
        if (restore && !row.isDeleted()) {
            throw RecordError.of("UNDELETE_FAILED", "Entity is not in the recycle bin");
        }
        writer.refuse(row.type(), row, row.id());
        Map<String, String> before = new LinkedHashMap<>(row.values());
        Instant deleted = row.deleted();
        row.deleted(restore ? null : org.now());
        row.put("SystemModstamp", Org.stamp(org.now()));
        org.saved(row);
        undo.add(() -> {
            row.deleted(deleted);
            row.restore(before);
            org.saved(row);
        });
        return new Result(row.id(), false, null);
    }

    private interface Work<T> {
        Result on(T record);
    }

    private record Result(
            @Nullable String id, boolean created, @Nullable RecordError error) {}
}
