// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.directory.ContactShelf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The directory's contacts. */
final class ContactTable implements ContactShelf {
    private static final int PAGE = 1_000;
    private static final String PUT = "INSERT INTO contacts (account, type, id, pass, body) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET body = excluded.body, pass = excluded.pass";

    /**
     * A change that comes in the middle of a full sync may be of a contact that the sync passed by already: a new one
     * counts as found by the newest sync.
     */
    private static final String CHANGE = "INSERT INTO contacts (account, type, id, pass, body) VALUES (?1, ?2, ?3,"
            + " (SELECT coalesce(max(pass), 0) FROM contacts WHERE account = ?1), ?4)"
            + " ON CONFLICT DO UPDATE SET body = excluded.body";

    private final Readers readers;
    private final Writer writer;
    private final Json json;

    ContactTable(Readers readers, Writer writer, Json json) {
        this.readers = readers;
        this.writer = writer;
        this.json = json;
    }

    @Override
    public void readAll(Consumer<Contact> reader) {
        // In pages, so that no long read keeps the write-ahead log from being folded back.
        ContactRef last = null;
        List<Contact> page;
        do {
            ContactRef from = last;
            page = readers.read(link -> from == null
                    ? link.query(
                            "SELECT body FROM contacts ORDER BY account, type, id LIMIT ?",
                            row -> json.read(row.getString(1), Contact.class),
                            PAGE)
                    : link.query(
                            "SELECT body FROM contacts WHERE (account, type, id) > (?, ?, ?)"
                                    + " ORDER BY account, type, id LIMIT ?",
                            row -> json.read(row.getString(1), Contact.class),
                            from.account(),
                            from.type(),
                            from.id(),
                            PAGE));
            page.forEach(reader);
            last = page.isEmpty() ? last : page.get(page.size() - 1).ref();
        } while (page.size() == PAGE);
    }

    @Override
    public Optional<Contact> find(ContactRef ref) {
        return readers.read(link -> link.first(
                "SELECT body FROM contacts WHERE account = ? AND type = ? AND id = ?",
                row -> json.read(row.getString(1), Contact.class),
                ref.account(),
                ref.type(),
                ref.id()));
    }

    @Override
    public void put(List<Contact> contacts, long pass) {
        List<String> bodies = contacts.stream().map(json::write).toList();
        writer.perform(link -> {
            for (int i = 0; i < contacts.size(); i++) {
                ContactRef ref = contacts.get(i).ref();
                if (pass == 0) {
                    link.update(CHANGE, ref.account(), ref.type(), ref.id(), bodies.get(i));
                } else {
                    link.update(PUT, ref.account(), ref.type(), ref.id(), pass, bodies.get(i));
                }
            }
            return true;
        });
    }

    @Override
    public void remove(Collection<ContactRef> refs) {
        List<ContactRef> all = List.copyOf(refs);
        writer.perform(link -> {
            for (ContactRef ref : all) {
                link.update(
                        "DELETE FROM contacts WHERE account = ? AND type = ? AND id = ?",
                        ref.account(),
                        ref.type(),
                        ref.id());
            }
            return true;
        });
    }

    @Override
    public List<ContactRef> removeOlder(String account, long pass) {
        List<ContactRef> removed = new ArrayList<>();
        List<ContactRef> some;
        do {
            some = writer.perform(link -> {
                List<ContactRef> older = link.query(
                        "SELECT type, id FROM contacts WHERE account = ? AND pass < ? LIMIT ?",
                        row -> new ContactRef(account, ContactRef.Type.valueOf(row.getString(1)), row.getString(2)),
                        account,
                        pass,
                        PAGE);
                for (ContactRef ref : older) {
                    link.update(
                            "DELETE FROM contacts WHERE account = ? AND type = ? AND id = ?",
                            account,
                            ref.type(),
                            ref.id());
                }
                return older;
            });
            removed.addAll(some);
        } while (some.size() == PAGE);
        return removed;
    }

    @Override
    public long count(String account) {
        return readers.read(link -> link.number("SELECT count(*) FROM contacts WHERE account = ?", account));
    }
}
