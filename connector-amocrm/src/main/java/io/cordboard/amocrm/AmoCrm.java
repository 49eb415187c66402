// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.ContactSource;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.directory.NumberPlan;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.VendorHttp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One amoCRM or Kommo account as a CRM. Safe for use by many threads. */
public final class AmoCrm implements Connector {
    private final ConnectorContext context;
    private final AmoCrmSettings settings;
    private final VendorHttp http;
    private final AccountBudget budget;
    private final Access access;
    private final Pulse pulse = new Pulse();
    private final AmoApi api;
    private final Bulk bulk;
    private final Journal journal;
    private final AmoEvents events;
    private final Map<Class<?>, Object> roles;
    private final ScheduledExecutorService background;

    private AmoCrm(ConnectorContext context, AmoCrmSettings settings) {
        this.context = context;
        this.settings = settings;
        AmoCrmSettings.Limits limits = settings.limits();
        this.http = VendorHttp.builder("amocrm", settings.base(), context.clock())
                .timeouts(limits.connect(), limits.read(), limits.read().plus(limits.connect()))
                .build();
        this.budget = new AccountBudget(context.account(), new AmoRate(limits.perSecond()), 2 * limits.perSecond());
        Optional<OauthAccess> app = settings.oauth().map(o -> new OauthAccess(o, settings.base(), context, http));
        this.access = app.<Access>map(a -> a)
                .orElseGet(() -> new LongLivedAccess(
                        settings.base(), settings.token().orElseThrow()));
        this.api = new AmoApi(access, http, budget, pulse, context.clock(), limits.blocked());
        this.bulk = new Bulk(api, limits.batch());
        this.journal = new Journal(context.memory(), context.clock());
        Echoes echoes = new Echoes(context.clock());
        this.events = new AmoEvents(context, echoes);
        this.roles = roles(new CallParts(
                context.account(), api, bulk, journal, echoes, settings.calls().responsible()));
        this.background = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "amocrm-start-" + context.account());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * {@return a connector that is not started}
     *
     * @param context what it is given
     * @param settings what it is told
     */
    public static AmoCrm create(ConnectorContext context, AmoCrmSettings settings) {
        return new AmoCrm(context, settings);
    }

    private Map<Class<?>, Object> roles(CallParts parts) {
        ContactReader reader = new ContactReader(context.account(), access::pages);
        AmoContacts contacts = new AmoContacts(api, context.account(), reader, settings.sync());
        AmoSearch search = new AmoSearch(api, reader, new NumberPlan(context.region()), () -> true);
        AccountInfo info = new AccountInfo(api, context.clock());
        AmoCustomers customers = new AmoCustomers(parts, settings, info, search, events::made);
        return Map.ofEntries(
                Map.entry(CallLog.class, new AmoCalls(parts, settings.calls(), customers)),
                Map.entry(CustomerDesk.class, customers),
                Map.entry(ContactSource.class, contacts),
                Map.entry(ContactSearch.class, search),
                Map.entry(ContactChanges.class, events));
    }

    @Override
    public String account() {
        return context.account();
    }

    @Override
    public String vendor() {
        return AmoCrmFactory.TYPE;
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return Optional.ofNullable(roles.get(role)).map(role::cast);
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.empty();
    }

    @Override
    public void start() {
        background.execute(journal::tidy);
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(http.counts());
        all.putAll(events.counts());
        all.putAll(api.counts());
        all.putAll(bulk.counts());
        AccountBudget.Stats stats = budget.stats();
        all.put("requests_live", stats.live());
        all.put("requests_delivery", stats.delivery());
        all.put("requests_sync", stats.sync());
        all.put("requests_held_back", stats.refused());
        all.put("pauses", stats.pauses());
        return all;
    }

    @Override
    public Health health() {
        return pulse.health(access.needsPerson());
    }

    /** {@return the counters of the account's requests since the start} */
    public AccountBudget.Stats requests() {
        return budget.stats();
    }

    @Override
    public List<Finding> check() {
        return List.of();
    }

    @Override
    public void close() {
        background.shutdownNow();
        http.close();
    }
}
