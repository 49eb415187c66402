// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class NumberIndexTest {
    @Property(tries = 50)
    void indexHoldsWhatAMapOfSetsHolds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int numbers) {
        Random random = new Random(seed);
        NumberIndex index = new NumberIndex();
        Map<Long, Set<Integer>> model = new HashMap<>();

        for (int step = 0; step < 6000; step++) {
            long number = 79_000_000_001L + random.nextInt(numbers) * 1024L;
            int posting = random.nextInt(4);
            if (random.nextInt(3) > 0) {
                index.add(number, posting);
                model.computeIfAbsent(number, none -> new TreeSet<>()).add(posting);
            } else {
                index.remove(number, posting);
                model.computeIfPresent(number, (same, postings) -> {
                    postings.remove(posting);
                    return postings.isEmpty() ? null : postings;
                });
            }
        }

        assertThat(index.numbers()).isEqualTo(model.size());
        for (int i = 0; i < numbers; i++) {
            long number = 79_000_000_001L + i * 1024L;
            assertThat(sorted(index.find(number))).containsExactlyElementsOf(model.getOrDefault(number, Set.of()));
        }
    }

    @Test
    void readersAlwaysFindWhatStaysWhileAWriterAddsAndRemoves() throws Exception {
        NumberIndex index = new NumberIndex();
        for (int i = 0; i < 500; i++) {
            index.add(79_160_000_000L + i, i);
        }
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        List<Future<Integer>> missing = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            missing.add(readers.submit(() -> {
                int missed = 0;
                for (int i = 0; !stop.get(); i = (i + 1) % 500) {
                    int wanted = i;
                    if (IntStream.of(index.find(79_160_000_000L + i)).noneMatch(found -> found == wanted)) {
                        missed++;
                    }
                }
                return missed;
            }));
        }

        // enough to build the table anew several times, and to turn single postings into lists and back
        for (int i = 0; i < 200_000; i++) {
            index.add(74_950_000_000L + i, i);
            index.add(79_160_000_000L + i % 500, 1_000_000);
            index.remove(79_160_000_000L + i % 500, 1_000_000);
            index.remove(74_950_000_000L + i - 3000, i - 3000);
        }
        stop.set(true);
        readers.shutdown();

        assertThat(readers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        for (Future<Integer> missed : missing) {
            assertThat(missed.get()).isZero();
        }
        assertThat(index.numbers()).isEqualTo(3500);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        NumberIndex index = new NumberIndex();

        assertThatThrownBy(() -> index.add(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.add(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(index.find(1)).isEmpty();
    }

    private static List<Integer> sorted(int[] postings) {
        return IntStream.of(postings).sorted().boxed().toList();
    }
}
