// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.server.run.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deliveries CONFIG [list|retry ID|retry --all|export]}: the outbox and the parked deliveries. */
@Command(
        name = "deliveries",
        description = {
            "Shows what is on its way to the CRMs.",
            "list: what waits and what is parked; retry ID or retry --all: tries parked deliveries again;",
            "export: what waits and what is parked, with its content, one line of JSON each."
        })
final class DeliveriesCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The configuration file.")
    private Path file = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "list (default), retry or export.")
    private String action = "list";

    @Parameters(index = "2", arity = "0..1", paramLabel = "ID", description = "Which delivery to retry.")
    private @Nullable Long id;

    @Option(names = "--all", description = "With retry: every parked delivery.")
    private boolean all;

    @Option(names = "--state", description = "With list: only pending, parked or done.")
    private @Nullable String state;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DeliveriesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Logging.onlyTrouble();
        if (!action.equals("retry") && (all || id != null)) {
            throw misuse("an ID and --all belong to retry");
        }
        if (state != null && !state.matches("pending|parked|done")) {
            throw misuse("--state must be one of pending, parked, done, but is \"" + state + "\"");
        }
        return switch (action) {
            case "list" -> list();
            case "retry" -> retry();
            case "export" -> export();
            default -> throw misuse("\"" + action + "\" is not known; known: list, retry, export");
        };
    }

    private <T> T access(Function<Access, T> something) {
        return Access.use(console.read(file), console.clock(), something);
    }

    private int list() {
        List<String> states = state == null ? List.of("parked", "pending") : List.of(state);
        List<JsonNode> deliveries = access(access -> states.stream()
                .flatMap(one -> StreamSupport.stream(access.deliveries(one).spliterator(), false))
                .toList());
        int shown = 0;
        for (JsonNode delivery : deliveries) {
            shown++;
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%6d  %-7s %-10s %-15s %s  attempts %d%s",
                            delivery.path("id").asLong(),
                            delivery.path("state").asText().toLowerCase(Locale.ROOT),
                            delivery.path("account").asText(),
                            delivery.path("kind").asText(),
                            delivery.path("call").asText(),
                            delivery.path("attempts").asInt(),
                            rest(delivery)));
        }
        console.out().println(shown == 0 ? "nothing waits and nothing is parked" : shown + " deliveries");
        return Main.OK;
    }

    private static String rest(JsonNode delivery) {
        String next = delivery.path("nextAttempt").isTextual()
                ? ", next " + delivery.path("nextAttempt").asText()
                : "";
        return next
                + (delivery.path("reason").isTextual()
                        ? ", " + delivery.path("reason").asText()
                        : "");
    }

    private int retry() {
        if (all == (id != null)) {
            throw misuse("retry needs the ID of a delivery, or --all");
        }
        Long one = id;
        long retried = access(access -> one == null ? access.retryAll() : access.retry(one));
        console.out().println(retried == 1 ? "1 delivery is tried again" : retried + " deliveries are tried again");
        return Main.OK;
    }

    private int export() {
        access(Access::export).forEach(line -> console.out().println(line));
        return Main.OK;
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
