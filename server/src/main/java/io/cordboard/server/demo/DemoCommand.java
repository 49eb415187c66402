// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: sandboxes of a PBX and a CRM, seeded contacts, calls played in a loop, agent desk. */
@Command(name = "demo", description = "Shows everything with sandboxes: calls play, the desk shows them.")
public final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8080;

    private final PrintStream out;

    @Option(names = "--port", description = "The desk's port (default: ${DEFAULT-VALUE}).")
    private int port = DEFAULT_PORT;

    @Option(names = "--once", description = "Play each kind of call once, check what the CRM holds, and end.")
    private boolean once;

    /**
     * Creates the command.
     *
     * @param out for what was asked for
     */
    public DemoCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        Demo demo = new Demo(out);
        if (once) {
            // Nobody looks at this desk: the usual port may be somebody else's.
            return demo.once(port == DEFAULT_PORT ? 0 : port) ? 0 : 1;
        }
        demo.loop(port);
        return 0;
    }
}
