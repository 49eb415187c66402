// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Brings many writes in parts: one request never carries two about the same thing, nor more than it may. */
final class Waves {
    private Waves() {}

    /**
     * {@return an outcome for each attempt, in their order}
     *
     * @param attempts the attempts
     * @param about what an attempt is about
     * @param most how many at once
     * @param outcomes what a failure means
     * @param bring writes some of them and notes the outcomes
     * @param <W> the kind of write
     */
    static <W extends CrmWrite> List<Outcome> bring(
            List<Attempt<W>> attempts,
            Function<Attempt<W>, Object> about,
            int most,
            Outcomes outcomes,
            BiConsumer<List<Attempt<W>>, Map<Attempt<W>, Outcome>> bring) {
        // By identity: the same write may be given twice.
        IdentityHashMap<Attempt<W>, Outcome> all = new IdentityHashMap<>();
        List<Attempt<W>> left = new ArrayList<>(attempts);
        while (!left.isEmpty()) {
            List<Attempt<W>> wave = new ArrayList<>();
            List<Attempt<W>> later = new ArrayList<>();
            Set<Object> seen = new HashSet<>();
            for (Attempt<W> attempt : left) {
                (wave.size() < most && seen.add(about.apply(attempt)) ? wave : later).add(attempt);
            }
            try {
                bring.accept(wave, all);
            } catch (ConnectorException e) {
                Outcome failed = outcomes.of(e);
                wave.forEach(attempt -> all.putIfAbsent(attempt, failed));
            }
            left = later;
        }
        List<Outcome> inOrder = new ArrayList<>();
        for (Attempt<W> attempt : attempts) {
            inOrder.add(all.getOrDefault(attempt, new Outcome.Retry(null, "salesforce needs another try")));
        }
        return inOrder;
    }
}
