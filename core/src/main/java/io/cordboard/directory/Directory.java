// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.Memory;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Whose number is this? Kept on disk, read from memory, filled and kept fresh from the CRMs. Safe for use by many
 * threads.
 *
 * <p>{@link #lookup} reads memory, takes no lock and never waits. What is learned goes to disk first and is seen then;
 * changes are made one after the other. After {@link #start()} each account that can be read has two threads, one that
 * reads the contacts that the CRM said have changed, and one that asks for changes and from time to time reads
 * everything; each account that can be searched has a few more, made when they are needed. One thread ends the waiting
 * for searches. All are daemons, have names that begin with {@code cordboard-directory-}, and end with
 * {@link #close()}. Answers of {@link #ask} and {@link #onLearned} listeners run on these threads and must not block.
 */
public final class Directory implements AutoCloseable {
    private final ContactBook book;
    private final LiveSearch search;
    private final Map<String, Upkeep> upkeeps = new LinkedHashMap<>();

    private Directory(Builder builder) {
        Map<String, String> regions = new LinkedHashMap<>();
        builder.accounts.forEach(account -> regions.put(account.id(), account.region()));
        book = new ContactBook(builder.shelf, builder.plan, account -> regions.getOrDefault(account, ""));
        Pace pace = builder.pace();
        search = new LiveSearch(builder.accounts, book, pace, builder.searchesAtATime);
        for (DirectoryAccount account : builder.accounts) {
            ContactSource source = account.source();
            if (source != null) {
                upkeeps.put(account.id(), new Upkeep(account, source, book, pace));
            }
        }
    }

    /**
     * {@return a builder of a directory}
     *
     * @param plan how numbers are read
     * @param shelf where contacts are kept
     */
    public static Builder builder(NumberPlan plan, ContactShelf shelf) {
        return new Builder(plan, shelf);
    }

    /** Begins to keep the contacts fresh in the background; the first time, and once a day, everything is read. */
    public void start() {
        upkeeps.values().forEach(Upkeep::start);
    }

    /**
     * {@return whose number it is, from memory, within a millisecond}
     *
     * @param number the number; its extension is not used
     */
    public Lookup lookup(PhoneNumber number) {
        List<Contact> found = book.find(number);
        return found.isEmpty() ? Lookup.NOBODY : new Lookup(Ranking.rank(found), Lookup.Source.DIRECTORY);
    }

    /**
     * Asks the CRMs in the background, within a budget; one question at a time for one number.
     *
     * <p>A number that the directory knows is answered at once. What a CRM finds is learned, even if it answers after
     * the budget. When all CRMs answered and none knows the number, that is remembered for a short time; a CRM that
     * could not be asked is as if it had not answered.
     *
     * @param number the number; its extension is not used
     * @return the answer, empty when nobody knows the number or the budget is spent; never fails
     */
    public CompletableFuture<Lookup> ask(PhoneNumber number) {
        return search.ask(number.main());
    }

    /**
     * {@return the contact, if the directory holds it}
     *
     * @param ref which
     */
    public Optional<Contact> find(ContactRef ref) {
        return book.find(ref);
    }

    /**
     * Keeps contacts; those with the same reference are replaced. They are on disk and seen when this returns.
     *
     * @param contacts what to keep
     */
    public void learn(List<Contact> contacts) {
        book.learn(contacts, 0, Long.MAX_VALUE);
    }

    /**
     * Reads a contact soon that was made for a number which nobody had; that it is to be read is on disk when this
     * returns.
     *
     * @param ref the new contact
     * @param number its number; the extension is not used
     */
    public void made(ContactRef ref, PhoneNumber number) {
        search.mayBeKnown(number.main());
        Upkeep upkeep = upkeeps.get(ref.account());
        if (upkeep != null) {
            upkeep.changed(Set.of(ref));
        }
    }

    /**
     * Removes contacts; they are gone from disk and from memory when this returns.
     *
     * @param refs which
     */
    public void forget(Collection<ContactRef> refs) {
        book.forget(refs);
    }

    /**
     * Reads all contacts of an account now, on this thread. A sync that was cut short within the last hour goes on
     * where it stopped.
     *
     * @param account the CRM's id
     * @param progress is told about every page
     * @return what was done; contacts that the CRM no longer has are removed, unless it says that it has none at all
     * @throws IllegalArgumentException if there is no such account, or its contacts cannot be read
     * @throws io.cordboard.connector.ConnectorException if the CRM could not be asked; nothing was removed, and the
     *     next sync goes on here
     */
    public SyncReport sync(String account, SyncProgress progress) {
        Upkeep upkeep = upkeeps.get(account);
        if (upkeep == null) {
            throw new IllegalArgumentException(
                    "\"" + account + "\" is no account whose contacts can be read; those are " + upkeeps.keySet());
        }
        return upkeep.sync().run(progress);
    }

    /** {@return the ids of the accounts whose contacts can be read, in the order of the configuration} */
    public List<String> accounts() {
        return List.copyOf(upkeeps.keySet());
    }

    /** {@return how many contacts the directory holds} */
    public int contacts() {
        return book.contacts();
    }

    /** {@return how many different numbers they have} */
    public int numbers() {
        return book.numbers();
    }

    /**
     * Says who is told whose numbers were learned or forgotten, so that calls in progress can be shown with them.
     *
     * @param listener is told the whole numbers, without extensions; on the thread that learned them
     */
    public void onLearned(Consumer<Set<PhoneNumber>> listener) {
        book.onLearned(listener);
    }

    @Override
    public void close() {
        upkeeps.values().forEach(Upkeep::stop);
        search.close();
        upkeeps.values().forEach(Upkeep::close);
    }

    /** Builds a {@link Directory}. Not safe for use by many threads. */
    public static final class Builder {
        private final NumberPlan plan;
        private final ContactShelf shelf;
        private final List<DirectoryAccount> accounts = new ArrayList<>();
        private Clock clock = Clock.systemUTC();
        private LongSupplier ticker = System::nanoTime;
        private Duration askBudget = Duration.ofSeconds(2);
        private Duration rememberUnknown = Duration.ofMinutes(5);
        private Duration pollEvery = Duration.ofMinutes(5);
        private Duration syncEvery = Duration.ofDays(1);
        private int searchesAtATime = 4;

        private Builder(NumberPlan plan, ContactShelf shelf) {
            this.plan = plan;
            this.shelf = shelf;
        }

        /**
         * Adds a CRM with those of the roles {@code ContactSource}, {@code ContactSearch} and {@code ContactChanges}
         * that it plays. The default is none.
         *
         * @param crm the CRM, not started yet
         * @param region the default region of its numbers, ISO 3166
         * @param memory where notes and the state of syncs are kept, under keys that begin with {@code directory.}
         * @return this builder
         */
        public Builder account(Connector crm, String region, Memory memory) {
            if (accounts.stream().anyMatch(account -> account.id().equals(crm.account()))) {
                throw new IllegalArgumentException("the account \"" + crm.account() + "\" is there twice");
            }
            accounts.add(DirectoryAccount.of(crm, region, memory));
            return this;
        }

        /**
         * Chooses the clock. The default is the system's.
         *
         * @param value the clock
         * @return this builder
         */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /**
         * Sets how long {@link Directory#ask} waits. The default is 2 seconds.
         *
         * @param value more than zero
         * @return this builder
         */
        public Builder askBudget(Duration value) {
            askBudget = positive("askBudget", value);
            return this;
        }

        /**
         * Sets how long it is remembered that nobody knows a number. The default is 5 minutes.
         *
         * @param value more than zero
         * @return this builder
         */
        public Builder rememberUnknown(Duration value) {
            rememberUnknown = positive("rememberUnknown", value);
            return this;
        }

        /**
         * Sets how often CRMs are asked what changed. The default is 5 minutes.
         *
         * @param value more than zero
         * @return this builder
         */
        public Builder pollEvery(Duration value) {
            pollEvery = positive("pollEvery", value);
            return this;
        }

        /**
         * Sets how often everything is read. The default is a day.
         *
         * @param value more than zero
         * @return this builder
         */
        public Builder syncEvery(Duration value) {
            syncEvery = positive("syncEvery", value);
            return this;
        }

        /**
         * Sets for how many numbers one CRM is asked at the same time. The default is 4.
         *
         * @param value at least 1
         * @return this builder
         */
        public Builder searchesAtATime(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("searchesAtATime must be at least 1: " + value);
            }
            searchesAtATime = value;
            return this;
        }

        /** Chooses the nanoseconds by which negative answers grow old; tests move them by hand. */
        Builder ticker(LongSupplier value) {
            ticker = value;
            return this;
        }

        /**
         * {@return a directory that holds what is on the shelf and listens to the CRMs; it asks them nothing by itself
         * before {@link Directory#start()}}
         */
        public Directory open() {
            Directory directory = new Directory(this);
            directory.book.load();
            directory.upkeeps.values().forEach(Upkeep::open);
            return directory;
        }

        private Pace pace() {
            return new Pace(clock, ticker, askBudget, rememberUnknown, pollEvery, syncEvery, Duration.ofMillis(200));
        }

        private static Duration positive(String name, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(name + " must be more than zero: " + value);
            }
            return value;
        }
    }
}
