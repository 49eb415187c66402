// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Reason;
import io.cordboard.contact.Match;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveSearchTest {
    private static final PhoneNumber MOBILE = PhoneNumber.of("+79161234567");

    private final SmallCrm crm = new SmallCrm("main");
    private final SmallCrm other = new SmallCrm("other");
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path folder;

    private Shelves shelves;
    private Directory directory;

    @BeforeEach
    void open() {
        shelves = new Shelves(folder, crm, other);
        directory = shelves.restart(builder -> builder.ticker(nanos::get).askBudget(Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() {
        shelves.close();
    }

    @Test
    void aContactThatWasMadeForAnUnknownNumberIsReadAndNoLongerRememberedAsUnknown() {
        assertThat(directory.ask(MOBILE).join().matches()).isEmpty();
        var made = crm.holds("1", "8 (916) 123-45-67");
        assertThat(directory.ask(MOBILE).join().matches())
                .as("nobody, as was just said")
                .isEmpty();

        directory.made(made.ref(), MOBILE);
        assertThat(directory.ask(MOBILE).join().best().map(Match::contact)).contains(made);
    }

    @Test
    void aContactThatWasMadeIsReadWithoutBeingAskedFor() {
        directory.sync("main", (contacts, total) -> {});
        directory.start();
        await().until(() -> !crm.sinces().isEmpty());
        var made = crm.holds("1", "8 (916) 123-45-67");

        directory.made(made.ref(), MOBILE);
        await().untilAsserted(() ->
                assertThat(directory.lookup(MOBILE).best().map(Match::contact)).contains(made));
        assertThat(crm.searches()).isZero();
    }

    @Test
    void whatACrmFindsIsAnsweredAndLearned() {
        var anna = crm.holds("1", "8 (916) 123-45-67");

        Lookup answer = directory.ask(new PhoneNumber(MOBILE.e164(), "12")).join();

        assertThat(answer.source()).isEqualTo(Lookup.Source.CRM);
        assertThat(answer.best().map(Match::contact)).contains(anna);
        assertThat(directory.lookup(MOBILE).source()).isEqualTo(Lookup.Source.DIRECTORY);
        assertThat(directory.ask(MOBILE).join().source()).isEqualTo(Lookup.Source.DIRECTORY);
        assertThat(crm.searches()).isEqualTo(1);
        assertThat(shelves.restart().lookup(MOBILE).best()).isPresent();
    }

    @Test
    void severalCrmsAreAskedAtOnceAndRankedTogether() {
        CountDownLatch crmGate = crm.holdsSearchesBack();
        CountDownLatch otherGate = other.holdsSearchesBack();
        crm.holds("2", "89161234567");
        other.holds("1", "89161234567");

        CompletableFuture<Lookup> answer = directory.ask(MOBILE);
        await().until(() -> crm.searches() == 1 && other.searches() == 1);
        crmGate.countDown();
        otherGate.countDown();

        assertThat(answer.join().matches())
                .extracting(match -> match.contact().ref())
                .containsExactly(crm.ref("2"), other.ref("1"));
    }

    @Test
    void aCrmThatDoesNotKnowTheNumberIsAskedThoughAnotherKnowsIt() {
        crm.holds("2", "89161234567");
        assertThat(directory.ask(MOBILE).join().matches()).hasSize(1);
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        other.holds("1", "89161234567");

        assertThat(directory.ask(MOBILE).join().matches())
                .extracting(match -> match.contact().ref())
                .containsExactly(crm.ref("2"), other.ref("1"));
        assertThat(directory.ask(MOBILE).join().source()).isEqualTo(Lookup.Source.DIRECTORY);
        assertThat(crm.searches()).isEqualTo(1);
        assertThat(other.searches()).isEqualTo(2);
    }

    @Test
    void whoeverSharesOnlyTheLastDigitsIsNoMatch() {
        crm.holds("1", "+7 495 123-45-67");
        crm.holds("2", "+38 091 612 345 67");

        Lookup answer = directory.ask(MOBILE).join();

        assertThat(answer).isEqualTo(Lookup.NOBODY);
        assertThat(directory.contacts()).isZero();
    }

    @Test
    void fiftyAsksAtOnceAreOneQuestion() {
        CountDownLatch gate = crm.holdsSearchesBack();
        crm.holds("1", "89161234567");

        List<CompletableFuture<Lookup>> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> directory.ask(MOBILE))
                .toList();
        await().until(() -> crm.searches() == 1);
        gate.countDown();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().matches()).hasSize(1));
        assertThat(crm.searches()).isEqualTo(1);
        assertThat(other.searches()).isEqualTo(1);
    }

    @Test
    void unknownNumberIsNotAskedAgainForFiveMinutes() {
        assertThat(directory.ask(MOBILE).join()).isEqualTo(Lookup.NOBODY);
        nanos.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(directory.ask(MOBILE).join()).isEqualTo(Lookup.NOBODY);
        assertThat(crm.searches()).isEqualTo(1);

        nanos.addAndGet(2);
        crm.holds("1", "89161234567");

        assertThat(directory.ask(MOBILE).join().best()).isPresent();
        assertThat(crm.searches()).isEqualTo(2);
    }

    @Test
    void failureIsNoAnswerAndIsNotRemembered() {
        crm.isDown(Reason.UNAVAILABLE);
        assertThat(directory.ask(MOBILE).join()).isEqualTo(Lookup.NOBODY);
        crm.isUp();
        crm.holds("1", "89161234567");

        assertThat(directory.ask(MOBILE).join().best()).isPresent();
    }

    @Test
    void crmThatFailsDoesNotHideWhatAnotherFinds() {
        crm.isDown(Reason.UNAVAILABLE);
        other.holds("1", "89161234567");

        assertThat(directory
                        .ask(MOBILE)
                        .join()
                        .best()
                        .map(match -> match.contact().ref()))
                .contains(other.ref("1"));
    }

    @Test
    void slowCrmIsNotWaitedForLongerThanTheBudgetButLearnedFrom() {
        directory = shelves.restart(builder -> builder.askBudget(Duration.ofMillis(100)));
        CountDownLatch gate = crm.holdsSearchesBack();
        crm.holds("1", "89161234567");

        assertThat(directory.ask(MOBILE).join()).isEqualTo(Lookup.NOBODY);
        assertThat(directory.ask(MOBILE).join()).isEqualTo(Lookup.NOBODY);
        gate.countDown();

        await().untilAsserted(() -> assertThat(directory.lookup(MOBILE).best()).isPresent());
        assertThat(crm.searches()).isEqualTo(1);
    }

    @Test
    void budgetEndsWithWhatTheQuickerCrmFound() {
        directory = shelves.restart(builder -> builder.askBudget(Duration.ofSeconds(3)));
        CountDownLatch gate = crm.holdsSearchesBack();
        other.holds("1", "89161234567");

        Lookup answer = directory.ask(MOBILE).join();
        gate.countDown();

        assertThat(answer.source()).isEqualTo(Lookup.Source.CRM);
        assertThat(answer.best().map(match -> match.contact().ref())).contains(other.ref("1"));
    }

    @Test
    void oneCrmIsAskedForAFewNumbersAtATime() {
        CountDownLatch gate = crm.holdsSearchesBack();
        List<CompletableFuture<Lookup>> answers = IntStream.range(0, 20)
                .mapToObj(i -> directory.ask(PhoneNumber.of("+791612345" + (10 + i))))
                .toList();

        await().until(() -> other.searches() == 20);
        assertThat(crm.searches()).isEqualTo(4);
        gate.countDown();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(Lookup.NOBODY));
        assertThat(crm.searches()).isEqualTo(20);
    }

    @Test
    void closingEndsTheWaiting() {
        CountDownLatch gate = crm.holdsSearchesBack();
        CompletableFuture<Lookup> answer = directory.ask(MOBILE);

        directory.close();
        gate.countDown();

        assertThat(answer.join()).isEqualTo(Lookup.NOBODY);
        assertThat(directory.ask(PhoneNumber.of("+74951234567")).join()).isEqualTo(Lookup.NOBODY);
    }
}
