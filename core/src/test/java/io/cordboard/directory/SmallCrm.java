// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.connector.Webhook;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.ContactSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A CRM on the other side of the roles: two contacts a page, and a search that compares only the last digits. */
final class SmallCrm implements Connector, ContactSource, ContactSearch, ContactChanges {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final String account;
    private final Map<String, Contact> contacts = new ConcurrentSkipListMap<>();
    private final List<String> cursors = new CopyOnWriteArrayList<>();
    private final List<Set<ContactRef>> fetches = new CopyOnWriteArrayList<>();
    private final List<Instant> sinces = new CopyOnWriteArrayList<>();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger pagesUntilOutage = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger tooFast = new AtomicInteger();
    private volatile @Nullable Reason outage;
    private volatile CountDownLatch searchGate = new CountDownLatch(0);
    private volatile Runnable afterReading = () -> {};
    private volatile Consumer<Set<ContactRef>> beforeFetching = refs -> {};
    private volatile @Nullable Listener listener;

    SmallCrm(String account) {
        this.account = account;
    }

    ContactRef ref(String id) {
        return new ContactRef(account, ContactRef.Type.CONTACT, id);
    }

    Contact contact(String id, String... phones) {
        return new Contact(
                ref(id),
                "Name " + id,
                Arrays.asList(phones),
                "7",
                URI.create("https://crm.example.com/contact/" + id),
                NOW,
                null);
    }

    Contact holds(String id, String... phones) {
        return holds(contact(id, phones));
    }

    Contact holds(Contact contact) {
        contacts.put(contact.ref().id(), contact);
        return contact;
    }

    void loses(String id) {
        contacts.remove(id);
    }

    void isDown(Reason reason) {
        outage = reason;
    }

    void isUp() {
        outage = null;
        pagesUntilOutage.set(Integer.MAX_VALUE);
    }

    void failsAfterPages(int pages) {
        pagesUntilOutage.set(pages);
    }

    /** What happens between reading an answer and giving it. */
    void afterReading(Runnable work) {
        afterReading = work;
    }

    void beforeFetching(Consumer<Set<ContactRef>> work) {
        beforeFetching = work;
    }

    CountDownLatch holdsSearchesBack() {
        searchGate = new CountDownLatch(1);
        return searchGate;
    }

    void tellsChanged(String... ids) {
        told().changed(Set.copyOf(Arrays.stream(ids).map(this::ref).toList()));
    }

    void tellsRemoved(String... ids) {
        told().removed(Set.copyOf(Arrays.stream(ids).map(this::ref).toList()));
    }

    private Listener told() {
        Listener someone = listener;
        if (someone == null) {
            throw new AssertionError("nobody listens");
        }
        return someone;
    }

    void findsPagesTooFast(int times) {
        tooFast.set(times);
    }

    List<String> cursors() {
        return cursors;
    }

    List<Set<ContactRef>> fetches() {
        return fetches;
    }

    List<Instant> sinces() {
        return sinces;
    }

    int searches() {
        return searches.get();
    }

    @Override
    public Page page(String cursor) {
        refuseIfDown();
        if (tooFast.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ConnectorException(Reason.RATE_LIMITED, account + ": too fast", Duration.ofMillis(10), null);
        }
        if (pagesUntilOutage.getAndDecrement() <= 0) {
            throw new ConnectorException(Reason.UNAVAILABLE, account + ": no answer");
        }
        cursors.add(cursor);
        List<Contact> rest = contacts.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(cursor) > 0)
                .map(Map.Entry::getValue)
                .toList();
        List<Contact> page = rest.subList(0, Math.min(2, rest.size()));
        afterReading.run();
        return new Page(
                page,
                page.isEmpty() ? cursor : page.get(page.size() - 1).ref().id(),
                rest.size() <= 2,
                contacts.size());
    }

    @Override
    public Page changedSince(Instant since, String cursor) {
        refuseIfDown();
        sinces.add(since);
        List<Contact> changed = contacts.values().stream()
                .filter(contact -> {
                    Instant at = contact.updatedAt();
                    return at != null && at.isAfter(since);
                })
                .toList();
        return new Page(changed, "", true, changed.size());
    }

    @Override
    public List<Contact> fetch(Set<ContactRef> refs) {
        beforeFetching.accept(refs);
        refuseIfDown();
        fetches.add(refs);
        List<Contact> found = refs.stream()
                .map(ref -> Optional.ofNullable(contacts.get(ref.id())))
                .flatMap(Optional::stream)
                .toList();
        afterReading.run();
        return found;
    }

    @Override
    public List<Contact> search(PhoneNumber number) {
        searches.incrementAndGet();
        try {
            if (!searchGate.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the search was held back for too long");
            }
        } catch (InterruptedException e) {
            throw new ConnectorException(Reason.UNAVAILABLE, account + ": interrupted");
        }
        refuseIfDown();
        String end = number.digits().substring(number.digits().length() - 7);
        return contacts.values().stream()
                .filter(contact -> contact.phones().stream()
                        .anyMatch(phone -> phone.replaceAll("[^0-9]", "").endsWith(end)))
                .toList();
    }

    private void refuseIfDown() {
        Reason reason = outage;
        if (reason != null) {
            throw new ConnectorException(reason, account + ": is down");
        }
    }

    @Override
    public void tell(Listener newListener) {
        listener = newListener;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public String vendor() {
        return "small";
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return role.isInstance(this) ? Optional.of(role.cast(this)) : Optional.empty();
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.empty();
    }

    @Override
    public void start() {}

    @Override
    public Health health() {
        return Health.UP;
    }

    @Override
    public List<Finding> check() {
        return List.of();
    }

    @Override
    public void close() {}
}
