// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contacts on the shelf and in memory, kept alike: a change goes to disk first and is seen then.
 *
 * <p>Changes are made one after the other. Each gets a version, and whoever asks a CRM remembers the version from
 * before the question: an answer that was overtaken by a removal or a newer answer while it was on its way changes
 * nothing. Safe for use by many threads.
 */
final class ContactBook {
    private static final Logger LOG = LoggerFactory.getLogger(ContactBook.class);
    private static final int MOST_REMEMBERED_REMOVALS = 10_000;

    private final ContactShelf shelf;
    private final NumberPlan plan;
    private final UnaryOperator<String> regionOfAccount;
    private final KnownContacts known = new KnownContacts();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ContactRef, Long> removals = new LinkedHashMap<>();
    private final List<Consumer<Set<PhoneNumber>>> listeners = new CopyOnWriteArrayList<>();
    private volatile long version;

    ContactBook(ContactShelf shelf, NumberPlan plan, UnaryOperator<String> regionOfAccount) {
        this.shelf = shelf;
        this.plan = plan;
        this.regionOfAccount = regionOfAccount;
    }

    void load() {
        lock.lock();
        try {
            shelf.readAll(contact -> known.put(contact, digits(numbers(contact)), 0));
        } finally {
            lock.unlock();
        }
    }

    void onLearned(Consumer<Set<PhoneNumber>> listener) {
        listeners.add(listener);
    }

    List<Contact> find(PhoneNumber number) {
        return known.find(number);
    }

    Optional<Contact> find(ContactRef ref) {
        lock.lock();
        try {
            KnownContacts.Entry entry = known.get(ref);
            return entry == null ? Optional.empty() : Optional.of(entry.contact());
        } finally {
            lock.unlock();
        }
    }

    int contacts() {
        return known.size();
    }

    int numbers() {
        return known.numbers();
    }

    /** {@return the whole numbers of a contact, without extensions} */
    Set<PhoneNumber> numbers(Contact contact) {
        String region = regionOfAccount.apply(contact.ref().account());
        Set<PhoneNumber> numbers = new HashSet<>();
        for (String text : contact.phones()) {
            plan.readAll(text, region).forEach(number -> numbers.add(number.main()));
        }
        return numbers;
    }

    /** {@return the version to remember before a CRM is asked} */
    long version() {
        return version;
    }

    long count(String account) {
        return shelf.count(account);
    }

    /**
     * Keeps contacts.
     *
     * @param contacts what a CRM answered
     * @param pass the number of the full sync that found them, or 0
     * @param askedAt the version from before the question
     * @return how many numbers they have
     */
    long learn(List<Contact> contacts, long pass, long askedAt) {
        if (contacts.isEmpty()) {
            return 0;
        }
        List<Set<PhoneNumber>> numbers = contacts.stream().map(this::numbers).toList();
        Set<PhoneNumber> touched = new HashSet<>();
        lock.lock();
        try {
            List<Contact> toKeep = new ArrayList<>();
            List<Integer> fresh = new ArrayList<>();
            for (int i = 0; i < contacts.size(); i++) {
                choose(contacts, i, askedAt, toKeep, fresh);
            }
            shelf.put(toKeep, pass);
            long now = version + 1;
            version = now;
            for (int i : fresh) {
                Contact contact = contacts.get(i);
                addNumbers(touched, known.get(contact.ref()));
                known.put(contact, digits(numbers.get(i)), now);
                removals.remove(contact.ref());
                touched.addAll(numbers.get(i));
            }
        } finally {
            lock.unlock();
        }
        tell(touched);
        return numbers.stream().mapToLong(Set::size).sum();
    }

    private void choose(List<Contact> contacts, int i, long askedAt, List<Contact> toKeep, List<Integer> fresh) {
        Contact contact = contacts.get(i);
        KnownContacts.Entry entry = known.get(contact.ref());
        if (removals.getOrDefault(contact.ref(), 0L) > askedAt) {
            return;
        }
        if (entry != null && entry.version() > askedAt && isNewer(entry.contact(), contact)) {
            // put once more, for the sync did find it
            toKeep.add(entry.contact());
            return;
        }
        toKeep.add(contact);
        fresh.add(i);
    }

    private static boolean isNewer(Contact one, Contact other) {
        var oneAt = one.updatedAt();
        var otherAt = other.updatedAt();
        return oneAt != null && otherAt != null && oneAt.isAfter(otherAt);
    }

    /** Removes contacts. */
    void forget(Collection<ContactRef> refs) {
        if (refs.isEmpty()) {
            return;
        }
        Set<PhoneNumber> touched;
        lock.lock();
        try {
            shelf.remove(refs);
            touched = drop(refs);
        } finally {
            lock.unlock();
        }
        tell(touched);
    }

    /** {@return how many contacts of an account were removed because a finished full sync did not find them} */
    int forgetOlder(String account, long pass) {
        Set<PhoneNumber> touched;
        List<ContactRef> older;
        lock.lock();
        try {
            older = shelf.removeOlder(account, pass);
            touched = drop(older);
        } finally {
            lock.unlock();
        }
        tell(touched);
        return older.size();
    }

    private Set<PhoneNumber> drop(Collection<ContactRef> refs) {
        Set<PhoneNumber> touched = new HashSet<>();
        long now = version + 1;
        version = now;
        for (ContactRef ref : refs) {
            addNumbers(touched, known.remove(ref));
            removals.remove(ref);
            removals.put(ref, now);
        }
        var oldest = removals.entrySet().iterator();
        while (removals.size() > MOST_REMEMBERED_REMOVALS && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
        return touched;
    }

    private void addNumbers(Set<PhoneNumber> touched, KnownContacts.@Nullable Entry entry) {
        if (entry != null && !listeners.isEmpty()) {
            for (long digits : entry.numbers()) {
                touched.add(PhoneNumber.of("+" + digits));
            }
        }
    }

    // a listener is somebody else's code; what it throws must not undo what was learned
    @SuppressWarnings("IllegalCatch")
    private void tell(Set<PhoneNumber> touched) {
        if (touched.isEmpty()) {
            return;
        }
        for (Consumer<Set<PhoneNumber>> listener : listeners) {
            try {
                listener.accept(Set.copyOf(touched));
            } catch (RuntimeException e) {
                LOG.warn("Somebody who was told what the directory learned failed: {}", e.toString());
            }
        }
    }

    private static long[] digits(Set<PhoneNumber> numbers) {
        return numbers.stream().mapToLong(KnownContacts::digits).toArray();
    }
}
