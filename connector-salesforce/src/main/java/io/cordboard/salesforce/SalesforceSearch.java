// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSearch;
import io.cordboard.directory.NumberPlan;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose number it is: the organisation's search by digits, and its indexed field with digits where it has one. What is
 * found is read again here, because a search for a part of a number finds others too.
 */
final class SalesforceSearch implements ContactSearch {
    private static final int MOST_EACH = 20;
    private static final List<ContactRef.Type> TYPES =
            List.of(ContactRef.Type.CONTACT, ContactRef.Type.COMPANY, ContactRef.Type.LEAD);

    private final Parts parts;
    private final ContactReader reader;
    private final NumberPlan plan;

    SalesforceSearch(Parts parts, ContactReader reader) {
        this.parts = parts;
        this.reader = reader;
        this.plan = new NumberPlan(parts.context().region());
    }

    @Override
    public List<Contact> search(PhoneNumber number) {
        Map<ContactRef, Contact> found = new LinkedHashMap<>();
        for (Row row : find(List.of(number), Priority.LIVE, MOST_EACH)) {
            reader.read(row)
                    .filter(contact -> has(contact, number))
                    .ifPresent(contact -> found.putIfAbsent(contact.ref(), contact));
        }
        return List.copyOf(found.values());
    }

    /** {@return everybody who may have one of the numbers} */
    List<Row> find(Collection<PhoneNumber> numbers, Priority priority, int mostEach) {
        List<ContactRef.Type> visible = visible();
        if (visible.isEmpty()) {
            return List.of();
        }
        String terms = numbers.stream().map(Spelled::terms).collect(Collectors.joining(" OR "));
        String returning = visible.stream()
                .map(type -> ObjectNames.name(type) + "(" + reader.fields(type)
                        + (type == ContactRef.Type.LEAD ? " WHERE IsConverted = false" : "") + " LIMIT " + mostEach
                        + ")")
                .collect(Collectors.joining(", "));
        List<Row> rows = new ArrayList<>(
                parts.api().search(priority, "FIND {" + terms + "} IN PHONE FIELDS RETURNING " + returning));
        parts.settings().sync().keyField().ifPresent(field -> rows.addAll(byKey(field, numbers, priority, visible)));
        return rows;
    }

    private List<ContactRef.Type> visible() {
        return TYPES.stream()
                .filter(type -> !parts.shapes().phones(ObjectNames.name(type)).isEmpty())
                .toList();
    }

    private List<Row> byKey(
            String field, Collection<PhoneNumber> numbers, Priority priority, List<ContactRef.Type> visible) {
        Set<String> keys = new LinkedHashSet<>();
        numbers.forEach(number -> keys.addAll(List.of(number.digits(), number.e164())));
        List<Row> rows = new ArrayList<>();
        for (ContactRef.Type type : visible) {
            String object = ObjectNames.name(type);
            Optional<String> name = parts.shapes()
                    .of(object)
                    .flatMap(shape -> shape.field(field))
                    .map(SalesforceApi.Field::name);
            name.ifPresent(known -> rows.addAll(parts.api()
                    .everyRow(
                            priority,
                            "SELECT " + reader.fields(type) + " FROM " + object + " WHERE " + known + " IN "
                                    + Soql.in(keys))));
        }
        return rows;
    }

    /** {@return whether one of a contact's numbers is the whole number} */
    boolean has(Contact contact, PhoneNumber number) {
        return has(contact.phones(), number);
    }

    boolean has(Collection<String> phones, PhoneNumber number) {
        Set<PhoneNumber> all = new HashSet<>();
        phones.forEach(text -> plan.readAll(text).forEach(read -> all.add(read.main())));
        // A field with digits only has no place for a spelling that can be read.
        return all.contains(number.main()) || phones.stream().anyMatch(number.digits()::equals);
    }
}
