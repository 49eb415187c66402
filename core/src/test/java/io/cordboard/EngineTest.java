// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallState;
import io.cordboard.connector.Health;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.delivery.Delivery;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Rules;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    @Test
    void allCallsOfTheLastRunAreKnownBeforeThePbxIsAskedForItsCalls(@TempDir Path files) {
        try (House first = new House(files)) {
            first.start();
            for (int i = 0; i < 300; i++) {
                first.pbx().says(new Script("c" + i).arrives());
            }
            first.restart(new RecordingCrm("main"));
            assertThat(first.pbx().liveAtStart()).hasSize(300);
        }
    }

    @TempDir
    private Path folder;

    private House house;

    @BeforeEach
    void open() {
        house = new House(folder).start();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private List<CrmWrite.AddNote> notes() {
        return house.crm().written(CrmWrite.AddNote.class);
    }

    @Test
    void aStrangerWhoBecameALeadIsKnownAtTheNextCall() {
        house.restart(new RecordingCrm("main"), builder -> builder.rules(Rules.DEFAULT));
        Script first = new Script("1");
        house.pbx().says(first.answeredCall());
        house.settled(first.id());
        assertThat(house.crm().written(CrmWrite.CreateCustomer.class)).hasSize(1);

        Script second = new Script("2");
        house.pbx().says(second.arrives(), second.rings(House.ANNA));
        await().until(() -> house.cordboard()
                .call(second.id())
                .filter(card -> card.matches().size() == 1)
                .isPresent());
    }

    @Test
    void aNoteOnAnInternalCallIsRefusedAndSaysWhy() {
        Script script = new Script("1");
        house.pbx().says(script.isInternal(House.BORIS), script.rings(House.ANNA), script.ends());
        house.settled(script.id());
        assertThatThrownBy(() -> house.cordboard().note(script.id(), "hello", null, "Anna"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("internal call");
        assertThat(house.store().outbox().of(script.id())).isEmpty();
    }

    @Test
    void aNoteOnAPartOfACallGoesToTheWhole() {
        Script whole = new Script("whole");
        Script part = new Script("part");
        house.pbx().says(part.isDialledBy(House.ANNA, null), part.answers(House.ANNA), part.isPartOf(whole.id()));
        house.pbx().says(part.ends());
        house.pbx().says(whole.answeredCall());
        house.settled(whole.id());
        house.settled(part.id());

        assertThat(house.cordboard().note(part.id(), "hello", null, "Anna")).isEqualTo(1);
        assertThat(house.cordboard().ticket(part.id(), Tickets.callBack(), "Anna"))
                .isEqualTo("main");
        house.settled(whole.id());
        assertThat(notes()).extracting(CrmWrite.AddNote::call).containsExactly(whole.id());
        assertThat(house.crm().written(CrmWrite.OpenTicket.class))
                .extracting(CrmWrite.OpenTicket::call)
                .containsExactly(whole.id());
    }

    @Test
    void aNoteThatWasWrittenBeforeTheCallTurnedOutToBeAPartGoesToTheWhole() {
        Script whole = new Script("whole");
        Script part = new Script("part");
        house.pbx().says(part.isDialledBy(House.ANNA, null), part.answers(House.ANNA));
        await().until(() -> house.store().calls().find(part.id()).isPresent());
        house.cordboard().note(part.id(), "hello", null, "Anna");

        house.pbx().says(part.isPartOf(whole.id()), part.ends());
        house.pbx().says(whole.answeredCall());
        house.settled(part.id());
        house.settled(whole.id());

        await().until(() -> notes().size() == 1);
        assertThat(notes()).extracting(CrmWrite.AddNote::call).containsExactly(whole.id());
        assertThat(house.store().outbox().of(part.id()))
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DONE);
    }

    @Test
    void twoCallsOfWhichEachIsSaidToBeAPartOfTheOtherAreNotFollowedInCircles() {
        Script one = new Script("1");
        Script two = new Script("2");
        house.pbx().says(one.isDialledBy(House.ANNA, null), one.isPartOf(two.id()), one.ends());
        house.pbx().says(two.isDialledBy(House.ANNA, null), two.isPartOf(one.id()), two.ends());
        house.settled(one.id());
        house.settled(two.id());
        assertThat(house.cordboard().ticket(one.id(), Tickets.callBack(), null)).isEqualTo("main");
    }

    @Test
    void aNoteOnASettledCallThatWasNeverLoggedDoesNotWaitForARecord() {
        Script script = new Script("1");
        house.restart(new RecordingCrm("main").without(CallLog.class));
        house.pbx().says(script.answeredCall());
        house.settled(script.id());
        assertThat(house.delivery(script.id(), "log")).isEmpty();

        house.restart(new RecordingCrm("main"));
        house.cordboard().note(script.id(), "hello", null, "Anna");
        await().until(() -> notes().size() == 1);
    }

    @Test
    void aNoteThatIsWrittenDuringTheCallWaitsForItsRecord() {
        Script script = new Script("1");
        house.pbx().says(script.arrives(), script.rings(House.ANNA), script.answers(House.ANNA));
        await().until(() -> house.store().calls().find(script.id()).isPresent());
        house.cordboard().note(script.id(), "hello", null, "Anna");
        assertThat(notes()).isEmpty();
        house.pbx().says(script.legEnds("101"), script.ends());
        house.settled(script.id());
        assertThat(house.crm().logged(script.id())).hasSize(1);
        await().until(() -> notes().size() == 1);
        assertThat(notes().get(0).user()).isEqualTo("17");
    }

    @Test
    void whoListensIsToldWhenAWriteArrived() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        house.crm().answers(write -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Done("ref");
        });
        List<CallCard> told = new CopyOnWriteArrayList<>();
        house.cordboard().listen(new CordboardListener() {
            @Override
            public void callChanged(CallCard card) {
                told.add(card);
            }

            @Override
            public void agentChanged(AgentView view) {}
        });
        Script script = new Script("1");
        house.pbx().says(script.answeredCall());
        await().until(() -> told.stream().anyMatch(card -> card.call().state() == CallState.SETTLED));
        told.clear();

        answer.countDown();
        await().until(() -> !told.isEmpty());
        assertThat(told.get(0).call().id()).isEqualTo(script.id());
        assertThat(house.delivery(script.id(), "log").orElseThrow().state()).isEqualTo(Delivery.State.DONE);
    }

    @Test
    void aClickIsDialledOnceEvenWhenItIsToldAgainAfterARestart() {
        house.crm().click("ref-1", "17", Script.NUMBER);
        house.crm().click("ref-1", "17", Script.NUMBER);
        await().until(() -> house.pbx().orders().size() == 1);
        house.crm().click("ref-2", "17", Script.NUMBER);
        await().until(() -> house.pbx().orders().size() == 2);
        assertThat(house.pbx().orders()).allMatch(order -> order.agent().equals(House.ANNA));

        house.restart(new RecordingCrm("main"));
        house.crm().click("ref-1", "17", Script.NUMBER);
        house.crm().click("ref-3", "17", Script.NUMBER);
        await().until(() -> !house.pbx().orders().isEmpty());
        house.cordboard().close();
        assertThat(house.pbx().orders()).as("only the new one").hasSize(1);
    }

    @Test
    void anAccountThatAPersonMustAuthoriseAgainSaysSoEvenIfItsConnectorDoesNot() {
        house.crm().answers(write -> new Outcome.Reauthorise("the app was removed"));
        house.pbx().says(new Script("1").answeredCall());
        await().until(() -> health().status() == Health.Status.REAUTHORISE);
        assertThat(health().detail()).contains("1 deliveries wait").contains("the app was removed");
    }

    @Test
    void anAccountThatIsAuthorisedAgainGoesOnByItself() {
        house.crm().says(new Health(Health.Status.REAUTHORISE, "install the app again"));
        house.crm().answers(write -> new Outcome.Reauthorise("the app was removed"));
        Script script = new Script("1");
        house.pbx().says(script.answeredCall());
        await().until(() -> house.delivery(script.id(), "log")
                .filter(delivery -> delivery.reason() != null)
                .isPresent());
        assertThat(health()).isEqualTo(new Health(Health.Status.REAUTHORISE, "install the app again"));

        house.crm().answers(write -> new Outcome.Done("ref"));
        house.crm().says(Health.UP);
        house.settled(script.id());
        await().until(() -> health().equals(Health.UP));
    }

    private Health health() {
        return house.cordboard().health().getOrDefault("main", Health.UP);
    }
}
