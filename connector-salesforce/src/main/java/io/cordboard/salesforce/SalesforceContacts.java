// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSource;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Changes;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everybody who can be called. A query is asked once and its rows come in parts; a locator that is no longer good costs
 * nothing, because the cursor also has the last id that was read.
 */
final class SalesforceContacts implements ContactSource {
    private static final String LOCATOR_GONE = "INVALID_QUERY_LOCATOR";
    private static final int IDS = 400;
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    /** A transaction may last ten minutes, and its records are stamped before others can see them. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration KEPT = Duration.ofDays(29);

    private final Parts parts;
    private final ContactReader reader;
    private final Removed removed;
    private final Covered covered;
    private final List<ContactRef.Type> types;

    SalesforceContacts(Parts parts, ContactReader reader) {
        this.parts = parts;
        this.reader = reader;
        SalesforceSettings.Sync settings = parts.settings().sync();
        List<ContactRef.Type> wanted = new ArrayList<>();
        if (settings.contacts()) {
            wanted.add(ContactRef.Type.CONTACT);
        }
        if (settings.accounts()) {
            wanted.add(ContactRef.Type.COMPANY);
        }
        if (settings.leads()) {
            wanted.add(ContactRef.Type.LEAD);
        }
        this.types = List.copyOf(wanted);
        this.removed = new Removed(parts, types);
        this.covered = new Covered(parts.context().memory(), "sync.updated.");
    }

    @Override
    public Page page(String cursor) {
        if (types.isEmpty()) {
            return new Page(List.of(), "", true, -1);
        }
        Cursor at = Cursor.read(cursor, types.get(0));
        return read(at, rows(at, " WHERE " + reader.hasNumber(at.type()) + open(at.type()), "Id"), Set.of());
    }

    @Override
    public Page changedSince(Instant since, String cursor) {
        if (types.isEmpty()) {
            return new Page(List.of(), "", true, -1);
        }
        Cursor at = Cursor.read(cursor, types.get(0));
        Set<ContactRef> gone = cursor.isEmpty() ? removed.since(since) : Set.of();
        if (parts.settings().sync().changes().equals("replication")) {
            return replicated(since, at, gone);
        }
        return read(at, rows(at, " WHERE SystemModstamp >= " + Soql.moment(since.minus(LONGEST)), "Id"), gone);
    }

    private static String open(ContactRef.Type type) {
        return type == ContactRef.Type.LEAD ? " AND IsConverted = false" : "";
    }

    private Rows rows(Cursor at, String where, String order) {
        if (!at.locator().isEmpty()) {
            try {
                return parts.api().queryMore(Priority.SYNC, at.locator());
            } catch (ConnectorException e) {
                if (!FaultCode.of(e).equals(LOCATOR_GONE)) {
                    throw e;
                }
            }
        }
        String behind = at.last().isEmpty() ? "" : " AND Id > " + Soql.text(at.last());
        return parts.api()
                .query(
                        Priority.SYNC,
                        "SELECT " + reader.fields(at.type()) + " FROM " + ObjectNames.name(at.type()) + where + behind
                                + " ORDER BY " + order);
    }

    private Page read(Cursor at, Rows rows, Set<ContactRef> gone) {
        List<Contact> contacts = new ArrayList<>();
        Set<ContactRef> all = new LinkedHashSet<>(gone);
        String last = at.last();
        for (Row row : rows.rows()) {
            reader.read(row)
                    .ifPresentOrElse(contacts::add, () -> reader.ref(row).ifPresent(all::add));
            last = row.id();
        }
        if (rows.next() != null) {
            return new Page(contacts, new Cursor(at.type(), rows.next(), last).write(), false, -1, all);
        }
        return end(at.type(), contacts, all);
    }

    private Page end(ContactRef.Type type, List<Contact> contacts, Set<ContactRef> gone) {
        int place = types.indexOf(type);
        boolean end = place + 1 >= types.size();
        return new Page(contacts, end ? "" : new Cursor(types.get(place + 1), "", "").write(), end, -1, gone);
    }

    /** The organisation names the ids of a type, and then they are read; all of a type are one page. */
    private Page replicated(Instant since, Cursor at, Set<ContactRef> gone) {
        Instant now = parts.context().clock().instant();
        Instant from = earliest(since, now.minus(OVERLAP));
        // A long transaction holds the covered moment back: what it changes is told later than it is stamped.
        from = earliest(from, covered.until(at.type(), since).orElse(from));
        Instant kept = now.minus(KEPT);
        Changes changes = parts.api()
                .updated(ObjectNames.name(at.type()), from.isBefore(kept) ? kept : from, now.plusSeconds(60));
        covered.told(at.type(), since, changes.covered());
        List<Contact> contacts = new ArrayList<>();
        Set<ContactRef> all = new LinkedHashSet<>(gone);
        for (Row row : byId(at.type(), changes.ids(), Priority.SYNC)) {
            reader.read(row)
                    .ifPresentOrElse(contacts::add, () -> reader.ref(row).ifPresent(all::add));
        }
        return end(at.type(), contacts, all);
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public List<Contact> fetch(Set<ContactRef> refs) {
        List<Contact> contacts = new ArrayList<>();
        for (ContactRef.Type type : ContactRef.Type.values()) {
            List<String> ids = refs.stream()
                    .filter(ref -> ref.type() == type)
                    .map(ContactRef::id)
                    .toList();
            for (Row row : byId(type, ids, Priority.SYNC)) {
                reader.read(row).ifPresent(contacts::add);
            }
        }
        return contacts;
    }

    private List<Row> byId(ContactRef.Type type, java.util.Collection<String> ids, Priority priority) {
        List<Row> rows = new ArrayList<>();
        for (List<String> some : Parts.cut(List.copyOf(ids), IDS)) {
            rows.addAll(parts.api()
                    .everyRow(
                            priority,
                            "SELECT " + reader.fields(type) + " FROM " + ObjectNames.name(type) + " WHERE Id IN "
                                    + Soql.in(some)));
        }
        return rows;
    }

    /** How far a pass has come. Immutable. */
    private record Cursor(ContactRef.Type type, String locator, String last) {
        static Cursor read(String text, ContactRef.Type first) {
            String[] words = text.split(" ", -1);
            for (ContactRef.Type type : ContactRef.Type.values()) {
                if (words.length == 3 && words[0].equals(type.name())) {
                    return new Cursor(type, words[1], words[2]);
                }
            }
            return new Cursor(first, "", "");
        }

        String write() {
            return type + " " + locator + " " + last;
        }
    }
}
