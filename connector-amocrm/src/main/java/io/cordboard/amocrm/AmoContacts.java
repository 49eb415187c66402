// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSource;
import io.cordboard.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All contacts, companies and open leads, page by page. A lead has the numbers of its contacts, so that a caller who is
 * only an incoming lead is known, too.
 *
 * <p>The cursor is the sort and the number of the page, such as {@code COMPANY:3}. Changes come newest first and the
 * reading stops at the moment that was asked for: right also where the account ignores the filter.
 */
final class AmoContacts implements ContactSource {
    private static final int IDS = 100;

    private final AmoApi api;
    private final String account;
    private final ContactReader reader;
    private final List<ContactRef.Type> types;
    private final int rows;

    AmoContacts(AmoApi api, String account, ContactReader reader, AmoCrmSettings.Sync settings) {
        this.api = api;
        this.account = account;
        this.reader = reader;
        this.rows = settings.rows();
        List<ContactRef.Type> wanted = new ArrayList<>();
        if (settings.contacts()) {
            wanted.add(ContactRef.Type.CONTACT);
        }
        if (settings.companies()) {
            wanted.add(ContactRef.Type.COMPANY);
        }
        if (settings.leads()) {
            wanted.add(ContactRef.Type.LEAD);
        }
        this.types = List.copyOf(wanted);
    }

    @Override
    public Page page(String cursor) {
        return page(Place.of(cursor, types), Optional.empty());
    }

    @Override
    public Page changedSince(Instant since, String cursor) {
        return page(Place.of(cursor, types), Optional.of(since));
    }

    @Override
    public List<Contact> fetch(Set<ContactRef> refs) {
        return fetch(Traffic.SYNC, refs);
    }

    private List<Contact> fetch(Traffic traffic, Set<ContactRef> refs) {
        List<Contact> found = new ArrayList<>();
        for (ContactRef.Type type : ContactRef.Type.values()) {
            Set<String> ids = new TreeSet<>();
            refs.stream().filter(ref -> ref.type() == type).forEach(ref -> ids.add(ref.id()));
            read(traffic, type, rows(traffic, type, ids), found);
        }
        return found;
    }

    private Page page(Optional<Place> place, Optional<Instant> since) {
        if (place.isEmpty()) {
            return new Page(List.of(), "", true, -1);
        }
        ContactRef.Type type = place.get().type();
        Reply reply = api.get(Traffic.SYNC, list(place.get(), since)).orThrow();
        List<JsonNode> here = new ArrayList<>();
        boolean older = false;
        for (JsonNode row : reply.list(Card.kind(type))) {
            Instant updated = ContactReader.updated(row);
            older |= since.isPresent()
                    && updated != null
                    && updated.isBefore(since.get().minusSeconds(1));
            if (!older) {
                here.add(row);
            }
        }
        List<Contact> contacts = new ArrayList<>();
        read(Traffic.SYNC, type, here, contacts);
        Set<ContactRef> gone = since.isPresent() ? gone(type, here, contacts) : Set.of();
        if (since.isPresent() && type == ContactRef.Type.CONTACT && types.contains(ContactRef.Type.LEAD)) {
            contacts.addAll(fetch(Traffic.SYNC, leadsOf(here)));
        }
        boolean more = reply.hasNext() && !older;
        Optional<Place> next =
                more ? Optional.of(place.get().further()) : place.get().afterwards(types);
        return new Page(contacts, next.map(Place::toString).orElse(""), next.isEmpty(), -1, gone);
    }

    private Query list(Place place, Optional<Instant> since) {
        Query query =
                Query.of("api/v4/" + Card.kind(place.type())).and("limit", rows).and("page", place.page());
        if (place.type() == ContactRef.Type.LEAD) {
            query.and("with", "contacts");
        } else if (place.type() == ContactRef.Type.CONTACT && since.isPresent()) {
            query.and("with", "leads");
        }
        since.ifPresentOrElse(
                moment -> query.and("filter[updated_at][from]", moment.getEpochSecond())
                        .and("order[updated_at]", "desc"),
                () -> query.and("order[id]", "asc"));
        return query;
    }

    /** A lead is called by its contacts' numbers, and does not change itself when these do. */
    private Set<ContactRef> leadsOf(List<JsonNode> contacts) {
        Set<ContactRef> leads = new HashSet<>();
        contacts.forEach(row -> row.path("_embedded")
                .path("leads")
                .forEach(lead -> Json.id(lead, "id")
                        .ifPresent(id -> leads.add(new ContactRef(account, ContactRef.Type.LEAD, id)))));
        return leads;
    }

