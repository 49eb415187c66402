// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.testkit.Faults;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Plays scenes on a stage, one at a time. */
final class Play {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Duration DOWN = Duration.ofSeconds(3);

    private final Stage stage;
    private final Cast cast;
    private final double speed;

    /**
     * Creates a play.
     *
     * @param stage where
     * @param cast who calls
     * @param speed how many times faster than people are
     */
    Play(Stage stage, Cast cast, double speed) {
        this.stage = stage;
        this.cast = cast;
        this.speed = speed;
    }

    /** {@return what happened; returns when the call is over} */
    Shown show(Scene scene) throws InterruptedException {
        Person person = cast.next(scene.wants());
        begin(scene.trouble());
        try {
            Map<String, Object> told = scene.kind().endsWith("-click")
                    ? clicked(scene, person)
                    : stage.pbx().play(script(scene, person));
            return new Shown(scene, person, told);
        } finally {
            end(scene.trouble());
        }
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
        script.put("wait", true);
        if (inbound) {
            script.put("extension", cast.extensionOf(person));
        } else {
            script.put("to", person.number().substring(1));
        }
        script.putAll(scene.extra());
        return script;
    }

    /** The PBX plays the call by itself once it is asked for one: it is found by being new. */
    private Map<String, Object> clicked(Scene scene, Person person) throws InterruptedException {
        Set<String> before = new HashSet<>();
        calls().forEach(call -> before.add(String.valueOf(call.get("pbx_call_id"))));
        if (scene.kind().equals(Scene.CRM_CLICK)) {
            stage.crm().click(18, person.number());
        } else {
            stage.server().cordboard().dial("Анна", person.number());
        }
        await("the PBX was not asked to call", () -> added(before).isPresent());
        await(
                "the call did not end",
                () -> added(before).filter(call -> call.get("endedAt") != null).isPresent());
        return added(before).orElseThrow();
    }

    private Optional<Map<String, Object>> added(Set<String> before) {
        return calls().stream()
                .filter(call -> !before.contains(String.valueOf(call.get("pbx_call_id"))))
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> calls() {
        return (List<Map<String, Object>>) stage.pbx().state().getOrDefault("calls", List.of());
    }

    static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(otherwise + " within " + LONGEST.toSeconds() + " s");
            }
            Thread.sleep(50);
        }
    }

    private void begin(Scene.Trouble trouble) {
        switch (trouble) {
            case REORDER -> stage.pbx().faults().set(Faults.Kind.REORDER, true);
            case CRM_DOWN -> stage.crm().faults().set(Faults.Kind.SERVER_ERROR, true);
            case LOST_ANSWER -> stage.crm().faults().set(Faults.Kind.LOST_ANSWER, 1, "telephony.externalCall.finish");
            case RATE_LIMIT -> stage.crm().faults().set(Faults.Kind.RATE_LIMIT, 3);
            case NONE -> {}
        }
    }

    private void end(Scene.Trouble trouble) {
        switch (trouble) {
            case REORDER -> stage.pbx().faults().set(Faults.Kind.REORDER, false);
            // The records of the calls have to come while it is down.
            case CRM_DOWN ->
                CompletableFuture.runAsync(() -> stage.crm().faults().set(Faults.Kind.SERVER_ERROR, false), later())
                        .exceptionally(e -> null);
            default -> {}
        }
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(DOWN.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
