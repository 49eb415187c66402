// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a late event made different in a settled call. */
final class Differences {
    private Differences() {}

    static List<Correction> between(Call before, Call after, Instant at) {
        List<Correction> found = new ArrayList<>();
        add(found, at, "end", before.end(), after.end());
        add(found, at, "answeredBy", before.answeredBy(), after.answeredBy());
        add(found, at, "agent", before.agent(), after.agent());
        add(found, at, "connected", before.times().connected(), after.times().connected());
        add(found, at, "startedAt", before.startedAt(), after.startedAt());
        add(found, at, "direction", before.direction(), after.direction());
        add(found, at, "customer", before.customer(), after.customer());
        add(found, at, "line", before.line(), after.line());
        add(found, at, "absorbedInto", before.absorbedInto(), after.absorbedInto());
        return List.copyOf(found);
    }

    private static void add(
            List<Correction> found, Instant at, String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            found.add(new Correction(at, what, String.valueOf(before), String.valueOf(after)));
        }
    }
}
