// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import io.cordboard.crm.ContactSearch;
import io.cordboard.http.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose number it is: the portal's own search and its search for duplicates, and then the contacts' real numbers. */
final class Bitrix24Search implements ContactSearch {
    private final Bitrix24Api api;
    private final Bitrix24Contacts contacts;

    Bitrix24Search(Bitrix24Api api, Bitrix24Contacts contacts) {
        this.api = api;
        this.contacts = contacts;
    }

    @Override
    public List<Contact> search(PhoneNumber number) {
        List<Reply> replies = api.batch(
                Traffic.SEARCH,
                List.of(
                        Spellings.findByPhone(number),
                        new Command(
                                "telephony.externalCall.searchCrmEntities", Map.of("PHONE_NUMBER", number.e164()))));
        // The second one needs the scope of telephony, which an account for contacts only does not have.
        Set<Owner> found = new LinkedHashSet<>(Spellings.owners(replies.get(0).orThrow()));
        for (JsonNode row : replies.get(1).result()) {
            Owner.of(Json.text(row, "CRM_ENTITY_TYPE"), Json.text(row, "CRM_ENTITY_ID"))
                    .ifPresent(found::add);
        }
        return found.isEmpty() ? List.of() : contacts.fetchNow(List.copyOf(found));
    }
}
