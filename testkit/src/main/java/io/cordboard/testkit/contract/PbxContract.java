// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.agent.AgentState;
import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.Extension;
import io.cordboard.call.Recording;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Router;
import io.cordboard.pbx.Routing;
import io.cordboard.pbx.WholeRecording;
import io.cordboard.testkit.contract.PbxBench.Scene;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every PBX connector has to pass; the tests of a role that the vendor cannot play are skipped. */
public interface PbxContract {
    /** How long anything may take before a test gives up. */
    Duration PATIENCE = Duration.ofSeconds(30);

    /** {@return the bench, fresh for each test} */
    PbxBench bench();

    /** Who called, who rang, who answered and how it ended are told. */
    @Test
    default void anAnsweredCallIsToldAsItWas() {
        Call call = over(bench().play(Scene.ANSWERED));

        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(digits(call.customer().raw())).isEqualTo(digits(bench().customer()));
        assertThat(call.line()).isEqualTo(bench().line());
        assertThat(call.rang()).containsExactly(first());
        assertThat(call.answeredBy()).containsExactly(first());
        assertThat(call.agent()).isEqualTo(first());
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
    }

    /** Nobody answered: one call, not answered. */
    @Test
    default void aMissedCallIsOneMissedCall() {
        Call call = over(bench().play(Scene.MISSED));

        assertThat(call.isAnswered()).isFalse();
        assertThat(call.rang()).containsExactly(first());
        assertThat(call.end()).isIn(EndReason.ABANDONED, EndReason.NO_ANSWER);
        assertThat(call.times().connected()).isZero();
        assertThat(bench().calls().all()).hasSize(1);
    }

