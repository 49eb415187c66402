// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Settings;
import io.cordboard.connector.SettingsException;
import io.cordboard.server.config.AccountConfig;
import io.cordboard.server.config.ConfigException;
import io.cordboard.server.config.Problem;
import io.cordboard.server.config.ServerConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Makes the connectors of a configuration. */
final class Connectors {
    private Connectors() {}

    /**
     * {@return the connectors that are not started, in the order of the configuration}
     *
     * @param config the configuration
     * @param memories what each account keeps
     * @param clock the time
     * @throws ConfigException with every mistake of every account; what was made by then is closed
     */
    static Map<AccountConfig, Connector> create(ServerConfig config, Function<String, Memory> memories, Clock clock) {
        Map<String, ConnectorFactory> factories = new LinkedHashMap<>();
        ServiceLoader.load(ConnectorFactory.class).forEach(factory -> factories.put(factory.type(), factory));
        Map<AccountConfig, Connector> made = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (AccountConfig account : config.accounts()) {
            ConnectorFactory factory = factories.get(account.type());
            if (factory == null) {
                continue;
            }
            ConnectorContext context = context(config, account, memories.apply(account.id()), clock);
            try {
                made.put(account, factory.create(context, new Settings(account.settings())));
            } catch (SettingsException e) {
                e.problems()
                        .forEach(problem -> problems.add(new Problem(
                                config.file(), account.lineOf(problem.key()), account.place() + "." + problem)));
            }
        }
        if (!problems.isEmpty()) {
            made.values().forEach(Connector::close);
            throw new ConfigException(problems);
        }
        return made;
    }

    private static ConnectorContext context(ServerConfig config, AccountConfig account, Memory memory, Clock clock) {
        ConnectorContext context = new ConnectorContext(account.id(), account.region(), clock, memory);
        return config.http()
                .base()
                .map(base ->
                        context.withWebhookUrl(HookSecrets.url(base, account.id(), HookSecrets.of(account, memory))))
                .orElse(context);
    }
}
