// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.Sandboxes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** A CRM's sandbox with the vendor's limits, and a connector to it. */
record OpenCrm(CrmSandbox sandbox, SqliteStore store, Connector connector) implements AutoCloseable {
    static final String ACCOUNT = "main";

    static OpenCrm open(Vendor vendor, int contacts, Path folder) {
        CrmSandbox sandbox = (CrmSandbox) Sandboxes.start(
                vendor.type(), SandboxOptions.DEFAULTS.withStrict(false).withContacts(contacts));
        Map<String, String> settings = new LinkedHashMap<>();
        flat("", sandbox.config(), settings);
        settings.remove("type");
        settings.putAll(vendor.settings());
        SqliteStore store = SqliteStore.open(folder, Clock.systemUTC());
        Connector connector = ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.type().equals(vendor.type()))
                .findFirst()
                .orElseThrow()
                .create(
                        new ConnectorContext(ACCOUNT, "RU", Clock.systemUTC(), store.memory(ACCOUNT)),
                        new Settings(settings));
        return new OpenCrm(sandbox, store, connector);
    }

    private static void flat(String prefix, Map<?, ?> config, Map<String, String> settings) {
        config.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                flat(prefix + key + ".", below, settings);
            } else {
                settings.put(prefix + key, String.valueOf(value));
            }
        });
    }

    /** {@return how many requests came so far} */
    long requests() {
        return sandbox.requests();
    }

    @Override
    public void close() {
        connector.close();
        store.close();
        sandbox.close();
    }
}
