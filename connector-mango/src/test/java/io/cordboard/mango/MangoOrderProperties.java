// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Mango posts side by side: events overtake each other, and some come twice. */
final class MangoOrderProperties {
    @Property(tries = 1000)
    void anyOrderAndAnyRepetitionIsTheSameCall(@ForAll("stories") List<MangoNotice> story, @ForAll long seed) {
        Random random = new Random(seed);
        List<MangoNotice> shaken = new ArrayList<>(story);
        story.stream().filter(notice -> random.nextInt(3) == 0).forEach(shaken::add);
        Collections.shuffle(shaken, random);
        Call straight = Stories.settled(story);

        Call call = Stories.settled(shaken, random.nextInt(shaken.size() + 1));

        assertThat(call)
                .usingRecursiveComparison()
                .ignoringFields("events", "corrections", "why")
                .isEqualTo(straight);
    }

    @Provide
    Arbitrary<List<MangoNotice>> stories() {
        return Arbitraries.of(List.copyOf(Stories.all().values()));
    }
}
