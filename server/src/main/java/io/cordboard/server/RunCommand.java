// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.run.RunningServer;
import io.cordboard.server.run.SqliteLibrary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run CONFIG}: the real thing. */
@Command(name = "run", description = "Runs the server until it is stopped.")
final class RunCommand implements Callable<Integer> {
    private static final long LONGEST_STOP_MILLIS = 9_500;

    private final Console console;

    @Parameters(paramLabel = "CONFIG", description = "The configuration file.")
    private Path file = Path.of("");

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerConfig config = console.read(file);
        SqliteLibrary library = SqliteLibrary.in(config.store());
        RunningServer server = RunningServer.start(config, console.clock(), Version.current());
        CountDownLatch stop = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopped(server, library), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        console.out().println("Cordboard is running. Agent desk: " + server.deskUrl() + "/");
        server.hookUrls().forEach((account, url) -> console.out().println("Webhook of " + account + ": " + url));
        console.out().flush();
        try {
            stop.await();
        } finally {
            // Only a test that runs the command in its own process comes here, by an interrupt.
            Runtime.getRuntime().removeShutdownHook(hook);
            server.close();
        }
        return Main.OK;
    }

    /** A clean stop is a success, but the JVM would tell the signal's number instead. */
    private void stopped(RunningServer server, SqliteLibrary library) {
        Thread closing = new Thread(server::close, "close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The JVM is not given the time to remove what it would remove at its end.
        library.remove();
        console.out()
                .println(
                        closing.isAlive()
                                ? "Cordboard has stopped; not everything ended in time, all that was acknowledged is on disk."
                                : "Cordboard has stopped.");
        console.out().flush();
        Runtime.getRuntime().halt(Main.OK);
    }
}
