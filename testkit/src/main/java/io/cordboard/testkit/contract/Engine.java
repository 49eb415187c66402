// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.awaitility.Awaitility.await;

import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Tries a write as the engine does: again after a failure, and with a look first after a lost answer. */
final class Engine<W extends CrmWrite> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Function<Attempt<W>, Outcome> role;
    private final W write;
    private final String key;
    private final List<Outcome> outcomes = new ArrayList<>();
    private boolean lookFirst;

    Engine(W write, String key, Function<Attempt<W>, Outcome> role) {
        this.write = write;
        this.key = key;
        this.role = role;
    }

    /** {@return what became of one more attempt} */
    Outcome once() {
        Outcome outcome = role.apply(new Attempt<>(write, key, outcomes.size() + 1, lookFirst));
        lookFirst |= outcome instanceof Outcome.Unclear;
        outcomes.add(outcome);
        return outcome;
    }

    /** Begins as if nothing were known of earlier attempts but that there may have been some. */
    Engine<W> afterCrash() {
        lookFirst = true;
        return this;
    }

    /** {@return what became of it in the end: done, or refused} */
    Outcome untilSettled() {
        BooleanSupplier settled = () -> {
            Outcome outcome = once();
            return outcome instanceof Outcome.Done || outcome instanceof Outcome.Refused;
        };
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(PAUSE).until(settled::getAsBoolean);
        return outcomes.get(outcomes.size() - 1);
    }

    List<Outcome> outcomes() {
        return outcomes;
    }
}
