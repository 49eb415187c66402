// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.server.run.InputException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: sandboxes of a PBX and a CRM, seeded contacts, calls played in a loop, agent desk. */
@Command(name = "demo", description = "Shows everything with sandboxes: calls play, the desk shows them.")
public final class DemoCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
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

    @Option(names = "--crm", paramLabel = "VENDOR", description = "The CRM (default: ${DEFAULT-VALUE}).")
    private String crm = "bitrix24";

    @Option(names = "--pbx", paramLabel = "VENDOR", description = "The PBX (default: ${DEFAULT-VALUE}).")
    private String pbx = "zadarma";

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
        mustBeOneOf("--pbx", Vendors.PBXS, pbx);
        mustBeOneOf("--crm", Vendors.CRMS, crm);
        claim(wanted);
        Demo demo = new Demo(out, clock, new Vendors(pbx, crm));
        if (once) {
            return demo.once(wanted) ? 0 : 1;
        }
        demo.loop(wanted);
        return 0;
    }

    private void mustBeOneOf(String option, List<String> known, String found) {
        if (!known.contains(found)) {
            throw new ParameterException(
                    spec.commandLine(), option + " is one of " + String.join(", ", known) + ", not " + found);
        }
    }

    /** Said now, and not after the contacts were made; the server claims the port again. */
    private static void claim(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            LOG.debug("Port {} is free", probe.getLocalPort());
        } catch (IOException e) {
            throw new InputException(
                    "port " + port + " cannot be used (" + e.getMessage() + "); choose another one with --port,"
                            + " or --port 0 for any that is free",
                    e);
        }
    }
}
