// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.ContactSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a CRM tells about changed contacts, notes it on disk and reads the contacts in batches.
 *
 * <p>A note is one key in the account's memory; it goes when the contact was read after the note was made. A contact
 * that is noted and not being read yet is not noted again. When more than 10,000 wait, the notes give way to a full
 * sync. Safe for use by many threads, except {@link #readSome()}, which one thread calls.
 */
final class ChangeFeed implements ContactChanges.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final String NOTE = "directory.note.";
    private static final int LARGEST_BATCH = 50;
    private static final int MOST_NOTES = 10_000;

    private final DirectoryAccount account;
    private final ContactSource source;
    private final ContactBook book;
    private final Runnable askForSync;
    private final Object lock = new Object();
    private final Map<ContactRef, Set<Long>> notes = new LinkedHashMap<>();
    private final Set<ContactRef> beingRead = new HashSet<>();
    private long lastNote;
    private volatile Runnable wake = () -> {};

    ChangeFeed(DirectoryAccount account, ContactSource source, ContactBook book, Runnable askForSync) {
        this.account = account;
        this.source = source;
        this.book = book;
        this.askForSync = askForSync;
    }

    /** Reads the notes that an earlier run left. */
    void load() {
        synchronized (lock) {
            account.memory().startingWith(NOTE).forEach((key, text) -> {
                long number = Long.parseLong(key.substring(NOTE.length()));
                String[] parts = text.split(" ", 2);
                ContactRef ref = new ContactRef(account.id(), ContactRef.Type.valueOf(parts[0]), parts[1]);
                notes.computeIfAbsent(ref, none -> new HashSet<>()).add(number);
                lastNote = Math.max(lastNote, number);
            });
        }
    }

    /** Says whom to wake when there is something to read. */
    void onWork(Runnable waker) {
        wake = waker;
        if (hasWork()) {
            waker.run();
        }
    }

    boolean hasWork() {
        synchronized (lock) {
            return !notes.isEmpty();
        }
    }

    @Override
    public void changed(Set<ContactRef> refs) {
        Map<String, String> texts = new HashMap<>();
        Map<ContactRef, Long> numbers = new HashMap<>();
        synchronized (lock) {
            for (ContactRef ref : refs) {
                if (!notes.containsKey(ref) || beingRead.contains(ref)) {
                    lastNote++;
                    numbers.put(ref, lastNote);
                    texts.put(NOTE + lastNote, ref.type() + " " + ref.id());
                }
            }
        }
        if (!texts.isEmpty()) {
            account.memory().putAll(texts);
        }
        boolean tooMany;
        synchronized (lock) {
            numbers.forEach((ref, number) ->
                    notes.computeIfAbsent(ref, none -> new HashSet<>()).add(number));
            tooMany = notes.size() > MOST_NOTES;
        }
        if (tooMany) {
            giveWay();
        }
        wake.run();
    }

    @Override
    public void removed(Set<ContactRef> refs) {
        book.forget(refs);
    }

    private void giveWay() {
        askForSync.run();
        Set<Long> dropped = new HashSet<>();
        synchronized (lock) {
            notes.values().forEach(dropped::addAll);
            notes.clear();
        }
        LOG.info("{} told of more changes than are read one by one; everything is read instead", account.id());
        account.memory().removeAll(keys(dropped));
    }

    /**
     * Reads one batch of changed contacts.
     *
     * @return whether there is more to read
     * @throws ConnectorException when the CRM could not be asked; the notes stay
     */
    boolean readSome() {
        Map<ContactRef, Set<Long>> batch = new LinkedHashMap<>();
        synchronized (lock) {
            for (var note : notes.entrySet()) {
                if (batch.size() == LARGEST_BATCH) {
                    break;
                }
                batch.put(note.getKey(), Set.copyOf(note.getValue()));
            }
            beingRead.addAll(batch.keySet());
        }
        try {
            if (!batch.isEmpty()) {
                read(batch);
            }
        } finally {
            synchronized (lock) {
                beingRead.clear();
            }
        }
        return hasWork();
    }

    private void read(Map<ContactRef, Set<Long>> batch) {
        try {
            fetch(batch.keySet());
        } catch (ConnectorException e) {
            if (e.reason().retryable()) {
                throw e;
            }
            if (batch.size() > 1) {
                // one contact that the CRM refuses must not keep the others from being read
                batch.forEach((ref, numbers) -> read(Map.of(ref, numbers)));
                return;
            }
            LOG.warn("{} refused to show a changed contact, it stays as it was: {}", account.id(), e.getMessage());
        }
        Set<Long> done = new HashSet<>();
        synchronized (lock) {
            batch.forEach((ref, numbers) -> {
                done.addAll(numbers);
                notes.computeIfPresent(ref, (same, all) -> {
                    all.removeAll(numbers);
                    return all.isEmpty() ? null : all;
                });
            });
        }
        account.memory().removeAll(keys(done));
    }

    private void fetch(Set<ContactRef> refs) {
        long askedAt = book.version();
        List<Contact> found = source.fetch(Set.copyOf(refs));
        book.learn(found, 0, askedAt);
        Set<ContactRef> gone = new HashSet<>(refs);
        found.forEach(contact -> gone.remove(contact.ref()));
        book.forget(gone);
    }

    private static List<String> keys(Set<Long> numbers) {
        List<String> keys = new ArrayList<>();
        numbers.forEach(number -> keys.add(NOTE + number));
        return keys;
    }
}
