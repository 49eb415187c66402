// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.http.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation can be asked, whatever the protocol; the rest of the connector knows no more. Every method
 * throws {@link io.cordboard.connector.ConnectorException}, with a {@link FaultCode} as its cause where the
 * organisation named one. Safe for use by many threads.
 */
interface SalesforceApi {
    /** How many records one write may carry. */
    int MOST = 200;

    /** {@return the first rows of a query} */
    Rows query(Priority priority, String soql);

    /** {@return the next rows of a query; a locator is good for one use} */
    Rows queryMore(Priority priority, String locator);

    /** {@return all rows of a query: an organisation may give fewer at once than it is asked for} */
    default List<Row> everyRow(Priority priority, String soql) {
        Rows some = query(priority, soql);
        List<Row> all = new ArrayList<>(some.rows());
        for (String next = some.next(); next != null; next = some.next()) {
            some = queryMore(priority, next);
            all.addAll(some.rows());
        }
        return all;
    }

    /** {@return the records that a search found} */
    List<Row> search(Priority priority, String sosl);

    /** {@return what became of each new record, in their order} */
    List<Saved> create(List<Draft> drafts, Options options);

    /** {@return what became of each changed record, in their order} */
    List<Saved> update(List<Draft> drafts, Options options);

    /** {@return what became of each record, made or changed by an external id, in their order} */
    List<Saved> upsert(String keyField, List<Draft> drafts, Options options);

    /** {@return the ids of what changed between two moments} */
    Changes updated(String type, Instant from, Instant to);

    /** {@return the ids of what was removed between two moments} */
    Changes deleted(String type, Instant from, Instant to);

    /** {@return what objects are like, by their names} */
    Map<String, Shape> describe(List<String> types);

    /** {@return the organisation's time} */
    Instant serverTime();

    /** {@return who asks} */
    Me me();

    /**
     * How to write. Immutable.
     *
     * @param assignmentRule whether the organisation's rule decides whose a record is
     * @param allowDuplicates whether to save in spite of a rule that only warns
     */
    record Options(boolean assignmentRule, boolean allowDuplicates) {
        static final Options PLAIN = new Options(false, false);
    }

    /**
     * A record as it was read; a field of a parent is named {@code Account.Name}. {@link #toString()} shows only what
     * it is. Immutable.
     *
     * @param type its object
     * @param id its id
     * @param values by field; what is empty is absent
     */
    record Row(String type, String id, Map<String, String> values) {
        /** Copies the values. */
        public Row {
            values = Map.copyOf(values);
        }

        String text(String field) {
            return values.getOrDefault(field, "");
        }

        Optional<String> value(String field) {
            return Optional.ofNullable(values.get(field)).filter(text -> !text.isBlank());
        }

        @Override
        public String toString() {
            return type + "/" + id;
        }
    }

    /**
     * Some rows of a query. Immutable.
     *
     * @param rows the rows
     * @param next the locator of those that follow, or null when these are the last
     * @param total how many there are in all
     */
    record Rows(List<Row> rows, @Nullable String next, int total) {
        /** Copies the rows. */
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /** A record to be written. {@link #toString()} shows only what it is. Not safe for use by many threads. */
    final class Draft {
        private final String type;
        private final @Nullable String id;
        private final Map<String, Object> fields = new LinkedHashMap<>();

        Draft(String type) {
            this(type, null);
        }

        Draft(String type, @Nullable String id) {
            this.type = type;
            this.id = id;
        }

        /** Sets a field; nothing and empty texts are left out. */
        Draft with(String field, @Nullable Object value) {
            if (value != null && !"".equals(value)) {
                fields.put(field, value);
            }
            return this;
        }

        /** {@return this record without some of its fields} */
        Draft without(Set<String> names) {
            Draft copy = new Draft(type, id);
            fields.forEach((name, value) -> {
                if (!names.contains(name)) {
                    copy.fields.put(name, value);
                }
            });
            return copy;
        }

        String type() {
            return type;
        }

        @Nullable
        String id() {
            return id;
        }

        Map<String, Object> fields() {
            return fields;
        }

        @Override
        public String toString() {
            return "Draft[" + type + "]";
        }
    }

    /**
     * What became of one record. Immutable.
     *
     * @param id its id; empty when it was not saved
     * @param problems why not; empty when it was saved
     */
    record Saved(String id, List<Problem> problems) {
        /** Copies the problems. */
        public Saved {
            problems = List.copyOf(problems);
        }

        boolean done() {
            return problems.isEmpty();
        }

        boolean has(String code) {
            return problems.stream().anyMatch(problem -> problem.code().equals(code));
        }

        /** Whether a problem is about a field. */
        boolean blames(String field) {
            return problems.stream().anyMatch(problem -> problem.fields().contains(field));
        }
    }

    /**
     * Why a record was not saved. Immutable.
     *
     * @param code the organisation's code, such as {@code UNABLE_TO_LOCK_ROW}
     * @param message its words
     * @param fields which fields are to blame
     * @param twins who is there already, as far as the organisation tells
     * @param allowed whether it could be saved in spite of this
     */
    record Problem(String code, String message, List<String> fields, List<Row> twins, boolean allowed) {
        /** Copies the lists. */
        public Problem {
            fields = List.copyOf(fields);
            twins = List.copyOf(twins);
        }
    }

    /**
     * Ids of records. Immutable.
     *
     * @param ids the ids
     * @param covered until when they are all
     */
    record Changes(Set<String> ids, Instant covered) {
        /** Copies the ids. */
        public Changes {
            ids = Set.copyOf(new LinkedHashSet<>(ids));
        }
    }

    /**
     * What an object is like, for the user who asks. Immutable.
     *
     * @param name its name
     * @param createable whether the user may create it
     * @param updateable whether the user may change it
     * @param replicateable whether changes of it can be asked for
     * @param fields by lower-case name; what the user may not see is absent
     */
    record Shape(
            String name, boolean createable, boolean updateable, boolean replicateable, Map<String, Field> fields) {
        /** Copies the fields. */
        public Shape {
            fields = Map.copyOf(fields);
        }

        Optional<Field> field(String field) {
            return Optional.ofNullable(fields.get(field.toLowerCase(Locale.ROOT)));
        }

        boolean takes(String field) {
            return field(field).filter(Field::createable).isPresent();
        }
    }

    /**
     * A field. Immutable.
     *
     * @param name its name
     * @param type such as {@code phone}
     * @param length the longest text
     * @param externalId whether records can be found by it
     * @param unique whether no two records have the same
     * @param createable whether the user may set it
     * @param restricted whether it takes nothing but its values
     * @param values what a picklist offers
     */
    record Field(
            String name,
            String type,
            int length,
            boolean externalId,
            boolean unique,
            boolean createable,
            boolean restricted,
            Set<String> values) {
        /** Copies the values. */
        public Field {
            values = Set.copyOf(values);
        }

        boolean offers(String value) {
            return values.isEmpty() || values.stream().anyMatch(value::equalsIgnoreCase);
        }
    }

    /**
     * Who asks. Immutable.
     *
     * @param userId the user
     * @param username the user's sign-in name
     * @param organisation the organisation's name
     * @param timeZone the user's
     * @param sessionSeconds how long a session lives without being used
     */
    record Me(String userId, String username, String organisation, String timeZone, int sessionSeconds) {}
}
