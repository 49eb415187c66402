// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.http.Json;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads contacts and companies out of the account's rows. Immutable. */
final class ContactReader {
    private static final Set<String> CLOSED = Set.of("142", "143");

    private final String account;
    private final Supplier<URI> pages;

    ContactReader(String account, Supplier<URI> pages) {
        this.account = account;
        this.pages = pages;
    }

    /** {@return the contact, unless it has no number or is removed} */
    Optional<Contact> read(ContactRef.Type type, JsonNode row) {
        return read(type, row, phones(row));
    }

    /** {@return the same for a row that has no numbers of its own, such as a lead's} */
    Optional<Contact> read(ContactRef.Type type, JsonNode row, List<String> phones) {
        Optional<String> id = Json.id(row, "id");
        if (id.isEmpty() || phones.isEmpty() || Json.flag(row, "is_deleted")) {
            return Optional.empty();
        }
        return Optional.of(new Contact(
                new ContactRef(account, type, id.get()),
                name(row),
                phones,
                Json.id(row, "responsible_user_id").orElse(null),
                page(pages.get(), type, id.get()),
                updated(row),
                null));
    }

    static URI page(URI pages, ContactRef.Type type, String id) {
        return pages.resolve("/" + Card.kind(type) + "/detail/" + id);
    }

    /** {@return the texts of the phone fields; the field's own name differs in each language} */
    static List<String> phones(JsonNode row) {
        List<String> phones = new ArrayList<>();
        for (JsonNode field : row.path("custom_fields_values")) {
            if (Json.text(field, "field_code").equals("PHONE")) {
                for (JsonNode value : field.path("values")) {
                    String text = Json.text(value, "value");
                    if (!text.isEmpty()) {
                        phones.add(text);
                    }
                }
            }
        }
        return phones;
    }

    /** {@return whether a lead is neither won nor lost nor removed} */
    static boolean isOpen(JsonNode lead) {
        return !Json.flag(lead, "is_deleted") && !CLOSED.contains(Json.text(lead, "status_id"));
    }

    static @Nullable Instant updated(JsonNode row) {
        JsonNode at = row.path("updated_at");
        return at.isNumber() ? Instant.ofEpochSecond(at.asLong()) : null;
    }

    private static String name(JsonNode row) {
        String name = Json.text(row, "name");
        return name.isEmpty() ? (Json.text(row, "first_name") + " " + Json.text(row, "last_name")).strip() : name;
    }
}
