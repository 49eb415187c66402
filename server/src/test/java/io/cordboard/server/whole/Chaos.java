// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Faults.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What goes wrong in the CRM while the server is being killed: now this, now that, drawn from a seed. */
final class Chaos {
    private static final List<Kind> KINDS = List.of(
            Kind.LOST_ANSWER,
            Kind.SERVER_ERROR,
            Kind.RATE_LIMIT,
            Kind.DROP_BEFORE,
            Kind.HTML,
            Kind.HALF_BODY,
            Kind.SLOW);

    private final Faults faults;
    private final Random random;

    Chaos(Faults faults, Random random) {
        this.faults = faults;
        this.random = random;
    }

    /** Ends what went wrong before, and lets up to two other things go wrong for a part of all requests. */
    void turn() {
        calm();
        List<Kind> kinds = new ArrayList<>(KINDS);
        Collections.shuffle(kinds, random);
        for (Kind kind : kinds.subList(0, random.nextInt(3))) {
            double part = 0.1 + 0.4 * random.nextDouble();
            faults.set(kind, kind == Kind.SLOW ? (Object) (int) (1_000 * part) : (Object) part);
        }
    }

    void calm() {
        KINDS.forEach(kind -> faults.set(kind, false));
    }

    /** How often something went wrong; slow answers are not counted. */
    int struck() {
        return KINDS.stream().mapToInt(faults::struck).sum();
    }
}
