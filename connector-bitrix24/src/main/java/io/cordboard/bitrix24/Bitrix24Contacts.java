// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSource;
import io.cordboard.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All contacts, by their ids upward and without counting: the way that stays fast with millions of them.
 *
 * <p>One request carries up to fifty lists of fifty, each beginning behind the last row of the one before it. The
 * cursor is the sort of contact and the last id read, such as {@code LEAD:4711}.
 */
final class Bitrix24Contacts implements ContactSource {
    private static final int ROWS = 50;

    private final Bitrix24Api api;
    private final ContactReader reader;
    private final List<ContactRef.Type> types;
    private final int lists;

    Bitrix24Contacts(Bitrix24Api api, ContactReader reader, Bitrix24Settings.Sync settings) {
        this.api = api;
        this.reader = reader;
        this.lists = settings.listsPerRequest();
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
        return page(cursor, Map.of());
    }

    @Override
    public Page changedSince(Instant since, String cursor) {
        return page(cursor, Map.of(">=DATE_MODIFY", Telephony.iso(since)));
    }

    @Override
    public List<Contact> fetch(Set<ContactRef> refs) {
        List<Command> commands = new ArrayList<>();
        List<ContactRef.Type> asked = new ArrayList<>();
        for (ContactRef.Type type : ContactRef.Type.values()) {
            List<String> ids = refs.stream()
                    .filter(ref -> ref.type() == type)
                    .map(ContactRef::id)
                    .sorted()
                    .toList();
            for (int from = 0; from < ids.size(); from += ROWS) {
                commands.add(list(type, Map.of("@ID", ids.subList(from, Math.min(ids.size(), from + ROWS)))));
                asked.add(type);
            }
        }
        return read(commands, asked, Traffic.SYNC);
    }

    /** {@return the same for somebody who waits for it} */
    List<Contact> fetchNow(List<Owner> owners) {
        List<Command> commands = new ArrayList<>();
        List<ContactRef.Type> asked = new ArrayList<>();
        for (ContactRef.Type type : ContactRef.Type.values()) {
            List<String> ids = owners.stream()
                    .filter(owner -> owner.type().equals(type.name()))
                    .map(Owner::id)
                    .limit(ROWS)
                    .toList();
            if (!ids.isEmpty()) {
                commands.add(list(type, Map.of("@ID", ids)));
                asked.add(type);
            }
        }
        return read(commands, asked, Traffic.SEARCH);
    }

    private List<Contact> read(List<Command> commands, List<ContactRef.Type> asked, Traffic traffic) {
        List<Contact> contacts = new ArrayList<>();
        if (commands.isEmpty()) {
            return contacts;
        }
        List<Reply> replies = api.batch(traffic, commands);
        for (int i = 0; i < asked.size(); i++) {
            for (JsonNode row : replies.get(i).orThrow()) {
                reader.read(asked.get(i), row).ifPresent(contacts::add);
            }
        }
        return contacts;
    }

    private Page page(String cursor, Map<String, Object> filter) {
        if (types.isEmpty()) {
            return new Page(List.of(), "", true, -1);
        }
        ContactRef.Type type = cursor.isEmpty() ? types.get(0) : typeOf(cursor);
        long last = cursor.isEmpty() ? 0 : Long.parseLong(cursor.substring(cursor.indexOf(':') + 1));
        List<Contact> contacts = new ArrayList<>();
        long before = last;
        boolean more = true;
        for (Reply reply :
                api.groups(Traffic.SYNC, List.of(chain(type, last, filter))).get(0)) {
            if (reply.fault() != null && !contacts.isEmpty()) {
                // What was read is kept; the next page begins behind it and meets the fault, if it is still there.
                break;
            }
            JsonNode rows = reply.orThrow();
            long first = Json.id(rows.path(0), "ID").map(Long::parseLong).orElse(0L);
            if (rows.size() > 0 && first <= last) {
                // The portal did not understand the reference to the list before: what came is not what follows.
                break;
            }
            for (JsonNode row : rows) {
                reader.read(type, row).ifPresent(contacts::add);
                last = Math.max(last, Json.id(row, "ID").map(Long::parseLong).orElse(0L));
            }
            more = rows.size() >= ROWS;
            if (!more) {
                break;
            }
        }
        if (more && last == before) {
            throw Fault.unclear("a list of contacts did not begin behind the last one")
                    .asException();
        }
        return page(contacts, type, last, more);
    }

    private Page page(List<Contact> contacts, ContactRef.Type type, long last, boolean more) {
        int place = types.indexOf(type);
        if (more) {
            return new Page(contacts, type + ":" + last, false, -1);
        }
        boolean end = place + 1 >= types.size();
        return new Page(contacts, end ? "" : types.get(place + 1) + ":0", end, -1);
    }

    private List<Command> chain(ContactRef.Type type, long last, Map<String, Object> filter) {
        List<Command> chain = new ArrayList<>();
        for (int i = 0; i < lists; i++) {
            Map<String, Object> all = new LinkedHashMap<>(filter);
            all.put(">ID", i == 0 ? Long.toString(last) : Ref.of(i - 1, Integer.toString(ROWS - 1), "ID"));
            chain.add(list(type, all));
        }
        return chain;
    }

    private static Command list(ContactRef.Type type, Map<String, ?> filter) {
        return new Command(
                Bitrix24Customers.method(type) + ".list",
                Map.of(
                        "order",
                        Map.of("ID", "ASC"),
                        "filter",
                        filter,
                        "select",
                        ContactReader.fields(type),
                        "start",
                        -1));
    }

    private ContactRef.Type typeOf(String cursor) {
        Optional<ContactRef.Type> type = ContactRefTypes.parse(cursor.substring(0, Math.max(0, cursor.indexOf(':'))));
        return type.filter(types::contains).orElse(types.get(0));
    }
}
