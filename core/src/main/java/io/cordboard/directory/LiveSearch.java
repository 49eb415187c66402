// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.StoreException;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSearch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the CRMs whose number an unknown one is. All CRMs are asked at once, each for at most a few numbers at a time,
 * and for one number there is one question at a time: whoever asks again meanwhile waits for the same answer. An answer
 * that comes after the budget is learned all the same. Safe for use by many threads.
 */
final class LiveSearch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSearch.class);
    private static final int MOST_QUESTIONS = 1_000;
    private static final int MOST_UNKNOWN = 100_000;
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(1);

    private final ContactBook book;
    private final Pace pace;
    private final Map<DirectoryAccount, ThreadPoolExecutor> pools = new LinkedHashMap<>();
    private final Map<PhoneNumber, CompletableFuture<Lookup>> questions = new ConcurrentHashMap<>();
    private final Cache<Question, Boolean> unknown;
    private final ScheduledThreadPoolExecutor timer = Threads.scheduler("cordboard-directory-timer");

    LiveSearch(List<DirectoryAccount> accounts, ContactBook book, Pace pace, int atATime) {
        this.book = book;
        this.pace = pace;
        for (DirectoryAccount account : accounts) {
            if (account.search() != null) {
                pools.put(account, Threads.pool("cordboard-directory-" + account.id() + "-search", atATime));
            }
        }
        unknown = Caffeine.newBuilder()
                .maximumSize(MOST_UNKNOWN)
                .expireAfterWrite(pace.unknownFor())
                .ticker(pace.ticker()::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * {@return what is known now, with what the CRMs that do not know the number yet say within the budget; never
     * fails}
     */
    // Whether it is this very question that was put on the list.
    @SuppressWarnings("ReferenceEquality")
    CompletableFuture<Lookup> ask(PhoneNumber number) {
        if (toAsk(number).isEmpty()) {
            return CompletableFuture.completedFuture(inTheBook(number));
        }
        CompletableFuture<Lookup> fresh = new CompletableFuture<>();
        // looked at once more inside, for a question may have been answered in between
        CompletableFuture<Lookup> question = questions.compute(number, (same, running) -> {
            if (running != null) {
                return running;
            }
            if (toAsk(number).isEmpty() || questions.size() >= MOST_QUESTIONS) {
                fresh.complete(inTheBook(number));
                return null;
            }
            return fresh;
        });
        if (question == null) {
            return fresh;
        }
        if (question == fresh) {
            begin(number, fresh);
        }
        return withinBudget(number, question);
    }

    /** Forgets that nobody knows a number. */
    void mayBeKnown(PhoneNumber number) {
        pools.keySet().forEach(account -> unknown.invalidate(new Question(account.id(), number)));
    }

    /** {@return the CRMs of which nobody with this number is known, unless they said so a short time ago} */
    private List<DirectoryAccount> toAsk(PhoneNumber number) {
        Set<String> knowing = book.find(number).stream()
                .map(contact -> contact.ref().account())
                .collect(Collectors.toSet());
        return pools.keySet().stream()
                .filter(account -> !knowing.contains(account.id()))
                .filter(account -> unknown.getIfPresent(new Question(account.id(), number)) == null)
                .toList();
    }

    private Lookup inTheBook(PhoneNumber number) {
        List<Contact> contacts = book.find(number);
        return contacts.isEmpty() ? Lookup.NOBODY : new Lookup(Ranking.rank(contacts), Lookup.Source.DIRECTORY);
    }

    private void begin(PhoneNumber number, CompletableFuture<Lookup> question) {
        Map<DirectoryAccount, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        for (DirectoryAccount account : toAsk(number)) {
            answers.put(account, askOne(account, Objects.requireNonNull(pools.get(account)), number));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new));
        Runnable stopWaiting = later(() -> all.complete(null), ABANDONED_AFTER);
        var unused = all.whenComplete((done, none) -> {
            stopWaiting.run();
            Lookup conclusion = conclude(number, answers);
            questions.remove(number, question);
            question.complete(conclusion);
        });
    }

    private Lookup conclude(PhoneNumber number, Map<DirectoryAccount, CompletableFuture<Answer>> answers) {
        Map<ContactRef, Contact> found = new LinkedHashMap<>();
        answers.forEach((account, answer) -> {
            Answer one = answer.getNow(Answer.NONE);
            one.contacts().forEach(contact -> found.put(contact.ref(), contact));
            if (one.given() && one.contacts().isEmpty()) {
                unknown.put(new Question(account.id(), number), true);
            }
        });
        if (found.isEmpty()) {
            return inTheBook(number);
        }
        book.find(number).forEach(contact -> found.putIfAbsent(contact.ref(), contact));
        return new Lookup(Ranking.rank(List.copyOf(found.values())), Lookup.Source.CRM);
    }

    private CompletableFuture<Answer> askOne(DirectoryAccount account, Executor pool, PhoneNumber number) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            pool.execute(() -> answer.complete(search(account, number)));
        } catch (RejectedExecutionException e) {
            LOG.warn("{} is asked for too many numbers at once; one was not asked for.", account.id());
            answer.complete(Answer.NONE);
        }
        return answer;
    }

    // a CRM that fails in a way of its own is one that did not answer; the others still count
    @SuppressWarnings("IllegalCatch")
    private Answer search(DirectoryAccount account, PhoneNumber number) {
        ContactSearch search = Objects.requireNonNull(account.search());
        long askedAt = book.version();
        List<Contact> having;
        try {
            having = search.search(number).stream()
                    .filter(contact -> book.numbers(contact).contains(number))
                    .toList();
        } catch (ConnectorException e) {
            LOG.warn("{} could not be asked for a number: {}", account.id(), e.getMessage());
            return Answer.NONE;
        } catch (RuntimeException e) {
            LOG.error("{} could not be asked for a number", account.id(), e);
            return Answer.NONE;
        }
        try {
            book.learn(having, 0, askedAt);
        } catch (StoreException e) {
            LOG.error("What {} answered could not be kept: {}", account.id(), e.getMessage());
        }
        return new Answer(having, true);
    }

    private CompletableFuture<Lookup> withinBudget(PhoneNumber number, CompletableFuture<Lookup> question) {
        CompletableFuture<Lookup> answer = question.copy();
        Lookup before = inTheBook(number);
        Runnable stopWaiting = later(() -> answer.complete(soFar(number, before)), pace.askBudget());
        return answer.whenComplete((lookup, none) -> stopWaiting.run());
    }

    private Lookup soFar(PhoneNumber number, Lookup before) {
        Lookup now = inTheBook(number);
        boolean same = now.matches().equals(before.matches());
        return same ? now : new Lookup(now.matches(), Lookup.Source.CRM);
    }

    /** {@return what takes the work back} */
    private Runnable later(Runnable work, Duration after) {
        try {
            Future<?> task = timer.schedule(work, after.toMillis(), TimeUnit.MILLISECONDS);
            return () -> task.cancel(false);
        } catch (RejectedExecutionException e) {
            // the directory is closed: nobody has to wait any more
            work.run();
            return () -> {};
        }
    }

    @Override
    public void close() {
        pools.values().forEach(ThreadPoolExecutor::shutdownNow);
        Threads.close(timer);
        pools.values().forEach(Threads::close);
        questions.values().forEach(question -> question.complete(Lookup.NOBODY));
    }

    /** Whose the number is, asked of one CRM. */
    private record Question(String account, PhoneNumber number) {}

    /** What one CRM said; {@code given} is false when it could not be asked. */
    private record Answer(List<Contact> contacts, boolean given) {
        private static final Answer NONE = new Answer(List.of(), false);
    }
}
