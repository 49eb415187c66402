// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.http.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads contacts, companies and leads out of the portal's rows. Immutable. */
final class ContactReader {
    private final String account;
    private final URI pages;
    private final boolean convertedLeads;

    ContactReader(String account, URI pages, boolean convertedLeads) {
        this.account = account;
        this.pages = pages;
        this.convertedLeads = convertedLeads;
    }

    static List<String> fields(ContactRef.Type type) {
        return switch (type) {
            case CONTACT -> List.of("ID", "NAME", "LAST_NAME", "ASSIGNED_BY_ID", "DATE_MODIFY", "PHONE");
            case COMPANY -> List.of("ID", "TITLE", "ASSIGNED_BY_ID", "DATE_MODIFY", "PHONE");
            case LEAD ->
                List.of(
                        "ID",
                        "TITLE",
                        "NAME",
                        "LAST_NAME",
                        "COMPANY_TITLE",
                        "STATUS_ID",
                        "ASSIGNED_BY_ID",
                        "DATE_MODIFY",
                        "PHONE");
        };
    }

    /** {@return the contact, unless it has no number or is a lead that became a contact} */
    Optional<Contact> read(ContactRef.Type type, JsonNode row) {
        Optional<String> id = Json.id(row, "ID");
        List<String> phones = phones(row.path("PHONE"));
        boolean converted = Json.text(row, "STATUS_ID").equals("CONVERTED") && !convertedLeads;
        if (id.isEmpty() || phones.isEmpty() || converted) {
            return Optional.empty();
        }
        String company = Json.text(row, "COMPANY_TITLE");
        return Optional.of(new Contact(
                new ContactRef(account, type, id.get()),
                name(type, row),
                phones,
                Json.id(row, "ASSIGNED_BY_ID").orElse(null),
                pages.resolve("/crm/" + type.name().toLowerCase(Locale.ROOT) + "/details/" + id.get() + "/"),
                Bitrix24Messages.instant(Json.text(row, "DATE_MODIFY")),
                company.isEmpty() ? null : company));
    }

    private static String name(ContactRef.Type type, JsonNode row) {
        if (type == ContactRef.Type.COMPANY) {
            return Json.text(row, "TITLE");
        }
        String person = (Json.text(row, "NAME") + " " + Json.text(row, "LAST_NAME")).strip();
        return person.isEmpty() ? Json.text(row, "TITLE") : person;
    }

    private static List<String> phones(JsonNode field) {
        List<String> phones = new ArrayList<>();
        for (JsonNode phone : field) {
            String value = Json.text(phone, "VALUE");
            if (!value.isEmpty()) {
                phones.add(value);
            }
        }
        return phones;
    }
}
