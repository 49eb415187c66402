// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.connector.Webhook;
import io.cordboard.http.Chores;
import io.cordboard.http.Counts;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Routing;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Zadarma account: a cloud PBX that calls webhooks and has a REST API.
 *
 * <p>Plays {@link CallSource}, {@link Routing}, {@link Dialing}, {@link Recordings}, {@link CallHistory} and, where it
 * is switched on, {@link AgentStates}. Zadarma has no way to hang up, transfer or pause. Safe for use by many threads.
 */
public final class Zadarma implements Connector {
    static final String VENDOR = "zadarma";

    private static final Logger log = LoggerFactory.getLogger(Zadarma.class);
    private static final Duration ZONE_EVERY = Duration.ofHours(1);
    private static final Duration ZONE_AGAIN = Duration.ofSeconds(30);

    private final Parts parts;
    private final ZadarmaApi api;
    private final ZadarmaCalls calls;
    private final ZadarmaPresence presence;
    private final Map<Class<?>, Object> roles = new HashMap<>();
    private final Chores chores;

    private Zadarma(Parts parts) {
        ConnectorContext context = parts.context();
        this.parts = parts;
        this.api = new ZadarmaApi(context.account(), parts.settings(), context.clock());
        ZadarmaCallbacks callbacks =
                new ZadarmaCallbacks(context.memory(), context.clock().instant());
        ZadarmaEvents events = new ZadarmaEvents(
                context.account(), parts.settings().region().orElse(context.region()), parts.time(), callbacks);
        this.calls = new ZadarmaCalls(parts, events);
        ZadarmaStatistics statistics = new ZadarmaStatistics(context.account(), events, parts.time());
        ZadarmaHistory history = new ZadarmaHistory(api, parts, statistics, calls::knowsEndOf);
        this.presence = new ZadarmaPresence(context.account(), api, context.clock());
        roles.put(CallSource.class, calls);
        roles.put(Routing.class, calls);
        roles.put(Dialing.class, new ZadarmaDialing(api, callbacks, context.clock()));
        roles.put(Recordings.class, new ZadarmaRecordings(api, parts));
        roles.put(CallHistory.class, history);
        if (!parts.settings().presenceEvery().isZero()) {
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
    public static Zadarma create(ConnectorContext context, ZadarmaSettings settings) {
        return new Zadarma(new Parts(context, settings, new ZadarmaTime(settings.timeZone()), new Counts()));
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

    /**
     * Tells Zadarma where to call, and switches every notification on. The cabinet can do the same. Costs two requests.
     *
     * @param url this account's webhook address, which must answer already: Zadarma tries it at once
     * @throws ConnectorException when Zadarma did not take it
     */
    public void publish(URI url) {
        api.change("/v1/pbx/callinfo/url/", Map.of("url", url.toString()));
        Map<String, String> flags = new TreeMap<>();
        ZadarmaCheck.FLAGS.forEach(flag -> flags.put(flag, "true"));
        api.change("/v1/pbx/callinfo/notifications/", flags);
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(parts.counts().all());
        all.putAll(api.counts());
        return all;
    }

    @Override
    public void start() {
        chores.repeat(this::zone);
        if (!parts.settings().publish().equals("never")) {
            ZadarmaAddress.of(parts)
                    .map(url -> new ZadarmaAddress(
                            this, api, url, parts.settings().publish().equals("always")))
                    .ifPresent(address -> chores.repeat(address::settle));
        }
        if (!parts.settings().presenceEvery().isZero()) {
            chores.repeat(() -> {
                presence.look();
                return parts.settings().presenceEvery();
            });
        }
    }

    @Override
    public Health health() {
        Optional<ConnectorException> trouble = api.trouble();
        if (trouble.filter(e -> e.reason() == Reason.REAUTHORISE).isPresent()) {
            return new Health(Health.Status.REAUTHORISE, "Zadarma refuses key and secret");
        }
        if (calls.isWronglySigned()) {
            return Health.degraded("webhooks are refused for their signature: compare secret with the cabinet");
        }
        return trouble.filter(e -> e.reason() != Reason.RATE_LIMITED)
                .map(e -> Health.degraded(String.valueOf(e.getMessage())))
                .orElse(Health.UP);
    }

    @Override
    public List<Finding> check() {
        return new ZadarmaCheck(api, parts).findings();
    }

    @Override
    public void close() {
        chores.close();
        api.close();
    }

    /** {@return after how long to ask for the zone again; its offset changes twice a year} */
    private Duration zone() {
        try {
            if (!api.learnZone(parts.time())) {
                log.debug("{}: the account's own word for its zone makes no sense", account());
            }
            return ZONE_EVERY;
        } catch (ConnectorException e) {
            log.debug("{}: the account's zone could not be asked for: {}", account(), e.getMessage());
            return e.retryAfter().orElse(ZONE_AGAIN);
        }
    }

    /**
     * What the parts of one account share. Immutable.
     *
     * @param context what it is given
     * @param settings how it is to be used
     * @param time reads its wall-clock times
     * @param counts what it counts
     */
    record Parts(ConnectorContext context, ZadarmaSettings settings, ZadarmaTime time, Counts counts) {}
}
