// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom the organisation's duplicate rules take for a caller. A rule may go by a name or a company, so each of them is
 * read, and only who has the number is the caller.
 */
final class Twins {
    private static final String CONVERTED = "ConvertedContactId";

    private final Parts parts;
    private final ContactReader reader;
    private final SalesforceSearch search;

    Twins(Parts parts, ContactReader reader, SalesforceSearch search) {
        this.parts = parts;
        this.reader = reader;
        this.search = search;
    }

    /** {@return who each refused record is already, in their order} */
    List<Optional<ContactRef>> of(List<Saved> refused, List<PhoneNumber> numbers) {
        Set<ContactRef> named = new LinkedHashSet<>();
        refused.forEach(saved -> named(saved).forEach(named::add));
        Map<String, Row> rows = rows(named);
        List<Optional<ContactRef>> all = new ArrayList<>();
        for (int i = 0; i < refused.size(); i++) {
            PhoneNumber number = numbers.get(i);
            all.add(named(refused.get(i))
                    .flatMap(ref -> person(ref, number, rows).stream())
                    .min(Comparator.comparing(ContactRef::type)));
        }
        return all;
    }

    private Stream<ContactRef> named(Saved saved) {
        return saved.problems().stream()
                .flatMap(problem -> problem.twins().stream())
                .map(reader::ref)
                .flatMap(Optional::stream);
    }

    /** A lead that became a contact is that contact. */
    private Optional<ContactRef> person(ContactRef ref, PhoneNumber number, Map<String, Row> rows) {
        Row row = rows.get(ref.id());
        if (row == null || !search.has(reader.phones(row), number)) {
            return Optional.empty();
        }
        if (!row.text("IsConverted").equals("true")) {
            return Optional.of(ref);
        }
        return row.value(CONVERTED)
                .filter(rows::containsKey)
                .map(id -> new ContactRef(parts.account(), ContactRef.Type.CONTACT, id));
    }

    private Map<String, Row> rows(Set<ContactRef> named) {
        Map<String, Row> rows = new HashMap<>();
        read(ContactRef.Type.LEAD, ids(named, ContactRef.Type.LEAD), rows);
        Set<String> contacts = ids(named, ContactRef.Type.CONTACT);
        rows.values().forEach(lead -> lead.value(CONVERTED).ifPresent(contacts::add));
        read(ContactRef.Type.CONTACT, contacts, rows);
        read(ContactRef.Type.COMPANY, ids(named, ContactRef.Type.COMPANY), rows);
        return rows;
    }

    private static Set<String> ids(Set<ContactRef> named, ContactRef.Type type) {
        Set<String> ids = new LinkedHashSet<>();
        named.stream().filter(ref -> ref.type() == type).map(ContactRef::id).forEach(ids::add);
        return ids;
    }

    private void read(ContactRef.Type type, Set<String> ids, Map<String, Row> rows) {
        String object = ObjectNames.name(type);
        if (ids.isEmpty() || parts.shapes().of(object).isEmpty()) {
            return;
        }
        String converted = parts.shapes()
                .of(object)
                .flatMap(shape -> shape.field(CONVERTED))
                .map(field -> ", " + field.name())
                .orElse("");
        parts.api()
                .everyRow(
                        Priority.DELIVERY,
                        "SELECT " + reader.fields(type) + converted + " FROM " + object + " WHERE Id IN "
                                + Soql.in(ids))
                .forEach(row -> rows.put(row.id(), row));
    }
}
