// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorException;
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
import io.cordboard.crm.WorkTime;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.RateModel;
import io.cordboard.http.VendorHttp;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Bitrix24 portal as a CRM. Safe for use by many threads. */
public final class Bitrix24 implements Connector {
    private static final Logger log = LoggerFactory.getLogger(Bitrix24.class);
    private static final Duration UPLOAD = Duration.ofMinutes(10);
    private static final Duration BIND_AGAIN = Duration.ofMinutes(1);
    private static final Duration BIND_AT_LEAST = Duration.ofHours(1);

    private final ConnectorContext context;
    private final Bitrix24Settings settings;
    private final VendorHttp http;
    private final VendorHttp uploads;
    private final AccountBudget budget;
    private final Access access;
    private final Pulse pulse = new Pulse();
    private final Bitrix24Api api;
    private final Journal journal;
    private final Bitrix24Events events;
    private final Bitrix24Cards cards;
    private final Map<Class<?>, Object> roles;
    private final ScheduledExecutorService background;

    private Bitrix24(ConnectorContext context, Bitrix24Settings settings) {
        this.context = context;
        this.settings = settings;
        Bitrix24Settings.Limits limits = settings.limits();
        URI base = settings.webhook()
                .or(() -> settings.oauth().map(app -> app.portal().resolve("/rest/")))
                .orElseThrow();
        this.http = VendorHttp.builder("bitrix24", base, context.clock())
                .timeouts(limits.connect(), limits.read(), limits.read().plus(limits.connect()))
                .build();
        this.uploads = VendorHttp.builder("bitrix24", base, context.clock())
                .timeouts(limits.connect(), limits.read(), UPLOAD)
                .build();
        this.budget =
                new AccountBudget(context.account(), RateModel.leakyBucket(limits.requestsPerSecond(), limits.burst()));
        Optional<AppAccess> app = settings.oauth().map(oauth -> new AppAccess(oauth, context, http));
        this.access = app.<Access>map(a -> a).orElseGet(() -> new WebhookAccess(base));
        this.api = new Bitrix24Api(access, http, budget, new MethodTime(context.clock(), limits.operating()), pulse);
        this.journal = new Journal(context.memory(), context.clock());
        this.events = new Bitrix24Events(context, settings.events(), app);
        CallParts parts = new CallParts(
                context.account(),
                api,
                new Telephony(context.account(), settings.calls(), journal, pulse),
                journal,
                new Claims(),
                settings.calls().responsible());
        this.cards = new Bitrix24Cards(parts, settings.cards());
        this.roles = roles(parts);
        this.background = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "bitrix24-start-" + context.account());
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
    public static Bitrix24 create(ConnectorContext context, Bitrix24Settings settings) {
        return new Bitrix24(context, settings);
    }

    private Map<Class<?>, Object> roles(CallParts parts) {
        Bitrix24Customers customers = new Bitrix24Customers(parts, settings.customers(), events::made);
        ContactReader reader = new ContactReader(
                context.account(), access.pages(), settings.sync().convertedLeads());
        Bitrix24Contacts contacts = new Bitrix24Contacts(api, reader, settings.sync());
        Map<Class<?>, Object> all = new HashMap<>(Map.ofEntries(
                Map.entry(
                        CallLog.class,
                        new Bitrix24Calls(
                                parts, new ActivityCalls(parts, customers, settings), new Corrections(api, journal))),
                Map.entry(ScreenPop.class, cards),
                Map.entry(
                        RecordingArchive.class,
                        new Bitrix24Recordings(
                                parts, uploads, budget, settings.calls().recordingsByLink())),
                Map.entry(TicketDesk.class, tickets(parts)),
                Map.entry(Escalations.class, escalations(parts)),
                Map.entry(CustomerDesk.class, customers),
                Map.entry(
                        CallNotes.class,
                        new Bitrix24Notes(parts, settings.calls().notesAsComments())),
                Map.entry(
                        Pages.class, new Bitrix24Pages(context.account(), access.pages(), journal, settings.tickets())),
                Map.entry(ContactSource.class, contacts),
                Map.entry(ContactSearch.class, new Bitrix24Search(api, contacts)),
                Map.entry(ContactChanges.class, events),
                Map.entry(DialRequests.class, events),
                Map.entry(AgentSource.class, new Bitrix24Users(api))));
        if (settings.workTime()) {
            all.put(WorkTime.class, new Bitrix24WorkTime(api));
        }
        return all;
    }

    private TicketDesk tickets(CallParts parts) {
        Bitrix24Settings.Tickets tickets = settings.tickets();
        Bitrix24Tickets.TicketForm form = tickets.task()
                ? new TaskTickets(tickets)
                : new ItemTickets(tickets, settings.customers().originator());
        return new Bitrix24Tickets(parts, form, tickets);
    }

    private Escalations escalations(CallParts parts) {
        Bitrix24Settings.Tickets tickets = settings.tickets();
        return new Bitrix24Escalations(parts, tickets, tickets.task() ? new TaskMoves() : new ItemMoves(tickets));
    }

    @Override
    public String account() {
        return context.account();
    }

    @Override
    public String vendor() {
        return Bitrix24Factory.TYPE;
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return Optional.ofNullable(roles.get(role)).map(role::cast);
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.of(events);
    }

    @Override
    public void start() {
        // Whoever installs the app looks whether it works: the next attempt of a portal without it may be an hour away.
        events.whenInstalled(this::bindSoon);
        background.execute(() -> {
            journal.tidy();
            if (access.isApp()) {
                eventsUrl().ifPresent(this::bind);
            }
        });
    }

    /** The settings win: a portal may reach this program by another way than everybody else. */
    private Optional<String> eventsUrl() {
        return settings.events().url().or(() -> context.webhookUrl().map(URI::toString));
    }

    private void bindSoon() {
        if (!background.isShutdown()) {
            background.execute(() -> eventsUrl().ifPresent(this::bind));
        }
    }

    private void bind(String url) {
        bind(url, BIND_AGAIN);
    }

    /** Asks again, less and less often, until the portal tells everything. */
    private void bind(String url, Duration wait) {
        try {
            List<String> left = new Bindings(api, url).bind();
            if (!left.isEmpty()) {
                log.warn("bitrix24 {}: the portal does not tell of {}", context.account(), left);
                bindLater(url, wait);
            }
        } catch (ConnectorException e) {
            log.warn("bitrix24 {}: events could not be asked for: {}", context.account(), e.getMessage());
            bindLater(url, wait);
        }
    }

    private void bindLater(String url, Duration wait) {
        Duration next = wait.compareTo(BIND_AT_LEAST) < 0 ? wait.multipliedBy(2) : wait;
        if (!background.isShutdown()) {
            Future<?> unused = background.schedule(() -> bind(url, next), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(http.counts());
        uploads.counts().forEach((name, count) -> all.merge(name, count, Long::sum));
        all.putAll(events.counts());
        all.putAll(api.counts());
        AccountBudget.Stats stats = budget.stats();
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
        return new Bitrix24Check(api, access, settings, events, context.clock()).findings(eventsUrl());
    }

    @Override
    public void close() {
        cards.close();
        background.shutdownNow();
        http.close();
        uploads.close();
    }
}
