// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.Faults;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The records of the organisation. Guarded by the sandbox's lock. */
final class Org {
    static final String ID = Ids.of("00D", 1);
    static final String INTEGRATION_USER = Ids.of("005", 1);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Schema schema;
    private final Switches switches;
    private final Faults faults;
    private final Map<String, NavigableMap<String, Row>> tables = new HashMap<>();
    private final Map<String, Set<Row>> keys = new HashMap<>();
    private final Map<String, Integer> locks = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final PhoneIndex phones;

    Org(Schema schema, Switches switches, Faults faults) {
        this.schema = schema;
        this.switches = switches;
        this.faults = faults;
        this.phones = new PhoneIndex(switches);
    }

    Schema schema() {
        return schema;
    }

    Switches switches() {
        return switches;
    }

    Faults faults() {
        return faults;
    }

    PhoneIndex phones() {
        return phones;
    }

    /** The time to the second: stamps of records know no more. */
    Instant now() {
        return switches.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    static String stamp(Instant time) {
        return STAMP.format(time);
    }

    NavigableMap<String, Row> table(ObjectType type) {
        return tables.computeIfAbsent(type.name(), name -> new TreeMap<>());
    }

    /** The records of an object, without those in the recycle bin. */
    Collection<Row> rows(String object) {
        return table(schema.object(object)).values().stream()
                .filter(row -> !row.isDeleted())
                .toList();
    }

    /** A record by its id, also one in the recycle bin. */
    Optional<Row> find(String id) {
        return schema.ofId(id).map(type -> table(type).get(Ids.key(id)));
    }

    Optional<Row> alive(String id) {
        return find(id).filter(row -> !row.isDeleted());
    }

    Row add(ObjectType type, String user) {
        long number = sequences.merge(type.prefix(), 1L, Long::sum);
        return add(type, Ids.of(type.prefix(), number), user, now());
    }

    Row add(ObjectType type, String id, String user, Instant when) {
        Row row = new Row(type, id);
        for (FieldType field : type.fields()) {
            if (!field.initial().isEmpty()) {
                row.put(field.name(), field.initial());
            }
        }
        row.put("CreatedDate", stamp(when));
        row.put("CreatedById", Ids.full(user));
        touch(row, user, when);
        table(type).put(id, row);
        return row;
    }

    /** Somebody else works at a record for the next so many writes that touch it. */
    void lock(String id, int times) {
        locks.put(Ids.key(id), times);
    }

    boolean locked(String id) {
        int left = locks.getOrDefault(Ids.key(id), 0);
        if (left > 0) {
            locks.put(Ids.key(id), left - 1);
        }
        return left > 0;
    }

    long next(String sequence) {
        return sequences.merge(sequence, 1L, Long::sum);
    }

    /** The records that had a value in a field of keys at some time; who asks looks whether they still do. */
    Set<Row> keyed(ObjectType type, FieldType field, String value) {
        return keys.getOrDefault(keyOf(type, field, value), Set.of());
    }

    private static String keyOf(ObjectType type, FieldType field, String value) {
        return type.name() + "/" + field.name() + "/" + value.toLowerCase(Locale.ROOT);
    }

    static void touch(Row row, String user, Instant when) {
        row.put("LastModifiedDate", stamp(when));
        row.put("LastModifiedById", Ids.full(user));
        row.put("SystemModstamp", stamp(when));
    }

    /** After every change of a record: what follows from its fields, its keys, and what the search knows. */
    void saved(Row row) {
        new Derived(this).of(row);
        for (FieldType field : row.type().fields()) {
            String value = field.is("external") || field.is("unique") ? row.get(field.name()) : null;
            if (value != null) {
                keys.computeIfAbsent(keyOf(row.type(), field, value), key -> new LinkedHashSet<>(1))
                        .add(row);
            }
        }
        phones.changed(row, switches.clock().instant());
    }
}
