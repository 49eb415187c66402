// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.cordboard.Cordboard;
import io.cordboard.CordboardBuilder;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorFactory.Kind;
import io.cordboard.connector.Finding;
import io.cordboard.delivery.Delivery;
import io.cordboard.directory.SyncProgress;
import io.cordboard.directory.SyncReport;
import io.cordboard.server.config.AccountConfig;
import io.cordboard.server.config.ConfigException;
import io.cordboard.server.config.ServerConfig;
import io.cordboard.server.web.DeliveryJson;
import io.cordboard.server.web.LookupJson;
import io.cordboard.store.SqliteStore;
import io.cordboard.store.Store;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Store, connectors and engine of a configuration, put together and not started. */
final class OpenStore implements Access, AutoCloseable {
    private static final int MOST = 10_000;

    private final ServerConfig config;
    private final Store store;
    private final Map<AccountConfig, Connector> connectors;
    private final Map<String, String> hookSecrets;
    private final Cordboard cordboard;

    private OpenStore(ServerConfig config, Store store, Map<AccountConfig, Connector> connectors, Clock clock) {
        this.config = config;
        this.store = store;
        this.connectors = connectors;
        this.hookSecrets = HookSecrets.of(connectors, store::memory);
        CordboardBuilder builder = Cordboard.builder(store)
                .clock(clock)
                .region(config.region())
                .agents(config.agents())
                .rules(config.rules())
                .settleAfter(config.settleAfter())
                .wrapUp(config.wrapUp())
                .closeWithin(Duration.ofSeconds(6));
        connectors.forEach((account, connector) -> {
            if (account.kind() == Kind.PBX) {
                builder.pbx(connector, account.region());
            } else {
                builder.crm(connector);
            }
        });
        this.cordboard = builder.build();
    }

    /**
     * {@return the parts of a configuration}
     *
     * @throws io.cordboard.connector.StoreException when the store cannot be opened
     * @throws ConfigException when an account's settings are wrong
     */
    static OpenStore of(ServerConfig config, Clock clock) {
        Store store = SqliteStore.open(config.store(), clock);
        try {
            return new OpenStore(config, store, Connectors.create(config, store::memory, clock), clock);
        } catch (ConfigException e) {
            store.close();
            throw e;
        }
    }

    Cordboard cordboard() {
        return cordboard;
    }

    Map<String, String> hookSecrets() {
        return hookSecrets;
    }

    @Override
    public Map<String, URI> hookUrls() {
        return hookUrls(config.http().listen().getPort());
    }

    /** {@return what vendors call, when this port was really taken} */
    Map<String, URI> hookUrls(int port) {
        URI base = config.http().publicUrl().orElseGet(() -> config.http().localUrl(port));
        Map<String, URI> urls = new LinkedHashMap<>();
        hookSecrets.forEach((account, secret) -> urls.put(account, HookSecrets.url(base, account, secret)));
        return urls;
    }

    @Override
    public JsonNode lookup(String number) {
        return LookupJson.of(cordboard.ask(number));
    }

    @Override
    public JsonNode deliveries(@Nullable String state) {
        ArrayNode all = new ObjectMapper().createArrayNode();
        Delivery.State only = state == null ? null : Delivery.State.valueOf(state.toUpperCase(Locale.ROOT));
        cordboard.outbox().list(only, MOST).forEach(delivery -> all.add(DeliveryJson.of(delivery, cordboard)));
        return all;
    }

    @Override
    public JsonNode export() {
        ArrayNode all = new ObjectMapper().createArrayNode();
        for (Delivery.State state : List.of(Delivery.State.PARKED, Delivery.State.PENDING)) {
            cordboard
                    .outbox()
                    .list(state, Integer.MAX_VALUE)
                    .forEach(delivery -> all.add(DeliveryJson.full(delivery, cordboard)));
        }
        return all;
    }

    @Override
    public long retry(long id) {
        if (!cordboard.retry(id)) {
            throw new InputException("there is no delivery " + id + " that is not done", null);
        }
        return 1;
    }

    @Override
    public long retryAll() {
        return cordboard.retryAll();
    }

    @Override
    public SyncReport sync(String account, SyncProgress progress) {
        return cordboard.sync(account, progress);
    }

    @Override
    public Map<String, List<Finding>> check() {
        Map<String, List<Finding>> findings = new LinkedHashMap<>();
        connectors.forEach((account, connector) -> findings.put(account.id(), connector.check()));
        return findings;
    }

    @Override
    public String how() {
        return "the store can be opened and written";
    }

    @Override
    public void close() {
        cordboard.close();
        store.close();
    }
}
