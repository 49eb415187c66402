// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.contact.Match;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryTest {
    private static final PhoneNumber MOBILE = PhoneNumber.of("+79161234567");
    private static final PhoneNumber OFFICE = PhoneNumber.of("+74951234567");

    private final SmallCrm crm = new SmallCrm("main");

    @TempDir
    private Path folder;

    private Shelves shelves;
    private Directory directory;

    @BeforeEach
    void open() {
        shelves = new Shelves(folder, crm);
        directory = shelves.directory();
    }

    @AfterEach
    void close() {
        shelves.close();
    }

    @Test
    void numberStoredInFiveSpellingsIsFound() {
        List<String> spellings =
                List.of("8 (916) 123-45-67", "+7 916 1234567", "79161234567", "007916-123-45-67", "9161234567 доб. 12");
        for (int i = 0; i < spellings.size(); i++) {
            directory.learn(List.of(crm.contact(String.valueOf(i), spellings.get(i))));
        }

        Lookup lookup = directory.lookup(MOBILE);

        assertThat(lookup.source()).isEqualTo(Lookup.Source.DIRECTORY);
        assertThat(lookup.matches())
                .extracting(match -> match.contact().ref().id())
                .containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void everyNumberOfAFieldIsFoundWhateverTheExtensionOfTheQuestion() {
        Contact anna = crm.contact("1", "8 916 123 45 67, 8 (495) 123-45-67 доб. 12");

        directory.learn(List.of(anna));

        assertThat(directory.lookup(MOBILE).best().map(Match::contact)).contains(anna);
        assertThat(directory.lookup(OFFICE).best().map(Match::contact)).contains(anna);
        assertThat(directory.lookup(new PhoneNumber(OFFICE.e164(), "99")).best().map(Match::contact))
                .contains(anna);
        assertThat(directory.numbers()).isEqualTo(2);
    }

    @Test
    void sharedNumberReturnsEverybodyRankedWithOwnerAndLink() {
        Contact lead = new Contact(
                new ContactRef("main", ContactRef.Type.LEAD, "5"), "", List.of("89161234567"), null, null, null, null);
        Contact anna = crm.contact("1", "+79161234567");
        directory.learn(List.of(lead, anna));

        List<Match> matches = directory.lookup(MOBILE).matches();

        assertThat(matches)
                .containsExactly(
                        new Match(anna, "A person comes before a lead."),
                        new Match(lead, "A lead comes after a person."));
        assertThat(matches.get(0).contact().owner()).isEqualTo("7");
        assertThat(matches.get(0).contact().url()).hasToString("https://crm.example.com/contact/1");
    }

    @Test
    void whatWasLearnedAndForgottenIsSoAfterARestart() {
        directory.learn(List.of(crm.contact("1", "89161234567"), crm.contact("2", "84951234567")));
        directory.learn(List.of(crm.contact("1", "+7 916 765 43 21")));
        directory.forget(Set.of(crm.ref("2")));

        Directory reopened = shelves.restart();

        for (Directory one : List.of(directory, reopened)) {
            assertThat(one.lookup(MOBILE)).isEqualTo(Lookup.NOBODY);
            assertThat(one.lookup(OFFICE)).isEqualTo(Lookup.NOBODY);
            assertThat(one.lookup(PhoneNumber.of("+79167654321")).best()).isPresent();
            assertThat(one.find(crm.ref("1"))).contains(crm.contact("1", "+7 916 765 43 21"));
            assertThat(one.find(crm.ref("2"))).isEmpty();
            assertThat(one.contacts()).isEqualTo(1);
        }
    }

    @Test
    void listenersAreToldOldAndNewNumbersAndOneThatFailsDoesNoHarm() {
        List<Set<PhoneNumber>> told = new CopyOnWriteArrayList<>();
        directory.onLearned(numbers -> {
            throw new IllegalStateException("not my day");
        });
        directory.onLearned(told::add);

        directory.learn(List.of(crm.contact("1", "89161234567")));
        directory.learn(List.of(crm.contact("1", "84951234567")));
        directory.forget(Set.of(crm.ref("1")));

        assertThat(told).containsExactly(Set.of(MOBILE), Set.of(MOBILE, OFFICE), Set.of(OFFICE));
    }

    @Test
    void lookupsFindWhatStaysWhileAWriterLearnsAndForgets() {
        directory.learn(List.of(crm.contact("stays", "89161234567")));
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        boolean always = true;
                        while (!stop.get()) {
                            Lookup lookup = directory.lookup(MOBILE);
                            always &= lookup.matches().stream()
                                    .anyMatch(
                                            match -> match.contact().ref().id().equals("stays"));
                        }
                        return always;
                    },
                    readers));
        }

        for (int round = 0; round < 40; round++) {
            List<Contact> some = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                some.add(crm.contact("r" + round + "i" + i, "8916" + (1_000_000 + round * 50 + i), "89161234567"));
            }
            directory.learn(some);
            directory.forget(some.stream().map(Contact::ref).toList());
        }
        stop.set(true);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isTrue());
        assertThat(directory.lookup(MOBILE).matches()).hasSize(1);
        assertThat(directory.contacts()).isEqualTo(1);
        readers.shutdown();
    }

    @Test
    void mistakesInTheSetUpAreNamed() {
        Directory.Builder builder = Directory.builder(
                        new NumberPlan("RU"), shelves.store().contacts())
                .account(crm, "RU", shelves.store().memory("main"));

        assertThatThrownBy(() -> builder.account(crm, "RU", shelves.store().memory("main")))
                .hasMessage("the account \"main\" is there twice");
        assertThatThrownBy(() -> builder.searchesAtATime(0)).hasMessage("searchesAtATime must be at least 1: 0");
        assertThatThrownBy(() -> builder.askBudget(Duration.ZERO)).hasMessage("askBudget must be more than zero: PT0S");
        assertThatThrownBy(() -> directory.sync("other", (contacts, total) -> {}))
                .hasMessage("\"other\" is no account whose contacts can be read; those are [main]");
    }
}
