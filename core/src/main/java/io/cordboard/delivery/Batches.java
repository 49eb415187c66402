// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses what goes together in one call to a role. */
final class Batches {
    private Batches() {}

    /**
     * {@return the first of the deliveries that may go and those of its kind behind it, one of a lane; empty when none
     * may}
     *
     * @param due what is due, in the order in which it is wanted
     * @param busy lanes of which one is on its way
     * @param recordings whether a recording may go; it goes alone
     * @param most the most of one call
     */
    static List<Delivery> choose(List<Delivery> due, Set<String> busy, boolean recordings, int most) {
        Set<String> lanes = new HashSet<>(busy);
        List<Delivery> chosen = new ArrayList<>();
        for (Delivery delivery : due) {
            Kind kind = Kind.of(delivery.write());
            boolean fits = chosen.isEmpty()
                    ? recordings || kind != Kind.RECORDING
                    : kind == Kind.of(chosen.get(0).write());
            if (fits && lanes.add(delivery.lane())) {
                chosen.add(delivery);
            }
            if (chosen.size() == most || (!chosen.isEmpty() && kindOf(chosen) == Kind.RECORDING)) {
                break;
            }
        }
        return chosen;
    }

    static Kind kindOf(List<Delivery> batch) {
        return Kind.of(batch.get(0).write());
    }
}