    /** Who is in the account and may not be called any more: without a number, removed, or a lead that is closed. */
    private Set<ContactRef> gone(ContactRef.Type type, List<JsonNode> rows, List<Contact> contacts) {
        Set<ContactRef> gone = new HashSet<>();
        rows.forEach(row -> Json.id(row, "id").ifPresent(id -> gone.add(new ContactRef(account, type, id))));
        contacts.forEach(contact -> gone.remove(contact.ref()));
        return gone;
    }

    private void read(Traffic traffic, ContactRef.Type type, List<JsonNode> rows, List<Contact> into) {
        if (type != ContactRef.Type.LEAD) {
            rows.forEach(row -> reader.read(type, row).ifPresent(into::add));
            return;
        }
        List<JsonNode> open = rows.stream().filter(ContactReader::isOpen).toList();
        Map<String, List<String>> phones = phonesOf(traffic, open);
        for (JsonNode lead : open) {
            Set<String> its = new LinkedHashSet<>();
            contactsOf(lead).forEach(id -> its.addAll(phones.getOrDefault(id, List.of())));
            reader.read(type, lead, List.copyOf(its)).ifPresent(into::add);
        }
    }

    private Map<String, List<String>> phonesOf(Traffic traffic, List<JsonNode> leads) {
        Set<String> ids = new TreeSet<>();
        leads.forEach(lead -> ids.addAll(contactsOf(lead)));
        Map<String, List<String>> phones = new HashMap<>();
        for (JsonNode row : rows(traffic, ContactRef.Type.CONTACT, ids)) {
            phones.put(Json.text(row, "id"), ContactReader.phones(row));
        }
        return phones;
    }

    private static List<String> contactsOf(JsonNode lead) {
        List<String> ids = new ArrayList<>();
        lead.path("_embedded")
                .path("contacts")
                .forEach(contact -> Json.id(contact, "id").ifPresent(ids::add));
        return ids;
    }

    /** {@return the rows of those who exist among the ids; others that come are not asked for} */
    private List<JsonNode> rows(Traffic traffic, ContactRef.Type type, Set<String> ids) {
        List<JsonNode> found = new ArrayList<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += IDS) {
            List<String> part = all.subList(from, Math.min(all.size(), from + IDS));
            Query query = Query.of("api/v4/" + Card.kind(type))
                    .andAll("filter[id][]", part)
                    .and("limit", 250);
            if (type == ContactRef.Type.LEAD) {
                query.and("with", "contacts");
            }
            Reply reply = api.get(traffic, query).orThrow();
            boolean ignored = false;
            for (JsonNode row : reply.list(Card.kind(type))) {
                if (part.contains(Json.text(row, "id"))) {
                    found.add(row);
                } else {
                    ignored = true;
                }
            }
            if (ignored) {
                found.removeIf(row -> part.contains(Json.text(row, "id")));
                part.forEach(id -> one(traffic, type, id).ifPresent(found::add));
            }
        }
        return found;
    }

    /** The filter is switched off in some accounts, and ignored there without a word. */
    private Optional<JsonNode> one(Traffic traffic, ContactRef.Type type, String id) {
        Query query = Query.of("api/v4/" + Card.kind(type) + "/" + id);
        if (type == ContactRef.Type.LEAD) {
            query.and("with", "contacts");
        }
        Reply reply = api.get(traffic, query);
        Fault fault = reply.fault();
        if (fault != null && fault.isNotFound()) {
            return Optional.empty();
        }
        return Optional.of(reply.orThrow().body()).filter(JsonNode::isObject);
    }

    /** A page of the pass. Immutable. */
    private record Place(ContactRef.Type type, int page) {
        static Optional<Place> of(String cursor, List<ContactRef.Type> types) {
            int colon = cursor.indexOf(':');
            if (colon > 0 && AmoCrmSettings.isNumber(cursor.substring(colon + 1))) {
                for (ContactRef.Type type : types) {
                    if (type.name().equals(cursor.substring(0, colon))) {
                        return Optional.of(new Place(type, Integer.parseInt(cursor.substring(colon + 1))));
                    }
                }
            }
            return types.isEmpty() ? Optional.empty() : Optional.of(new Place(types.get(0), 1));
        }

        Place further() {
            return new Place(type, page + 1);
        }

        Optional<Place> afterwards(List<ContactRef.Type> types) {
            int next = types.indexOf(type) + 1;
            return next < types.size() ? Optional.of(new Place(types.get(next), 1)) : Optional.empty();
        }

        @Override
        public String toString() {
            return type + ":" + page;
        }
    }
}
