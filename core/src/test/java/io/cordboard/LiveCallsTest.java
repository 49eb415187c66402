// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.Call;
import io.cordboard.call.EndReason;
import io.cordboard.crm.CrmWrite;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose store fails while they are being worked on. */
class LiveCallsTest {
    @TempDir
    private Path folder;

    private FailingStore faults;
    private House house;

    @BeforeEach
    void open() {
        house = new House(folder);
        faults = new FailingStore(house.store());
        house.on(faults).start();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aCallThatCouldNotBeReadIsReadAgainFromDiskAndSettlesRight() {
        Script script = new Script("1");
        faults.refuseReads(3);
        house.pbx().says(script.answeredCall());

        Call settled = house.settled(script.id());
        assertThat(faults.readsRefused()).isEqualTo(3);
        assertThat(settled.isAnswered()).isTrue();
        assertThat(settled.events()).hasSize(6);
        assertThat(house.crm().logged(script.id())).hasSize(1);
    }

    @Test
    void aCorrectionThatCouldNotBeKeptIsMadeAgain() {
        Script script = new Script("1");
        house.pbx().says(script.answeredCall());
        house.settled(script.id());

        faults.refusePlans(3);
        house.pbx().says(script.record("cdr", EndReason.NO_ANSWER, Duration.ZERO));
        await().until(() -> house.crm().logged(script.id()).size() == 2);
        assertThat(faults.plansRefused()).isEqualTo(3);
        await().until(() -> house.crm().written(CrmWrite.OpenTicket.class).size() == 1);
        assertThat(house.settled(script.id()).end()).isEqualTo(EndReason.NO_ANSWER);
        assertThat(house.crm().logged(script.id())).hasSize(2);
    }

    @Test
    void aCallThatCouldNotBeSettledIsSettledWhenTheStoreIsBack() {
        Script script = new Script("1");
        faults.refusePlans(3);
        house.pbx().says(script.missedCall());
        house.settled(script.id());
        assertThat(faults.plansRefused()).isEqualTo(3);
        assertThat(house.crm().logged(script.id())).hasSize(1);
        assertThat(house.crm().written(CrmWrite.OpenTicket.class)).hasSize(1);
    }
}
