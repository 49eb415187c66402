// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.AgentSource;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.ContactSource;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.DialRequests;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Pages;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.crm.ScreenPop;
import io.cordboard.crm.TicketDesk;
import io.cordboard.directory.NumberPlan;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.VendorHttp;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One amoCRM or Kommo account as a CRM. Safe for use by many threads. */
public final class AmoCrm implements Connector {
    private static final String STATE = "oauth.state";

    private final ConnectorContext context;
    private final AmoCrmSettings settings;
    private final VendorHttp http;
    private final AccountBudget budget;
    private final Optional<OauthAccess> app;
    private final Access access;
    private final Pulse pulse = new Pulse();
    private final AmoApi api;
    private final Bulk bulk;
    private final Journal journal;
    private final AmoEvents events;
    private final AmoClicks clicks;
    private final AmoCards cards;
    private final AmoWebhook webhook;
    private final AccountInfo info;
    private final SearchProbe probe;
    private final Optional<Subscription> subscription;
    private final Map<Class<?>, Object> roles;
    private final Upkeep upkeep;

    private AmoCrm(ConnectorContext context, AmoCrmSettings settings) {
        this.context = context;
        this.settings = settings;
        AmoCrmSettings.Limits limits = settings.limits();
        this.http = VendorHttp.builder("amocrm", settings.base(), context.clock())
                .timeouts(limits.connect(), limits.read(), limits.read().plus(limits.connect()))
                .build();
        this.budget = new AccountBudget(context.account(), new AmoRate(limits.perSecond()), 2 * limits.perSecond());
        this.app = settings.oauth().map(o -> new OauthAccess(o, settings.base(), context, http));
        this.access = app.<Access>map(a -> a)
                .orElseGet(() ->
                        new LongLivedAccess(settings.base(), settings.token().orElseThrow(), http, context.clock()));
        this.api = new AmoApi(access, http, budget, pulse, context.clock(), limits.blocked());
        this.bulk = new Bulk(api, limits.batch());
        this.journal = new Journal(context.memory(), context.clock());
        this.info = new AccountInfo(api, context.clock());
        this.probe = new SearchProbe(api, context.memory(), settings.sync().search());
        Echoes echoes = new Echoes(context.clock());
        this.events = new AmoEvents(context, echoes);
        this.clicks = new AmoClicks(context, settings.events());
        this.cards = new AmoCards(context.account(), api, settings.cards());
        this.subscription = eventsUrl()
                .filter(url -> settings.events().subscribe())
                .map(url -> new Subscription(api, url, settings.sync()));
        this.roles = roles(new CallParts(
                context.account(),
                api,
                bulk,
                journal,
                echoes,
                context.clock(),
                settings.calls().responsible()));
        this.upkeep = new Upkeep(
                context.account(), new Upkeep.Work(journal, info, this::rememberAccount, app, subscription, probe));
        this.webhook = new AmoWebhook(context, events, clicks, app.map(this::connecting));
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
        AmoSearch search = new AmoSearch(api, reader, new NumberPlan(context.region()), probe);
        AmoCustomers customers = new AmoCustomers(parts, settings, info, search, events::made);
        TextNotes texts = new TextNotes(parts);
        Map<Class<?>, Object> all = new HashMap<>();
        all.put(CallLog.class, new AmoCalls(parts, settings.calls(), customers, info::currentUser));
        all.put(CallNotes.class, new AmoNotes(parts, texts));
        all.put(CustomerDesk.class, customers);
        all.put(TicketDesk.class, new AmoTickets(parts, settings, texts, context.clock()));
        all.put(Escalations.class, new AmoEscalations(parts, settings.tickets(), texts));
        all.put(
                RecordingArchive.class,
                new AmoRecordings(parts, settings.calls().recordingUrl()));
        all.put(ScreenPop.class, cards);
        all.put(Pages.class, new AmoPages(context.account(), access::pages, journal));
        all.put(ContactSource.class, new AmoContacts(api, context.account(), reader, settings.sync()));
        all.put(ContactSearch.class, search);
        all.put(ContactChanges.class, events);
        all.put(AgentSource.class, new AmoUsers(api));
        all.put(DialRequests.class, clicks);
        return Map.copyOf(all);
    }

    private AmoWebhook.Connecting connecting(OauthAccess access) {
        String secret = settings.oauth().map(AmoCrmSettings.Oauth::clientSecret).orElse("");
        return new AmoWebhook.Connecting(
                access,
                secret,
                state(),
                upkeep::connect,
                () -> pulse.refused("the integration was switched off in the account: connect it again"));
    }

    /** What whoever connects the integration brings back, so that nobody else's code is taken. */
    private String state() {
        Optional<String> known = context.memory().get(STATE);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        String state = HexFormat.of().formatHex(bytes);
        context.memory().put(STATE, state);
        return state;
    }

    /** The settings win: an account may reach this program by another way than everybody else. */
    private Optional<String> eventsUrl() {
        return settings.events().url().or(() -> context.webhookUrl().map(URI::toString));
    }

    private void rememberAccount() {
        if (!info.id().isEmpty()) {
            context.memory().put(AmoWebhook.ACCOUNT, info.id());
        }
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
        return Optional.of(webhook);
    }

    @Override
    public void start() {
        upkeep.start();
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(http.counts());
        all.putAll(api.counts());
        all.putAll(bulk.counts());
        all.putAll(events.counts());
        all.putAll(clicks.counts());
        all.putAll(cards.counts());
        all.putAll(webhook.counts());
        all.putAll(upkeep.counts());
        app.ifPresent(a -> all.putAll(a.counts()));
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
        return new AmoCheck(api, access, settings, subscription, context.clock()).findings(app.map(a -> state()));
    }

    @Override
    public void close() {
        upkeep.close();
        cards.close();
        http.close();
    }
}
