// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallEvent;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.Recording;
import io.cordboard.crm.CrmWrite;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a record leaves behind that comes after the call had settled. */
class CorrectionsTest {
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

    private int tickets() {
        return house.crm().written(CrmWrite.OpenTicket.class).size();
    }

    private int records(Script script) {
        return house.crm().logged(script.id()).size();
    }

    @Test
    void aCallThatTurnsOutToHaveBeenMissedLeavesItsTicketOnce() {
        Script script = new Script("1");
        house.pbx().says(script.answeredCall());
        assertThat(house.settled(script.id()).isAnswered()).isTrue();
        assertThat(tickets()).isZero();

        house.pbx().says(script.record("cdr", EndReason.NO_ANSWER, Duration.ZERO));
        await().until(() -> tickets() == 1 && records(script) == 2);
        assertThat(house.crm().logged(script.id()).get(1).answered()).isFalse();
        assertThat(house.crm().logged(script.id()).get(1).revision()).isEqualTo(1);

        house.pbx().says(script.record("statistics", EndReason.ABANDONED, Duration.ZERO));
        await().until(() -> records(script) == 3);
        house.settled(script.id());
        assertThat(tickets()).isEqualTo(1);
        assertThat(house.delivery(script.id(), "ticket").orElseThrow().write())
                .isInstanceOfSatisfying(
                        CrmWrite.OpenTicket.class,
                        ticket -> assertThat(ticket.ticket().text()).contains("NO_ANSWER"));
    }

    @Test
    void aMissedCallThatHasItsTicketGetsNoOtherByACorrection() {
        Script script = new Script("1");
        house.pbx().says(script.missedCall());
        house.settled(script.id());
        assertThat(tickets()).isEqualTo(1);

        house.pbx().says(script.record("cdr", EndReason.NO_ANSWER, Duration.ZERO));
        await().until(() -> records(script) == 2);
        house.pbx().says(script.record("statistics", EndReason.COMPLETED, Duration.ofSeconds(7)));
        await().until(() -> records(script) == 3);
        house.pbx().says(script.record("third", EndReason.BUSY, Duration.ZERO));
        await().until(() -> records(script) == 4);
        house.settled(script.id());
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void aCallThatIsLoggableOnlyAfterACorrectionLeavesAllThatItWouldHaveLeft() {
        Script script = new Script("1");
        house.pbx()
                .says(script.isInternal(House.BORIS), script.rings(House.ANNA), script.legEnds("101"), script.ends());
        house.settled(script.id());
        assertThat(house.store().outbox().of(script.id())).isEmpty();

        CallEvent arrived = new CallEvent.Arrived(
                script.id(),
                Script.T0.minusSeconds(1),
                Direction.INBOUND,
                Caller.raw(Script.NUMBER),
                "74951110001",
                null,
                null);
        house.pbx().says(arrived);
        await().until(() -> records(script) == 1 && tickets() == 1);
        assertThat(house.crm().logged(script.id()).get(0).revision()).isZero();

        house.pbx().says(arrived, script.record("cdr", EndReason.ABANDONED, Duration.ZERO));
        house.settled(script.id());
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void newsThatChangesNothingIsDoneWithAllTheSame() {
        Script script = new Script("1");
        house.pbx().says(script.missedCall());
        house.settled(script.id());
        house.pbx().says(script.record("cdr", EndReason.NO_ANSWER, Duration.ZERO));
        await().until(() -> records(script) == 2);

        house.pbx().says(script.record("statistics", EndReason.NO_ANSWER, Duration.ZERO));
        await().until(() -> house.store().calls().unfinished().isEmpty());
        assertThat(house.store().calls().events(script.id())).hasSize(7);
        assertThat(records(script)).isEqualTo(2);
    }

    @Test
    void newsThatChangesNothingLeavesNothing() {
        Script script = new Script("1");
        house.pbx().says(script.missedCall());
        house.settled(script.id());
        int before = house.store().outbox().of(script.id()).size();

        house.pbx()
                .says(new CallEvent.RecordingAvailable(
                        script.id(), Script.T0.plusSeconds(90), new Recording("r.wav", null)));
        await().until(() -> !house.call(script.id()).recordings().isEmpty());
        assertThat(house.store().outbox().of(script.id())).hasSize(before);
    }

    @Test
    void aCorrectionAfterARestartPlansTheSame() {
        Script script = new Script("1");
        house.pbx().says(script.answeredCall());
        house.settled(script.id());
        house.restart(new RecordingCrm("main"));

        house.pbx().says(script.record("cdr", EndReason.NO_ANSWER, Duration.ZERO));
        await().until(() -> tickets() == 1 && records(script) == 1);
        house.restart(new RecordingCrm("main"));
        house.pbx().says(script.record("statistics", EndReason.BUSY, Duration.ZERO));
        await().until(() -> records(script) == 1);
        house.settled(script.id());
        assertThat(tickets()).isZero();
    }
}
