// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: sandboxes of a PBX and a CRM, seeded contacts, calls played in a loop, agent desk. */
@Command(name = "demo", description = "Shows everything with sandboxes: calls play, the desk shows them.")
public final class DemoCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--port", description = "The desk's port (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--once", description = "Play each kind of call once, check what the CRM holds, and end.")
    private boolean once;

    /**
     * Creates the command.
     *
     * @param out for what was asked for
     * @param err for everything else
     */
    public DemoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        err.println("the demo is not here yet" + port + once);
        out.flush();
        return 1;
    }
}
