// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: sandboxes of a PBX and a CRM, seeded contacts, calls played in a loop, agent desk. */
@Command(name = "demo", description = "Shows everything with sandboxes: calls play, the desk shows them.")
public final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8080;
    private static final int LAST_PORT = 65_535;

    private final PrintStream out;
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            description = "The desk's port, 0 for any that is free (default: " + DEFAULT_PORT + "; with --once: 0).")
    private @Nullable Integer port;

    @Option(names = "--once", description = "Play each kind of call once, check what the CRM holds, and end.")
    private boolean once;

    /**
     * Creates the command.
     *
     * @param out for what was asked for
     * @param clock the time
     */
    public DemoCommand(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        // Nobody looks at the desk of --once: the usual port may be somebody else's.
        int wanted = port != null ? port : once ? 0 : DEFAULT_PORT;
        if (wanted < 0 || wanted > LAST_PORT) {
            throw new ParameterException(
                    spec.commandLine(), "--port is a number from 0 to " + LAST_PORT + ", not " + wanted);
        }
        Demo demo = new Demo(out, clock);
        if (once) {
            return demo.once(wanted) ? 0 : 1;
        }
        demo.loop(wanted);
        return 0;
    }
}
