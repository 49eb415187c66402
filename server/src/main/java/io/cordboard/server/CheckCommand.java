// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import io.cordboard.agent.Agent;
import io.cordboard.connector.ConnectorFactory.Kind;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Finding.Grade;
import io.cordboard.server.config.AccountConfig;
import io.cordboard.server.config.ConfigException;
import io.cordboard.server.config.HttpConfig;
import io.cordboard.server.config.Problem;
import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.run.Access;
import io.cordboard.server.run.InputException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code check CONFIG}: line by line what is right and wrong with a configuration. */
@Command(
        name = "check",
        description = "Tells line by line what is right and wrong with a configuration.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no fail", "1:at least one fail", "2:the configuration itself is wrong"})
final class CheckCommand implements Callable<Integer> {
    private final Console console;
    private boolean failed;

    @Parameters(paramLabel = "CONFIG", description = "The configuration file.")
    private Path file = Path.of("");

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Logging.onlyTrouble();
        try {
            ServerConfig config = console.read(file);
            tell(Finding.ok("the configuration can be read", config.file()));
            http(config);
            Access.use(config, console.clock(), access -> {
                tell(Finding.ok(access.how(), config.where("store")));
                accounts(config, access);
                return true;
            });
            agents(config);
            return failed ? Main.FAILED : Main.OK;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> tell(Finding.fail(problem.message(), problem.where(), "")));
            return Main.BAD_INPUT;
        } catch (InputException e) {
            String message = String.valueOf(e.getMessage());
            // About the store it names the place itself.
            boolean placed = message.startsWith(file.toString() + ":");
            console.out().println("fail  " + (placed ? message : file + ": " + message));
            failed = true;
            return Main.BAD_INPUT;
        }
    }

    private void tell(Finding finding) {
        failed |= finding.grade() == Grade.FAIL;
        String grade = finding.grade().name().toLowerCase(Locale.ROOT);
        String advice = finding.advice().isEmpty() ? "" : "; " + finding.advice();
        console.out()
                .println(String.format(Locale.ROOT, "%-4s  %s: %s%s", grade, finding.where(), finding.what(), advice));
    }

    private void http(ServerConfig config) {
        if (!config.lines().containsKey("region")) {
            tell(Finding.warn("region is not given, RU is used", config.file(), "give the country of your numbers"));
        }
        Optional<Problem> exposure = config.exposure();
        if (exposure.isPresent()) {
            tell(Finding.fail(exposure.get().message(), exposure.get().where(), ""));
        } else if (config.http().token().isPresent()) {
            tell(Finding.ok("the API and the desk ask for the token", config.where("http.token")));
        } else {
            tell(Finding.warn(
                    "without http.token the API and the desk answer only on this machine",
                    config.where("http"),
                    "set http.token to reach them from elsewhere"));
        }
    }

    private void accounts(ServerConfig config, Access access) {
        access.hookUrls().forEach((account, url) -> hook(config, account, url));
        access.check()
                .forEach((account, findings) -> findings.forEach(finding -> {
                    String place =
                            config.account(account).map(a -> place(config, a)).orElse(config.file());
                    String where =
                            finding.where().isEmpty() || finding.where().equals(account) ? "" : ", " + finding.where();
                    tell(new Finding(finding.grade(), finding.what(), place + where, finding.advice()));
                }));
    }

    private void hook(ServerConfig config, String account, URI url) {
        String place = config.account(account).map(a -> place(config, a)).orElse(config.file());
        boolean near = HttpConfig.isLoopback(url.getHost());
        if (near || !"https".equals(url.getScheme())) {
            tell(Finding.warn(
                    "its webhook is " + url + ", which " + (near ? "no vendor can reach" : "is not encrypted"),
                    place,
                    "set http.publicUrl to the https address at which vendors reach this server"));
        } else {
            tell(Finding.ok("its webhook is " + url, place));
        }
    }

    private static String place(ServerConfig config, AccountConfig account) {
        return config.file() + ":" + account.line() + " (" + account.id() + ")";
    }

    private void agents(ServerConfig config) {
        List<Agent> all = config.agents().all();
        if (all.isEmpty()) {
            tell(Finding.warn(
                    "there are no agents, so nobody can be responsible for a call",
                    config.where("agents"),
                    "list who answers calls under agents"));
        }
        for (Agent agent : all) {
            List<String> missing = missing(config, agent);
            String where = config.file() + ":" + config.agentLines().getOrDefault(agent.name(), 1);
            if (missing.isEmpty()) {
                tell(Finding.ok("agent " + agent.name() + " is known to every account", where));
            }
            missing.forEach(what -> tell(Finding.warn(
                    "agent " + agent.name() + " has no " + what,
                    where,
                    "add it, or calls there are not this agent's")));
        }
    }

    private static List<String> missing(ServerConfig config, Agent agent) {
        List<String> missing = new ArrayList<>();
        for (AccountConfig account : config.accounts()) {
            if (account.kind() == Kind.PBX && agent.extension(account.id()).isEmpty()) {
                missing.add("extension in " + account.id());
            } else if (account.kind() == Kind.CRM && agent.user(account.id()).isEmpty()) {
                missing.add("user in " + account.id());
            }
        }
        return missing;
    }
}
