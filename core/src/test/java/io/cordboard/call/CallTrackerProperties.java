// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever order a PBX tells a call's events in, and however often, the call is the same. */
final class CallTrackerProperties {
    private static final List<String> AGENTS = List.of("101", "102", "103");

    @Property(tries = 2000)
    void anyOrderAndAnyRepetitionSettleToTheSameCall(@ForAll("stories") List<CallEvent> story, @ForAll long seed) {
        Call expected = Story.fold(story);
        Random random = new Random(seed);
        List<CallEvent> shaken = new ArrayList<>(story);
        for (CallEvent event : story) {
            if (random.nextInt(3) == 0) {
                shaken.add(event.movedTo(event.at().plusMillis(random.nextInt(3_000))));
            }
        }
        // Holds are told apart by their times: a repetition has the same time.
        shaken.removeIf(event -> isHold(event) && !story.contains(event));
        Collections.shuffle(shaken, random);

        Call call = Story.fold(shaken);

        assertThat(call)
                .usingRecursiveComparison()
                .ignoringFields("corrections")
                .isEqualTo(expected);
    }

    @Property(tries = 2000)
    void settledCallsAreConsistent(@ForAll("stories") List<CallEvent> story) {
        Call call = Story.fold(story);

        assertThat(call.state()).isEqualTo(CallState.SETTLED);
        assertThat(call.end()).isNotNull();
        assertThat(call.isAnswered()).isEqualTo(!call.answeredBy().isEmpty());
        assertThat(call.rang()).containsAll(call.answeredBy());
        assertThat(call.consulted()).noneMatch(call.answeredBy()::contains);
        assertThat(call.times().held()).isLessThanOrEqualTo(call.times().connected());
        assertThat(call.times().talking()).isLessThanOrEqualTo(call.times().connected());
        if (!call.isAnswered()) {
            assertThat(call.times().connected()).isZero();
            assertThat(call.end()).isNotEqualTo(EndReason.COMPLETED);
        }
    }

    @Property(tries = 500)
    void sayingSomethingAgainReturnsTheSameObject(@ForAll("stories") List<CallEvent> story) {
        Call call = Story.fold(story);

        for (CallEvent event : story) {
            assertThat(CallTracker.apply(call, event)).isSameAs(call);
        }
    }

    @Example
    void everyKindOfEventHasItsPlaceInTheOrder() {
        Set<Class<?>> ordered = EventOrder.kinds().stream().collect(Collectors.toSet());

        assertThat(ordered).isEqualTo(Set.of(CallEvent.class.getPermittedSubclasses()));
    }

    private static boolean isHold(CallEvent event) {
        return event instanceof CallEvent.LegHeld || event instanceof CallEvent.LegResumed;
    }

    @Provide
    Arbitrary<List<CallEvent>> stories() {
        Arbitrary<List<Integer>> rings =
                Arbitraries.integers().between(1, 80).list().ofSize(AGENTS.size());
        Arbitrary<List<Boolean>> answers = Arbitraries.of(true, false).list().ofSize(AGENTS.size());
        Arbitrary<List<Integer>> steps =
                Arbitraries.integers().between(1, 100).list().ofSize(6);
        Arbitrary<@Nullable EndedBy> by = Arbitraries.of(EndedBy.values()).injectNull(0.2);
        return Combinators.combine(rings, answers, steps, by, Arbitraries.of(true, false))
                .as(CallTrackerProperties::story);
    }

    private static List<CallEvent> story(
            List<Integer> rings, List<Boolean> answers, List<Integer> steps, @Nullable EndedBy by, boolean recorded) {
        Story story = Story.inbound();
        double end = 30;
        List<Extension> talked = new ArrayList<>();
        for (int i = 0; i < AGENTS.size(); i++) {
            String agent = AGENTS.get(i);
            double rang = rings.get(i) / 10.0;
            story.rings(rang, agent);
            if (answers.get(i)) {
                double answered = rang + steps.get(i) / 10.0;
                story.answers(answered, agent);
                story.holds(answered + 1, agent).resumes(answered + 1 + steps.get(i + 3) / 50.0, agent);
                talked.add(Story.ext(agent));
            }
            story.legEnds(20 + i, agent, answers.get(i) ? LegEnd.HUNG_UP : LegEnd.NO_ANSWER);
        }
        if (talked.size() > 1) {
            story.transfers(
                    15,
                    Transfer.Kind.BLIND,
                    talked.get(0).number(),
                    talked.get(1).number());
            story.asks(14, talked.get(0).number(), "109");
        }
        story.ends(end, by);
        if (recorded) {
            EndReason reason = talked.isEmpty() ? EndReason.NO_ANSWER : EndReason.COMPLETED;
            story.record(end + 0.1, reason, talked.isEmpty() ? Duration.ZERO : Duration.ofSeconds(12), talked);
        }
        return story.settles(end + 5).events();
    }
}
