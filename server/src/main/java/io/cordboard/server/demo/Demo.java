// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.directory.SyncReport;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A demo: everything once with a verdict, or without end. */
final class Demo {
    private static final double QUICK = 10;
    private static final long SEED = 7;
    private static final int PLAYERS = 2;
    private static final int SHORTEST_PAUSE_MS = 1_000;
    private static final int PAUSE_VARIES_BY_MS = 3_000;

    private final PrintStream out;
    private final Clock clock;
    private final Vendors vendors;
    private final Curtain curtain = new Curtain();

    Demo(PrintStream out, Clock clock, Vendors vendors) {
        this.out = out;
        this.vendors = vendors;
        this.clock = clock;
    }

    /** Plays each scene once; {@code true} when the CRM holds exactly what it should. */
    boolean once(int port) throws InterruptedException {
        try (Stage stage = new Stage(clock, vendors)) {
            StopSignal signal = StopSignal.onStop(() -> end(stage));
            try {
                return playOnce(stage, port);
            } finally {
                signal.forget();
            }
        }
    }

    private boolean playOnce(Stage stage, int port) throws InterruptedException {
        raise(stage, QUICK);
        open(stage, port, true);
        Verdict verdict = new Verdict(stage);
        Cast cast = Cast.of(stage.books(), stage.extensionByUser(), SEED);
        Play play = new Play(stage, cast, QUICK, curtain);
        List<Shown> shown = new ArrayList<>();
        for (Scene scene : scenes(stage)) {
            Shown one = play.show(scene);
            out.println(one.scene().title() + ": " + one.summary());
            shown.add(one);
        }
        out.println("Played " + shown.size() + " calls. Waiting until the CRM has them ...");
        boolean quiet = true;
        try {
            curtain.await("deliveries are still on their way", () -> verdict.isQuiet(shown));
        } catch (IllegalStateException e) {
            out.println(e.getMessage());
            quiet = false;
        }
        return table(verdict, shown) && quiet;
    }

    /** Plays scenes until the process is told to stop. */
    void loop(int port) throws InterruptedException {
        try (Stage stage = new Stage(clock, vendors)) {
            StopSignal signal = StopSignal.onStop(() -> ended(stage));
            try {
                playOn(stage, port);
            } finally {
                curtain.fall();
                signal.forget();
            }
        }
    }

    private void playOn(Stage stage, int port) throws InterruptedException {
        raise(stage, 1);
        Cast cast = Cast.regulars(stage.books(), stage.extensionByUser(), SEED);
        open(stage, port, false);
        out.println("Calls are played until you press Ctrl-C.");
        out.flush();
        List<Scene> scenes = scenes(stage);
        List<Thread> players = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            Random random = new Random(SEED + i);
            Play play = new Play(stage, cast, 1, curtain);
            Thread player = new Thread(() -> endless(play, scenes, random), "player-" + i);
            player.setDaemon(true);
            player.start();
            players.add(player);
        }
        for (Thread player : players) {
            player.join();
        }
    }

    private void end(Stage stage) {
        curtain.fall();
        stage.close();
    }

    /** A stop that was asked for is a success, but the JVM would tell the signal's number instead. */
    private void ended(Stage stage) {
        try {
            end(stage);
            out.println("The demo has ended; its temporary store is removed.");
            out.flush();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private void endless(Play play, List<Scene> scenes, Random random) {
        try {
            while (!curtain.isFallen()) {
                Scene scene = scenes.get(random.nextInt(scenes.size()));
                out.println("> " + scene.title());
                show(play, scene);
                curtain.pause(Duration.ofMillis(SHORTEST_PAUSE_MS + random.nextInt(PAUSE_VARIES_BY_MS)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A scene that goes wrong does not end the play. */
    private void show(Play play, Scene scene) throws InterruptedException {
        try {
            Shown shown = play.show(scene);
            play.writeDown(shown);
            out.println("  " + scene.title() + ": " + shown.summary());
        } catch (IllegalStateException e) {
            if (!curtain.isFallen()) {
                out.println("  " + scene.title() + ": " + e.getMessage());
            }
        }
    }

    /** Not every CRM tells that a user clicked a number. */
    private static List<Scene> scenes(Stage stage) {
        return Scene.ALL.stream()
                .filter(scene -> stage.books().hasClicks() || !scene.kind().equals(Scene.CRM_CLICK))
                .toList();
    }

    private void raise(Stage stage, double speed) {
        out.println("Starting a sandbox of " + vendors.crm() + ", a sandbox of " + vendors.pbx()
                + " and the server; reading the contacts ...");
        out.flush();
        stage.raise(speed);
    }

    private void open(Stage stage, int port, boolean quick) {
        SyncReport report = stage.open(port, quick);
        out.println(String.format(
                Locale.ROOT,
                "Sandbox of %s %s, sandbox of %s %s",
                vendors.crm(),
                stage.crm().url(),
                vendors.pbx(),
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
