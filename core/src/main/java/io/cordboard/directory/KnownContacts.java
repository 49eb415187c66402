// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The contacts in memory and the index of their numbers.
 *
 * <p>Any number of threads may call {@link #find} and {@link #size} at any time and never wait; whoever calls another
 * method holds the lock of {@link ContactBook}.
 *
 * <p>The index is a hint and the contact is the truth: a place may get another contact between a reader's two steps, so
 * a reader looks whether the contact that it finds there has the number.
 */
final class KnownContacts {
    private static final int MOST_SHARED_TEXTS = 10_000;

    private final NumberIndex index = new NumberIndex();
    private final Map<ContactRef, Integer> places = new HashMap<>();
    private final Deque<Integer> freePlaces = new ArrayDeque<>();
    private final Map<String, String> sharedTexts = new HashMap<>();
    private volatile AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(1024);
    private volatile int size;
    private int nextPlace;

    /** {@return how many contacts there are} */
    int size() {
        return size;
    }

    /** {@return how many numbers they have} */
    int numbers() {
        return index.numbers();
    }

    /** {@return everybody who has a number, in no order} */
    List<Contact> find(PhoneNumber number) {
        long digits = digits(number);
        List<Contact> found = new ArrayList<>(1);
        for (int place : index.find(digits)) {
            AtomicReferenceArray<@Nullable Entry> all = entries;
            Entry entry = place < all.length() ? all.get(place) : null;
            if (entry != null && entry.has(digits)) {
                found.add(entry.contact());
            }
        }
        return found;
    }

    @Nullable
    Entry get(ContactRef ref) {
        Integer place = places.get(ref);
        return place == null ? null : entries.get(place);
    }

    /** Keeps a contact in the place of the one with its reference, if there is one. */
    void put(Contact contact, long[] numbers, long version) {
        Entry entry = new Entry(compact(contact), numbers, version);
        Integer knownPlace = places.get(contact.ref());
        Entry before = knownPlace == null ? null : entries.get(knownPlace);
        int place = knownPlace == null ? newPlace(entry.contact().ref()) : knownPlace;
        entries.set(place, entry);
        for (long number : numbers) {
            index.add(number, place);
        }
        if (before != null) {
            for (long number : before.numbers()) {
                if (!entry.has(number)) {
                    index.remove(number, place);
                }
            }
        }
        size = places.size();
    }

    /** {@return what was removed, or null} */
    @Nullable
    Entry remove(ContactRef ref) {
        Integer place = places.remove(ref);
        if (place == null) {
            return null;
        }
        Entry entry = entries.getAndSet(place, null);
        if (entry != null) {
            for (long number : entry.numbers()) {
                index.remove(number, place);
            }
        }
        freePlaces.push(place);
        size = places.size();
        return entry;
    }

    private int newPlace(ContactRef ref) {
        Integer free = freePlaces.poll();
        int place = free == null ? nextPlace++ : free;
        if (place == entries.length()) {
            var larger = new AtomicReferenceArray<@Nullable Entry>(place + place / 2);
            for (int i = 0; i < place; i++) {
                larger.setPlain(i, entries.getPlain(i));
            }
            entries = larger;
        }
        places.put(ref, place);
        return place;
    }

    /** The ids of accounts and owners are few and many contacts have them: one text for all of them. */
    private Contact compact(Contact contact) {
        ContactRef ref = contact.ref();
        String owner = contact.owner();
        return new Contact(
                new ContactRef(share(ref.account()), ref.type(), ref.id()),
                contact.name(),
                contact.phones(),
                owner == null ? null : share(owner),
                contact.url(),
                contact.updatedAt(),
                contact.company());
    }

    private String share(String text) {
        if (sharedTexts.size() >= MOST_SHARED_TEXTS) {
            return sharedTexts.getOrDefault(text, text);
        }
        return sharedTexts.computeIfAbsent(text, same -> same);
    }

    static long digits(PhoneNumber number) {
        return Long.parseLong(number.e164(), 1, number.e164().length(), 10);
    }

    /** A contact, the digits of its numbers, and when it was learned, counted in changes of the directory. */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(Contact contact, long[] numbers, long version) {
        boolean has(long number) {
            for (long own : numbers) {
                if (own == number) {
                    return true;
                }
            }
            return false;
        }
    }
}