    /** Ten phones ring and one is answered: one answered call. */
    @Test
    default void aCallThatRangManyPhonesIsOneAnsweredCall() {
        Call call = over(bench().play(Scene.RING_ALL));

        List<Extension> all = bench().extensions();
        assertThat(call.rang()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(call.answeredBy()).containsExactly(all.get(all.size() - 1));
        assertThat(bench().calls().all()).hasSize(1);
    }

    /** Everything said twice, or in the wrong order, is the same call. */
    @Test
    default void repetitionsAndDisorderChangeNothing() {
        Call straight = over(bench().play(Scene.ANSWERED));

        for (Scene scene : List.of(Scene.REPEATED, Scene.SHUFFLED)) {
            Call call = over(bench().play(scene));
            assertThat(call.rang()).as("rang, " + scene).isEqualTo(straight.rang());
            assertThat(call.answeredBy()).as("answered, " + scene).isEqualTo(straight.answeredBy());
            assertThat(call.end()).as("end, " + scene).isEqualTo(straight.end());
            assertThat(call.line()).as("line, " + scene).isEqualTo(straight.line());
        }
        assertThat(bench().calls().all()).hasSize(3);
    }

    /** The answer comes from the router, and the PBX does what it says. */
    @Test
    default void theRouterDecidesWhosePhoneRingsAndWhatItShows() {
        Routing routing = role(Routing.class);
        Extension second = bench().extensions().get(1);
        AtomicReference<Router.Question> asked = new AtomicReference<>();
        routing.routeBy(put -> {
            asked.set(put);
            return new Router.Route("Anna Smith, ACME", second);
        });

        Call call = over(bench().play(Scene.ANSWERED));

        assertThat(call.rang()).containsExactly(second);
        assertThat(bench().shownName()).isEqualTo(bench().showable("Anna Smith, ACME"));
        Router.Question question = Objects.requireNonNull(asked.get());
        assertThat(digits(question.caller())).isEqualTo(digits(bench().customer()));
        assertThat(question.line()).isEqualTo(bench().line());
    }

    /** An ordered call carries its order, however many legs the PBX makes of it. */
    @Test
    default void aDialledCallIsRecognisedAndIsOneCall() {
        Dialing dialing = role(Dialing.class);
        Dialing.Order order = new Dialing.Order("order-1", first(), bench().customer(), null);

        dialing.dial(order);

        Call call = await().atMost(PATIENCE)
                .until(
                        () -> bench().calls().all().stream()
                                .filter(known -> "order-1".equals(known.dialId()) && known.isAnswered())
                                .filter(known -> !known.state().isLive())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.agent()).isEqualTo(first());
        assertThat(digits(call.customer().raw())).isEqualTo(digits(bench().customer()));
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bench().calls().all()).hasSize(1));
    }

    /** A recording whose file is not there yet is not there yet, and then it is. */
    @Test
    default void aRecordingThatComesLateIsWaitedFor() {
        Recordings recordings = role(Recordings.class);
        Call call = over(bench().play(Scene.LATE_RECORDING));
        Recording recording = recording(call);

        assertThat(recordings.fetch(call.id(), recording)).isInstanceOf(Recordings.NotYet.class);

        Recordings.Ready ready = ready(recordings, call, recording);
        byte[] once = read(ready);
        assertThat(once).isNotEmpty().isEqualTo(read(ready));
        assertThat(ready.fileName()).matches(".+\\.[a-z0-9]{2,4}");
    }

    /** A file of which the end is missing is not taken for the whole one, and the next time it comes whole. */
    @Test
    default void aRecordingThatBreaksOffIsNotTakenForAWholeOne() {
        Recordings recordings = role(Recordings.class);
        Call call = over(bench().play(Scene.LATE_RECORDING));
        Recording recording = recording(call);
        WholeRecording file = WholeRecording.of(ready(recordings, call, recording));

        bench().breakOffRecordings(true);
        assertThatThrownBy(() -> read(file.file()))
                .isInstanceOfAny(UncheckedIOException.class, ConnectorException.class);
        assertThat(file.proof()).isEmpty();

        bench().breakOffRecordings(false);
        byte[] bytes = read(file.file());
        assertThat(file.proof()).map(WholeRecording.Proof::size).contains((long) bytes.length);
    }

    /** Health says that the PBX is away, and that it is back. */
    @Test
    default void whetherThePbxIsThereIsSaid() {
        awaitHealth(Health.Status.UP, true);

        bench().away(true);
        awaitHealth(Health.Status.UP, false);
        assertThat(bench().connector().health().detail()).isNotBlank();

        bench().away(false);
        awaitHealth(Health.Status.UP, true);
    }

    private void awaitHealth(Health.Status status, boolean is) {
        await().atMost(PATIENCE).until(() -> {
            // Who is only told things notices when it asks for something.
            var unused = bench().connector().check();
            return (bench().connector().health().status() == status) == is;
        });
    }

    /** What was not heard is told by the history, and what was heard stays as it was. */
    @Test
    default void anOutageIsFilledWithoutDuplicates() {
        CallHistory history = role(CallHistory.class);
        String began = fill(history, "");
        CallId heard = bench().play(Scene.ANSWERED);
        Call straight = over(heard);
        bench().beginOutage();
        CallId answered = bench().play(Scene.ANSWERED);
        CallId missed = bench().play(Scene.MISSED);
        bench().endOutage();
        assertThat(bench().calls().find(answered)).isEmpty();

        String next = fill(history, began);
        fill(history, next);

        Set<CallId> all = bench().calls().all().stream().map(Call::id).collect(Collectors.toSet());
        assertThat(all).isEqualTo(Set.of(heard, answered, missed));
        Call filled = over(answered);
        assertThat(filled.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(filled.answeredBy()).containsExactly(first());
        assertThat(digits(filled.customer().raw())).isEqualTo(digits(bench().customer()));
        assertThat(over(missed).isAnswered()).isFalse();
        assertThat(over(heard))
                .usingRecursiveComparison()
                .ignoringFields("events")
                .isEqualTo(straight);
    }

    /** What is declared is played, and nothing else is: the engine offers what is there. */
    @Test
    default void theRolesThatArePlayedAreThoseThatAreDeclared() {
        Set<Class<?>> all = Set.of(
                AgentStates.class,
                CallControl.class,
                CallHistory.class,
                CallSource.class,
                Dialing.class,
                Pausing.class,
                Recordings.class,
                Routing.class);

        Set<Class<?>> played = all.stream()
                .filter(role -> bench().connector().role(role).isPresent())
                .collect(Collectors.toSet());

        assertThat(played).isEqualTo(bench().roles());
    }

    /** A call that is hung up is over, also when it is asked for by nobody on the phone. */
    @Test
    default void aCallThatIsHungUpIsOver() {
        CallControl control = role(CallControl.class);
        CallId id = bench().talk();
        answered(id);

        control.hangUp(id);

        assertThat(over(id).answeredBy()).containsExactly(first());
        assertThatThrownBy(() -> control.hangUp(id)).isInstanceOf(ConnectorException.class);
    }

    /** The customer goes to the other extension, and it stays one call. */
    @Test
    default void aCallThatIsHandedOverIsTheOthers() {
        CallControl control = role(CallControl.class);
        Extension second = bench().extensions().get(1);
        CallId id = bench().talk();
        answered(id);

        control.transfer(id, second);

        Call call = over(id);
        assertThat(call.answeredBy()).containsExactly(first(), second);
        assertThat(call.agent()).isEqualTo(second);
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(bench().calls().all()).hasSize(1);
    }

    /** A call that the PBX does not have cannot be changed, and it says so. */
    @Test
    default void aCallThatIsNotThereCannotBeChanged() {
        CallControl control = role(CallControl.class);
        CallId id = new CallId(bench().connector().account(), "1.1");

        assertThatThrownBy(() -> control.hangUp(id)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> control.transfer(id, first())).isInstanceOf(ConnectorException.class);
    }

    /** A pause is one in the PBX, and so is its end. */
    @Test
    default void aPauseIsBegunAndEnded() {
        Pausing pausing = role(Pausing.class);

        pausing.pause(first(), true, "lunch");
        await().atMost(PATIENCE).until(() -> bench().isPaused(first()));
        if (bench().roles().contains(AgentStates.class)) {
            await().atMost(PATIENCE)
                    .until(() -> bench().changes().stream()
                            .anyMatch(change -> change.extension().equals(first())
                                    && change.state() == AgentState.PAUSED
                                    && "lunch".equals(change.detail())));
        }

        pausing.pause(first(), false, "");
        await().atMost(PATIENCE).until(() -> !bench().isPaused(first()));
        assertThat(bench().isPaused(bench().extensions().get(1))).isFalse();
    }

    /** Who answers a call is told to be on it, and afterwards not to be. */
    @Test
    default void whoAnswersIsToldToBeOnACall() {
        AgentStates states = role(AgentStates.class);
        assertThat(states).isNotNull();

        var unused = bench().play(Scene.ANSWERED);

        await().atMost(PATIENCE).until(() -> states(first()).contains(AgentState.ON_CALL));
        await().atMost(PATIENCE).until(() -> {
            List<AgentState> told = states(first());
            return told.get(told.size() - 1) == AgentState.AVAILABLE;
        });
        assertThat(bench().changes())
                .allMatch(change -> change.pbx().equals(bench().connector().account()));
    }

    private Recording recording(Call call) {
        return await().atMost(PATIENCE)
                .until(() -> bench().calls().find(call.id()).flatMap(Call::recording), Optional::isPresent)
                .orElseThrow();
    }

    private static Recordings.Ready ready(Recordings recordings, Call call, Recording recording) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Optional.of(recordings.fetch(call.id(), recording))
                                .filter(Recordings.Ready.class::isInstance)
                                .map(Recordings.Ready.class::cast),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<AgentState> states(Extension agent) {
        return bench().changes().stream()
                .filter(change -> change.extension().equals(agent))
                .map(AgentStates.Change::state)
                .toList();
    }

    private void answered(CallId id) {
        await().atMost(PATIENCE)
                .until(() -> bench().calls().find(id).filter(Call::isAnswered).isPresent());
    }

    private String fill(CallHistory history, String from) {
        String cursor = from;
        CallHistory.Page page;
        do {
            page = history.since(cursor);
            bench().calls().accept(page.events());
            cursor = page.next();
        } while (page.more());
        return cursor;
    }

    private <R> R role(Class<R> role) {
        Optional<R> played = bench().connector().role(role);
        boolean declared = bench().roles().contains(role);
        assertThat(played.isPresent()).as(role.getSimpleName() + " is played").isEqualTo(declared);
        Assumptions.assumeTrue(declared, "the vendor cannot play " + role.getSimpleName());
        return played.orElseThrow();
    }

    private Call over(CallId id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> bench().calls()
                                .find(id)
                                .filter(call -> !call.state().isLive()),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Extension first() {
        return bench().extensions().get(0);
    }

    private static byte[] read(Recordings.Ready ready) {
        try (InputStream content = ready.content().open()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digits(String text) {
        List<String> digits = new ArrayList<>();
        text.chars().filter(Character::isDigit).forEach(c -> digits.add(Character.toString(c)));
        return String.join("", digits);
    }
}
