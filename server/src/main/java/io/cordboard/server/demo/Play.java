// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.call.CallId;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.PlayedCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plays scenes on a stage, one at a time. */
final class Play {
    private static final Duration DOWN = Duration.ofSeconds(15);

    private final Stage stage;
    private final Cast cast;
    private final double speed;
    private final Curtain curtain;

    /**
     * Creates a play.
     *
     * @param stage where
     * @param cast who calls
     * @param speed how many times faster than people are
     * @param curtain ends it
     */
    Play(Stage stage, Cast cast, double speed, Curtain curtain) {
        this.stage = stage;
        this.cast = cast;
        this.speed = speed;
        this.curtain = curtain;
    }

    /** {@return what happened; returns when the call is over} */
    Shown show(Scene scene) throws InterruptedException {
        Person person = cast.next(scene.wants());
        begin(scene.trouble());
        try {
            PlayedCall call = scene.kind().endsWith("-click")
                    ? clicked(scene, person)
                    : stage.pbx().playToEnd(script(scene, person));
            Shown shown = new Shown(scene, person, call);
            if (scene.trouble() == Scene.Trouble.CRM_DOWN) {
                // The record of the call has to come while the CRM is down.
                boolean unused = curtain.within(DOWN, () -> isTried(shown));
            }
            return shown;
        } finally {
            end(scene.trouble());
        }
    }

    private boolean isTried(Shown shown) {
        return stage
                .server()
                .cordboard()
                .outbox()
                .of(new CallId(Stage.PBX, shown.call().id()))
                .stream()
                .anyMatch(delivery -> delivery.attempts() > 0);
    }

    /** The agent who talked writes down what was said, so that the next call of the customer has a history. */
    void writeDown(Shown shown) {
        if (!shown.takesNote()) {
            return;
        }
        PlayedCall call = shown.call();
        stage.agentAt(call.inbound() ? Shown.last(call.answeredBy()) : call.from())
                .ifPresent(agent -> {
                    Note note = cast.nextNote();
                    stage.server()
                            .cordboard()
                            .note(new CallId(Stage.PBX, call.id()), note.text(), note.disposition(), agent);
                });
    }

    private Map<String, Object> script(Scene scene, Person person) {
        Map<String, Object> script = new HashMap<>();
        boolean inbound = !scene.kind().startsWith("outgoing");
        script.put("kind", scene.kind());
        script.put("from", person.number());
        script.put("to", Stage.LINE);
        script.put("ringSeconds", 3);
        script.put("talkSeconds", 15);
        script.put("speed", speed);
        if (inbound) {
            script.put("extension", cast.extensionOf(person));
        } else {
            script.put("to", person.number().substring(1));
        }
        script.putAll(scene.extra());
        return script;
    }

    /** The PBX plays the call by itself once it is asked for one: it is found by being new. */
    private PlayedCall clicked(Scene scene, Person person) throws InterruptedException {
        Set<String> before = new HashSet<>();
        stage.pbx().calls().forEach(call -> before.add(call.id()));
        if (scene.kind().equals(Scene.CRM_CLICK)) {
            stage.books().click(stage.books().agents().get(1), person.number());
        } else {
            stage.server().cordboard().dial("Анна", person.number());
        }
        curtain.await("the PBX was not asked to call", () -> added(before).isPresent());
        curtain.await(
                "the call did not end",
                () -> added(before).filter(PlayedCall::over).isPresent());
        return added(before).orElseThrow();
    }

    private Optional<PlayedCall> added(Set<String> before) {
        return stage.pbx().calls().stream()
                .filter(call -> !before.contains(call.id()))
                .findFirst();
    }

    private void begin(Scene.Trouble trouble) {
        switch (trouble) {
            case REORDER -> stage.pbx().faults().set(Faults.Kind.REORDER, true);
            case CRM_DOWN -> stage.crm().faults().set(Faults.Kind.SERVER_ERROR, true);
            case LOST_ANSWER ->
                stage.crm()
                        .faults()
                        .set(Faults.Kind.LOST_ANSWER, 1, stage.books().recordStep());
            case RATE_LIMIT -> stage.crm().faults().set(Faults.Kind.RATE_LIMIT, 3);
            case NONE -> {}
        }
    }

    private void end(Scene.Trouble trouble) {
        switch (trouble) {
            case REORDER -> stage.pbx().faults().set(Faults.Kind.REORDER, false);
            case CRM_DOWN -> stage.crm().faults().set(Faults.Kind.SERVER_ERROR, false);
            default -> {}
        }
    }
}
