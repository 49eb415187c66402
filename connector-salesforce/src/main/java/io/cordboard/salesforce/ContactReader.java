// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.salesforce.SalesforceApi.Row;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Contacts, accounts and leads as they are asked for and read. */
final class ContactReader {
    private static final DateTimeFormatter WITH_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS[XXX][XX]");

    private final String account;
    private final URI pages;
    private final Shapes shapes;

    ContactReader(String account, URI pages, Shapes shapes) {
        this.account = account;
        this.pages = pages;
        this.shapes = shapes;
    }

    /** {@return the fields to ask for, separated by commas} */
    String fields(ContactRef.Type type) {
        String object = ObjectNames.name(type);
        List<String> fields = new ArrayList<>(List.of("Id", "Name", "OwnerId", "SystemModstamp"));
        fields.addAll(shapes.phones(object));
        if (type == ContactRef.Type.CONTACT) {
            fields.add("Account.Name");
        }
        if (type == ContactRef.Type.LEAD) {
            fields.add("Company");
            fields.add("IsConverted");
        }
        return String.join(", ", fields);
    }

    /** {@return the condition that a record has some number} */
    String hasNumber(ContactRef.Type type) {
        List<String> phones = shapes.phones(ObjectNames.name(type));
        return phones.isEmpty()
                ? "Id = null"
                : phones.stream().map(field -> field + " != null").collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** {@return the contact; empty for an object that is none, and for a lead that has become one} */
    Optional<Contact> read(Row row) {
        return ref(row).filter(ref -> !row.text("IsConverted").equals("true")).map(ref -> contact(ref, row));
    }

    Optional<ContactRef> ref(Row row) {
        return row.id().isEmpty()
                ? Optional.empty()
                : ObjectNames.typeOf(row.type()).map(type -> new ContactRef(account, type, row.id()));
    }

    /** {@return every number of a record, as it is written there} */
    List<String> phones(Row row) {
        return shapes.phones(row.type()).stream()
                .map(row::value)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** {@return the page of a record} */
    URI page(String object, String id) {
        return pages.resolve("/lightning/r/" + object + "/" + id + "/view");
    }

    private Contact contact(ContactRef ref, Row row) {
        String company = ref.type() == ContactRef.Type.LEAD ? row.text("Company") : row.text("Account.Name");
        return new Contact(
                ref,
                row.text("Name"),
                phones(row),
                row.value("OwnerId").orElse(null),
                page(row.type(), row.id()),
                moment(row.text("SystemModstamp")),
                company.isBlank() ? null : company);
    }

    static @Nullable Instant moment(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text, WITH_ZONE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
