// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.AgentSource;
import io.cordboard.http.Chores;
import io.cordboard.http.Counts;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Routing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Mango Office account: a cloud PBX that posts signed events and takes commands.
 *
 * <p>Plays {@link CallSource}, {@link CallControl}, {@link Dialing}, {@link Recordings}, {@link CallHistory},
 * {@link AgentSource}, where a menu or a queue leaves time for it {@link Routing}, and with the contact-centre option
 * {@link AgentStates}. Safe for use by many threads.
 */
public final class Mango implements Connector {
    static final String VENDOR = "mango";

    private final Parts parts;
    private final MangoApi api;
    private final MangoCalls calls;
    private final MangoRouting routing;
    private final MangoDirectory directory;
    private final Map<Class<?>, Object> roles = new HashMap<>();
    private final Chores chores;

    private Mango(Parts parts) {
        ConnectorContext context = parts.context();
        MangoSettings settings = parts.settings();
        this.parts = parts;
        this.api = new MangoApi(parts);
        MangoNumbers numbers = new MangoNumbers(settings.region().orElse(context.region()));
        MangoBook book = new MangoBook(context.account(), context.memory(), numbers, settings.eventShift());
        MangoCommands commands = new MangoCommands(api, parts);
        this.directory = new MangoDirectory(parts, api);
        MangoPresence presence = new MangoPresence(parts, directory);
        this.routing = new MangoRouting(parts, commands, book, numbers);
        this.calls = new MangoCalls(parts, book, commands, routing, presence);
        roles.put(CallSource.class, calls);
        roles.put(CallControl.class, new MangoControl(context.account(), book, commands));
        roles.put(Dialing.class, new MangoDialing(commands, settings));
        roles.put(Recordings.class, new MangoRecordings(api, parts));
        roles.put(CallHistory.class, new MangoHistory(parts, api, directory, numbers, calls::knowsEndOf));
        roles.put(AgentSource.class, directory);
        if (settings.routes()) {
            roles.put(Routing.class, routing);
        }
        if (settings.contactCentre()) {
            roles.put(AgentStates.class, presence);
        }
        this.chores = new Chores(VENDOR, context.account());
    }

    /**
     * {@return a connector that is not started}
     *
     * @param context what it is given
     * @param settings how it is to be used
     */
    public static Mango create(ConnectorContext context, MangoSettings settings) {
        return new Mango(new Parts(context, settings, new Counts()));
    }

    @Override
    public String account() {
        return parts.context().account();
    }

    @Override
    public String vendor() {
        return VENDOR;
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return Optional.ofNullable(roles.get(role)).map(role::cast);
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.of(calls);
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(parts.counts().all());
        all.putAll(api.counts());
        return all;
    }

    @Override
    public void start() {
        chores.repeat(directory::look);
        chores.repeat(calls::sweep);
    }

    @Override
    public Health health() {
        Optional<ConnectorException> trouble = api.trouble();
        if (trouble.filter(e -> e.reason() == Reason.REAUTHORISE).isPresent()) {
            return new Health(Health.Status.REAUTHORISE, "Mango refuses key and salt");
        }
        if (calls.isWronglySigned()) {
            return Health.degraded("events are refused for their signature: compare key and salt with the cabinet");
        }
        return trouble.filter(e -> e.reason() != Reason.RATE_LIMITED)
                .map(e -> Health.degraded(String.valueOf(e.getMessage())))
                .orElse(Health.UP);
    }

    @Override
    public List<Finding> check() {
        return new MangoCheck(parts, api, directory, calls.heard()).findings();
    }

    @Override
    public void close() {
        chores.close();
        routing.close();
        api.close();
    }

    /**
     * What the parts of one account share. Immutable.
     *
     * @param context what it is given
     * @param settings how it is to be used
     * @param counts what it counts
     */
    record Parts(ConnectorContext context, MangoSettings settings, Counts counts) {}
}
