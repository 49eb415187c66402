// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.server.run.InputException;
import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.Sandboxes;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sandbox VENDOR}: one vendor's sandbox, until it is stopped. */
@Command(name = "sandbox", description = "Runs the sandbox of one vendor until it is stopped.")
final class SandboxCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "VENDOR", description = "The vendor, such as bitrix24.")
    private String vendor = "";

    @Option(names = "--port", description = "The port; 0 for a free one (default).")
    private int port;

    @Option(names = "--contacts", description = "How many contacts a CRM has (default: ${DEFAULT-VALUE}).")
    private int contacts = SandboxOptions.DEFAULTS.contacts();

    @Option(names = "--seed", description = "Makes the same contacts again (default: ${DEFAULT-VALUE}).")
    private long seed = SandboxOptions.DEFAULTS.seed();

    @Option(
            names = "--tls",
            description = "Speak HTTPS with a certificate made for this run, which the first line tells.")
    private boolean tls;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SandboxCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        if (!Sandboxes.vendors().contains(vendor)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + vendor + "\" has no sandbox; known: " + String.join(", ", Sandboxes.vendors()));
        }
        if (port < 0 || port > 65_535 || contacts < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--port must be from 0 to 65535 and --contacts at least 0");
        }
        SandboxOptions options = SandboxOptions.DEFAULTS
                .withPort(port)
                .withContacts(contacts)
                .withSeed(seed)
                .withTls(tls);
        try (Sandbox sandbox = started(options)) {
            Map<String, Object> first = new LinkedHashMap<>();
            first.put("url", sandbox.url().toString());
            first.put("config", sandbox.config());
            sandbox.certificate().ifPresent(pem -> first.put("certificate", pem));
            console.out().println(new ObjectMapper().writeValueAsString(first));
            console.out().flush();
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(Main.OK), "stop"));
            new CountDownLatch(1).await();
        }
        return Main.OK;
    }

    private Sandbox started(SandboxOptions options) {
        try {
            return Sandboxes.start(vendor, options);
        } catch (UncheckedIOException e) {
            throw new InputException(
                    "cordboard: --port is " + port + ", which cannot be used: " + e.getMessage()
                            + "; stop the other program or choose another port",
                    e);
        }
    }
}
