// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.agent.AgentRoster;
import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.Reading;
import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.run.Access;
import io.cordboard.server.run.InputException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookup CONFIG NUMBER}: who is this number, and how it was normalised. */
@Command(
        name = "lookup",
        description = "Tells whose number it is and how it was read.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:somebody has the number", "2:bad input", "3:nobody has the number"})
final class LookupCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "CONFIG", description = "The configuration file.")
    private Path file = Path.of("");

    @Parameters(paramLabel = "NUMBER", description = "The number, as anybody may write it.")
    private String number = "";

    @Option(names = "--json", description = "Answer with one line of JSON.")
    private boolean json;

    LookupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Logging.onlyTrouble();
        ServerConfig config = console.read(file);
        refuseUnreadable(config);
        JsonNode answer = Access.use(config, console.clock(), access -> access.lookup(number));
        if (json) {
            console.out().println(answer);
        } else {
            print(answer, config.agents());
        }
        return answer.path("matches").isEmpty() ? Main.NOT_FOUND : Main.OK;
    }

    private void refuseUnreadable(ServerConfig config) {
        if (number.isBlank()) {
            throw new InputException("NUMBER is empty; give a telephone number such as +79161234567", null);
        }
        if (new NumberPlan(config.region()).read(number) instanceof Reading.Unreadable unreadable) {
            throw new InputException(
                    "NUMBER is \"" + oneLine(number) + "\", which is no telephone number: " + unreadable.why()
                            + "; give one such as +79161234567",
                    null);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private void print(JsonNode answer, AgentRoster agents) {
        console.out().println(reading(answer));
        int place = 1;
        for (JsonNode match : answer.path("matches")) {
            console.out()
                    .println(place++ + ". " + match.path("name").asText() + " ("
                            + match.path("account").asText() + " "
                            + match.path("type").asText() + " "
                            + match.path("id").asText() + ")" + owner(match, agents)
                            + ": " + match.path("because").asText());
            if (match.path("url").isTextual()) {
                console.out().println("   " + match.path("url").asText());
            }
        }
        console.out()
                .println("source: " + answer.path("source").asText() + ", "
                        + answer.path("micros").asLong() + " µs");
    }

    private static String owner(JsonNode match, AgentRoster agents) {
        if (!match.path("owner").isTextual()) {
            return "";
        }
        String user = match.path("owner").asText();
        return agents.byUser(match.path("account").asText(), user)
                .map(agent -> ", owner " + agent.name() + " (user " + user + ")")
                .orElse(", owner user " + user);
    }

    private static String reading(JsonNode answer) {
        String extension = answer.path("extension").isTextual()
                ? " ext. " + answer.path("extension").asText()
                : "";
        return switch (answer.path("reading").asText()) {
            case "PHONE" -> "number: " + answer.path("number").asText() + extension;
            case "INTERNAL" -> "internal number: " + answer.path("extension").asText();
            case "HIDDEN" -> "the number is hidden";
            default -> "not a number: " + answer.path("why").asText();
        };
    }
}
