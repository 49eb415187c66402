// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import io.cordboard.connector.StoreException;
import io.cordboard.server.config.ConfigException;
import io.cordboard.server.demo.DemoCommand;
import io.cordboard.server.run.InputException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "cordboard",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Connects telephone systems to CRMs.",
        subcommands = CommandLine.HelpCommand.class)
public final class Main implements Runnable {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int NOT_FOUND = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args what was typed after the program's name
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            err.println("cordboard: " + e + " in " + thread.getName());
            LOG.debug("Uncaught in {}", thread.getName(), e);
            if (thread.getName().equals("main")) {
                System.exit(FAILED);
            }
        });
        int code = run(new Console(out, err, System.getenv(), Clock.systemUTC()), args);
        out.flush();
        System.exit(code);
    }

    /** Runs a command; {@link #main} without the end of the process. */
    static int run(Console console, String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        line.addSubcommand("demo", new DemoCommand(console.out(), console.clock()));
        line.addSubcommand("run", new RunCommand(console));
        line.addSubcommand("check", new CheckCommand(console));
        line.addSubcommand("sandbox", new SandboxCommand(console));
        line.addSubcommand("lookup", new LookupCommand(console));
        line.addSubcommand("deliveries", new DeliveriesCommand(console));
        line.addSubcommand("sync", new SyncCommand(console));
        line.getSubcommands().values().stream()
                .filter(command -> command.getCommandSpec().findOption("--help") == null)
                .forEach(command ->
                        command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version()));
        line.setOut(new java.io.PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, a) -> misused(console, e));
        line.setExecutionExceptionHandler((e, command, result) -> main.failed(console, e));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(args);
    }

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Tell everything, with stack traces.")
    void debug(boolean on) {
        debug = on;
        if (on) {
            Logging.tellEverything();
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int misused(Console console, ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = e.getMessage() == null ? "not understood" : e.getMessage();
        message = message.lines().findFirst().orElse("not understood");
        console.err().println("cordboard: " + message + "; \"" + name + " --help\" tells what is allowed");
        return BAD_INPUT;
    }

    private int failed(Console console, Exception e) {
        if (debug) {
            LOG.error("The command failed", e);
        }
        if (e instanceof ConfigException wrong) {
            wrong.problems().forEach(console.err()::println);
            return BAD_INPUT;
        }
        if (e instanceof InputException || e instanceof StoreException) {
            console.err().println(e.getMessage());
            return BAD_INPUT;
        }
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        console.err()
                .println("cordboard: " + why.lines().findFirst().orElse("") + (debug ? "" : " (--debug tells more)"));
        return FAILED;
    }
}
