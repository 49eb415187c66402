// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.AgentSource;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.ContactSource;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Pages;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.crm.TicketDesk;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.RateModel;
import io.cordboard.http.VendorHttp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Salesforce organisation as a CRM. Safe for use by many threads. */
public final class Salesforce implements Connector {
    private static final Logger log = LoggerFactory.getLogger(Salesforce.class);
    private static final Duration UPLOAD = Duration.ofMinutes(10);
    private static final long LONGEST_ANSWER = 32L << 20;
    private static final int BURST_SECONDS = 2;

    private final ConnectorContext context;
    private final SalesforceSettings settings;
    private final VendorHttp http;
    private final VendorHttp uploads;
    private final AccountBudget budget;
    private final DailyBudget day;
    private final Pulse pulse = new Pulse();
    private final SalesforceAccess access;
    private final Parts parts;
    private final Queues queues;
    private final Map<Class<?>, Object> roles;
    private final ExecutorService background;

    private Salesforce(ConnectorContext context, SalesforceSettings settings) {
        this.context = context;
        this.settings = settings;
        SalesforceSettings.Limits limits = settings.limits();
        this.http = http(limits.read().plus(limits.connect()));
        this.uploads = http(UPLOAD);
        this.budget = new AccountBudget(
                context.account(),
                RateModel.leakyBucket(limits.requestsPerSecond(), limits.requestsPerSecond() * BURST_SECONDS),
                limits.atOnce());
        this.day = new DailyBudget(context.account(), limits, context.memory(), context.clock());
        this.access = new SalesforceAccess(settings, context, http);
        Traffic traffic = new Traffic(budget, day);
        SalesforceApi api =
                new WscApi(access, http, traffic, pulse, settings.sync().batch());
        SalesforceApi uploading =
                new WscApi(access, uploads, traffic, pulse, settings.sync().batch());
        Shapes shapes = new Shapes(api, context.clock());
        this.parts = new Parts(
                context, settings, api, shapes, new Journal(context.memory(), context.clock()), new Outcomes(shapes));
        this.queues = new Queues(api, context.clock(), settings.cases().departments());
        this.roles = roles(uploading);
        this.background = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "salesforce-start-" + context.account());
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
    public static Salesforce create(ConnectorContext context, SalesforceSettings settings) {
        return new Salesforce(context, settings);
    }

    private VendorHttp http(Duration whole) {
        SalesforceSettings.Limits limits = settings.limits();
        return VendorHttp.builder("salesforce", settings.baseUrl(), context.clock())
                .timeouts(limits.connect(), limits.read(), whole)
                .maxAnswerBytes(LONGEST_ANSWER)
                .build();
    }

    private Map<Class<?>, Object> roles(SalesforceApi uploading) {
        ContactReader reader = new ContactReader(context.account(), settings.baseUrl(), parts.shapes());
        SalesforceCalls calls = new SalesforceCalls(parts);
        SalesforceSearch search = new SalesforceSearch(parts, reader);
        return Map.ofEntries(
                Map.entry(CallLog.class, calls),
                Map.entry(CallNotes.class, new SalesforceNotes(parts, calls)),
                Map.entry(RecordingArchive.class, new SalesforceRecordings(parts, calls, uploading)),
                Map.entry(TicketDesk.class, new SalesforceTickets(parts, queues)),
                Map.entry(Escalations.class, new SalesforceEscalations(parts, queues)),
                Map.entry(CustomerDesk.class, new SalesforceCustomers(parts, reader, search)),
                Map.entry(ContactSource.class, new SalesforceContacts(parts, reader)),
                Map.entry(ContactSearch.class, search),
                Map.entry(AgentSource.class, new SalesforceUsers(parts)),
                Map.entry(Pages.class, new SalesforcePages(reader)));
    }

    @Override
    public String account() {
        return context.account();
    }

    @Override
    public String vendor() {
        return SalesforceFactory.TYPE;
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return Optional.ofNullable(roles.get(role)).map(role::cast);
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.empty();
    }

    /** The library takes a moment to be loaded, which the first call of the day should not wait for. */
    @Override
    public void start() {
        background.execute(() -> {
            parts.journal().tidy();
            try {
                int known = parts.shapes().phones("Contact").size();
                log.debug("salesforce {}: contacts have {} fields for numbers", context.account(), known);
            } catch (ConnectorException e) {
                log.warn("salesforce {}: not reached at the start: {}", context.account(), e.getMessage());
            }
        });
    }

    @Override
    public int writesTogether() {
        return SalesforceApi.MOST;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(http.counts());
        uploads.counts().forEach((name, count) -> all.merge(name, count, Long::sum));
        AccountBudget.Stats stats = budget.stats();
        all.put("requests_held_back", stats.refused());
        all.put("pauses", stats.pauses());
        all.put("tokens_renewed", access.renewals());
        all.put("api_day_used", day.used());
        all.put("api_day_refused", day.refusedSoFar());
        all.put("api_day_organisation_used", day.organisationUsed());
        all.put("api_day_organisation_limit", day.organisationLimit());
        return all;
    }

    @Override
    public Health health() {
        return pulse.health(access.needsPerson(), day.worry());
    }

    @Override
    public List<Finding> check() {
        return new SalesforceCheck(parts, queues, day).findings();
    }

    @Override
    public void close() {
        background.shutdownNow();
        http.close();
        uploads.close();
        day.keep();
    }
}
