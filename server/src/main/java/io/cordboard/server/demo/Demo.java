// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.directory.SyncReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A demo: everything once with a verdict, or without end. */
final class Demo {
    private static final double QUICK = 10;
    private static final long SEED = 7;

    private final PrintStream out;

    Demo(PrintStream out) {
        this.out = out;
    }

    /** Plays each scene once; {@code true} when the CRM holds exactly what it should. */
    boolean once(int port) throws InterruptedException {
        try (Stage stage = Stage.set(port, QUICK)) {
            welcome(stage, stage.open());
            Verdict verdict = new Verdict(stage);
            Play play = new Play(stage, new Cast(stage.crm(), Stage.extensionByUser(), SEED), QUICK);
            List<Shown> shown = new ArrayList<>();
            for (Scene scene : Scene.ALL) {
                shown.add(play.show(scene));
            }
            out.println("Played " + shown.size() + " calls. Waiting until the CRM has them ...");
            boolean quiet = true;
            try {
                Play.await("deliveries are still on their way", () -> verdict.isQuiet(shown));
            } catch (IllegalStateException e) {
                out.println(e.getMessage());
                quiet = false;
            }
            return table(verdict, shown) && quiet;
        }
    }

    /** Plays scenes until the thread is interrupted. */
    void loop(int port) throws InterruptedException {
        try (Stage stage = Stage.set(port, 1)) {
            Thread curtain = new Thread(stage::close, "curtain");
            Runtime.getRuntime().addShutdownHook(curtain);
            welcome(stage, stage.open());
            out.println("Calls are played until you press Ctrl-C.");
            out.flush();
            Cast cast = new Cast(stage.crm(), Stage.extensionByUser(), SEED);
            List<Thread> players = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random random = new Random(SEED + i);
                Thread player = new Thread(() -> endless(new Play(stage, cast, 1), random), "player-" + i);
                player.setDaemon(true);
                player.start();
                players.add(player);
            }
            for (Thread player : players) {
                player.join();
            }
            Runtime.getRuntime().removeShutdownHook(curtain);
        }
    }

    private void endless(Play play, Random random) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Scene scene = Scene.ALL.get(random.nextInt(Scene.ALL.size()));
                out.println("> " + scene.title());
                show(play, scene);
                Thread.sleep(1_000 + random.nextInt(3_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A scene that goes wrong does not end the play. */
    private void show(Play play, Scene scene) throws InterruptedException {
        try {
            play.show(scene);
        } catch (IllegalStateException e) {
            out.println(e.getMessage());
        }
    }

    private void welcome(Stage stage, SyncReport report) {
        out.println(String.format(
                Locale.ROOT,
                "Bitrix24 sandbox %s, Zadarma sandbox %s",
                stage.crm().url(),
                stage.pbx().url()));
        out.println(String.format(
                Locale.ROOT,
                "Read %,d contacts with %,d numbers in %.1f s",
                report.contacts(),
                report.numbers(),
                report.took().toMillis() / 1000.0));
        out.println("Agent desk: " + stage.server().deskUrl() + "/");
        out.flush();
    }

    private boolean table(Verdict verdict, List<Shown> shown) {
        String row = "%-42s  %-36s  %-52s  %s";
        out.println();
        out.println(String.format(row, "SCENE", "WHAT HAPPENED", "WHAT THE CRM HOLDS", "OK"));
        int good = 0;
        for (Shown one : shown) {
            Verdict.Line line = verdict.judge(one);
            boolean ok = line.wrong().isEmpty();
            good += ok ? 1 : 0;
            out.println(String.format(row, one.scene().title(), one.summary(), line.held(), ok ? "yes" : "NO"));
            line.wrong().forEach(what -> out.println("    " + what));
        }
        List<String> all = verdict.judgeAll(shown);
        all.forEach(what -> out.println("The number of " + what));
        out.println();
        out.println(good + " of " + shown.size() + " calls are in the CRM as they happened"
                + (all.isEmpty() ? "; nothing is there twice, nothing is missing." : "."));
        out.flush();
        return good == shown.size() && all.isEmpty();
    }
}
