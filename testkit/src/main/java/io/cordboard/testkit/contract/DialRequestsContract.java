// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite.LogCall;
import io.cordboard.crm.DialRequests.Click;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A click in the CRM is told, with the CRM's own id of the call that is to be. */
public interface DialRequestsContract extends CrmContract {
    /** {@return the clicks that the listener was told since the beginning, in their order} */
    List<Click> clicks();

    private List<Click> awaitClicks() {
        await().atMost(Duration.ofSeconds(15)).until(() -> !clicks().isEmpty());
        return List.copyOf(clicks());
    }

    /** A click is told with who and what. */
    @Test
    default void clickIsTold() {
        crm().clicks(crm().user(), Writes.customer(1), false);

        assertThat(awaitClicks().get(0)).satisfies(click -> {
            assertThat(click.user()).isEqualTo(crm().user());
            assertThat(click.number()).isEqualTo(Writes.customer(1).e164());
            assertThat(click.ref()).isNotBlank();
        });
    }

    /** A click that the vendor tells twice has the same reference. */
    @Test
    default void clickToldTwiceHasTheSameReference() {
        crm().clicks(crm().user(), Writes.customer(2), true);
        awaitClicks();
        crm().clicks(crm().user(), Writes.customer(3), false);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> clicks().stream()
                        .anyMatch(click ->
                                click.number().equals(Writes.customer(3).e164())));

        assertThat(clicks())
                .filteredOn(click -> click.number().equals(Writes.customer(2).e164()))
                .extracting(Click::ref)
                .containsOnly(clicks().get(0).ref());
    }

    /** The call that came of the click is the CRM's call, not a second one. */
    @Test
    default void dialledCallIsTheCallOfTheClick() {
        crm().clicks(crm().user(), Writes.customer(4), false);
        String ref = awaitClicks().get(0).ref();
        LogCall write = Writes.dialled(4, crm().user(), ref);
        Outcome outcome = new Engine<>(
                        write,
                        "log/" + write.call(),
                        (Attempt<LogCall> attempt) ->
                                role(CallLog.class).log(List.of(attempt)).get(0))
                .untilSettled();

        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(crm().records(Writes.customer(4))).hasSize(1);
    }
}
