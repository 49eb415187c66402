// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import io.cordboard.connector.ConnectorFactory.Kind;
import io.cordboard.directory.SyncReport;
import io.cordboard.server.config.AccountConfig;
import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.run.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sync CONFIG [ACCOUNT]}: full contact sync now. */
@Command(name = "sync", description = "Reads all contacts of the CRMs, or of one, now.")
final class SyncCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The configuration file.")
    private Path file = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "ACCOUNT", description = "The id of one CRM.")
    private @Nullable String account;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SyncCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Logging.onlyTrouble();
        ServerConfig config = console.read(file);
        List<String> accounts = config.accounts().stream()
                .filter(a -> a.kind() == Kind.CRM)
                .map(AccountConfig::id)
                .toList();
        if (account != null && !accounts.contains(account)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + account + "\" is no CRM of " + file + "; known: "
                            + (accounts.isEmpty() ? "none" : String.join(", ", accounts)));
        }
        if (accounts.isEmpty()) {
            console.out().println("there is no CRM in " + file + ", so there are no contacts to read");
        }
        for (String one : account == null ? accounts : List.of(account)) {
            ProgressBar bar = new ProgressBar(console.err(), one);
            SyncReport report = Access.use(config, console.clock(), access -> access.sync(one, bar::show));
            bar.clear();
            console.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%s: %d contacts, %d numbers, %d removed, %.1f s",
                            one,
                            report.contacts(),
                            report.numbers(),
                            report.removed(),
                            report.took().toMillis() / 1000.0));
            if (report.warning() != null) {
                console.out().println("  " + report.warning());
            }
        }
        return Main.OK;
    }
}
