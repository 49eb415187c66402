// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.AgentRoster;
import io.cordboard.agent.AgentState;
import io.cordboard.agent.WorkingDay;
import io.cordboard.call.CallId;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Recording;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.connector.StoreException;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.DialRequests;
import io.cordboard.delivery.Courier;
import io.cordboard.delivery.Delivery;
import io.cordboard.directory.Directory;
import io.cordboard.directory.Lookup;
import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.Reading;
import io.cordboard.directory.SyncProgress;
import io.cordboard.directory.SyncReport;
import io.cordboard.pbx.AgentStates;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Pausing;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.Routing;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Rules;
import io.cordboard.store.CallShelf;
import io.cordboard.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running house: everything that {@link Cordboard} shows, connected and with its timers. */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long TICK_MILLIS = 200;
    private static final long HISTORY_MINUTES = 5;
    private static final Duration KEPT = Duration.ofDays(400);

    private final Store store;
    private final Clock clock;
    private final Accounts accounts;
    private final NumberPlan plan;
    private final AgentRoster roster;
    private final Listeners listeners = new Listeners();
    private final AgentBoard board;
    private final WorkingDays days;
    private final Directory directory;
    private final Courier courier;
    private final DialOrders orders;
    private final CallDesk desk;
    private final LiveCalls live;
    private final LiveRouter router;
    private final ScheduledExecutorService timer;
    private final ExecutorService background;
    private final ClickQueue clicks;
    private volatile boolean ended;

    /** What the business chose. */
    record Choices(AgentRoster roster, Rules rules, CallTracker.Patience patience, Duration wrapUp, String region) {}

    Engine(Store store, Accounts accounts, LiveCalls.Numbers numbers, Choices choices, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.accounts = accounts;
        this.plan = numbers.otherwise();
        this.roster = choices.roster();
        this.days = new WorkingDays(accounts, roster, store.turns(), store.memory("cordboard"), clock);
        this.board = new AgentBoard(roster, clock, choices.wrapUp(), listeners, days::keep);
        this.directory = openDirectory(store, accounts, choices, clock);
        this.courier = courier(clock);
        this.orders = new DialOrders(accounts, roster, plan, store.memory("cordboard"), clock);
        this.desk = new CallDesk(new CallDesk.Shelf(store, this::card), accounts, roster, clock, courier::wake);
        CallSteps steps = new CallSteps(
                new CallSteps.House(
                        accounts, directory, store.outbox(), orders, roster, board, listeners, clock, courier::wake),
                choices.rules());
        this.live = new LiveCalls(store, numbers, clock, choices.patience(), steps);
        this.router = new LiveRouter(directory, roster, numbers);
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "cordboard-timer"));
        this.background = Executors.newSingleThreadExecutor(work -> daemon(work, "cordboard-background"));
        this.clicks = new ClickQueue(orders);
    }

    private Courier courier(Clock clock) {
        Courier.Builder builder = Courier.builder(store.outbox(), clock)
                .recordings(this::recording)
                .listener(this::delivered);
        accounts.crms().values().forEach(builder::crm);
        return builder.build();
    }

    private Recordings.Answer recording(CallId call, Recording recording) {
        return accounts.pbxRole(call.pbx(), Recordings.class)
                .map(role -> role.fetch(call, recording))
                .orElseGet(() -> new Recordings.Gone(call.pbx() + " hands out no recordings"));
    }

    /** Whoever looks at the call sees how far its writes are; who calls again is known. */
    private void delivered(Delivery delivery) {
        if (delivery.state() == Delivery.State.DONE
                && delivery.ref() != null
                && delivery.write() instanceof CrmWrite.CreateCustomer made) {
            ContactRef ref = new ContactRef(delivery.account(), made.type(), delivery.ref());
            guarded(() -> directory.made(ref, made.customer()));
        }
        guarded(() -> card(delivery.write().call()).ifPresent(listeners::callChanged));
    }

    /** {@return the newest state of a call, if there is one; a live one may be ahead of the store} */
    Optional<CallCard> card(CallId call) {
        return live.card(call).or(() -> store.calls().find(call));
    }

    private static Directory openDirectory(Store store, Accounts accounts, Choices choices, Clock clock) {
        Directory.Builder builder = Directory.builder(new NumberPlan(choices.region()), store.contacts())
                .clock(clock);
        accounts.crms().values().forEach(crm -> builder.account(crm, choices.region(), store.memory(crm.account())));
        return builder.open();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    Store store() {
        return store;
    }

    Accounts accounts() {
        return accounts;
    }

    NumberPlan plan() {
        return plan;
    }

    Directory directory() {
        return directory;
    }

    Courier courier() {
        return courier;
    }

    DialOrders orders() {
        return orders;
    }

    CallDesk desk() {
        return desk;
    }

    LiveCalls live() {
        return live;
    }

    AgentBoard board() {
        return board;
    }

    Listeners listeners() {
        return listeners;
    }

    void start() {
        for (Connector pbx : accounts.pbxs().values()) {
            pbx.role(CallSource.class).ifPresent(source -> source.tell(live));
            pbx.role(Routing.class).ifPresent(routing -> routing.routeBy(router));
            boolean canPause = pbx.role(Pausing.class).isPresent();
            pbx.role(AgentStates.class).ifPresent(states -> states.tell(change -> board.told(change, canPause)));
        }
        for (Connector crm : accounts.crms().values()) {
            crm.role(DialRequests.class).ifPresent(requests -> requests.tell(this::clicked));
        }
        directory.onLearned(live::learned);
        days.begin(board);
        live.resume();
        accounts.all().forEach(Connector::start);
        directory.start();
        courier.start();
        every(TICK_MILLIS, live::settleDue);
        every(TICK_MILLIS, board::tick);
        background.execute(() -> guarded(() -> days.round(board)));
        every(TimeUnit.MINUTES.toMillis(1), () -> background.execute(() -> guarded(() -> days.round(board))));
        every(TimeUnit.DAYS.toMillis(1), () -> background.execute(() -> guarded(this::forgetOld)));
        for (Connector pbx : accounts.pbxs().values()) {
            pbx.role(CallHistory.class).ifPresent(history -> {
                HistoryFill fill = new HistoryFill(pbx, history, store.memory(pbx.account()), live);
                background.execute(() -> guarded(fill::run));
                every(TimeUnit.MINUTES.toMillis(HISTORY_MINUTES), () -> background.execute(() -> guarded(fill::run)));
            });
        }
    }

    private void forgetOld() {
        orders.forget();
        int calls = store.forget(clock.instant().minus(KEPT));
        if (calls > 0) {
            LOG.info("{} calls older than {} days were removed from the store", calls, KEPT.toDays());
        }
    }

    private void clicked(DialRequests.Click click) {
        if (ended) {
            throw new StoreException("The program is ending; the click has to come again.", null);
        }
        if (orders.isNew(click)) {
            clicks.take(click);
        }
    }

    private void every(long millis, Runnable work) {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(() -> guarded(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    // A timer whose work throws would never run again.
    @SuppressWarnings("IllegalCatch")
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (ended) {
                LOG.debug("background work was cut short: {}", e.getMessage());
                return;
            }
            LOG.warn("background work failed and is done again in its turn", e);
        }
    }

    /** The stored calls, with the newest state of those that are still live. */
    List<CallCard> calls(CallShelf.Query query) {
        Map<CallId, CallCard> newest = new LinkedHashMap<>();
        store.calls().list(query).forEach(card -> newest.put(card.call().id(), card));
        for (CallCard card : live.cards()) {
            newest.remove(card.call().id());
            if (query.accepts(card.call())) {
                newest.put(card.call().id(), card);
            }
        }
        return newest.values().stream()
                .sorted(Comparator.<CallCard, Instant>comparing(
                                card -> card.call().startedAt())
                        .reversed())
                .limit(query.limit())
                .toList();
    }

    NumberAnswer lookup(String text) {
        long begun = System.nanoTime();
        Reading reading = plan.read(text);
        Lookup lookup = reading instanceof Reading.Phone phone ? directory.lookup(phone.number()) : Lookup.NOBODY;
        return new NumberAnswer(reading, lookup, (System.nanoTime() - begun) / 1_000);
    }

    /**
     * The same, with the CRMs asked that do not know the number yet; takes as long as they do, within the directory's
     * budget.
     */
    NumberAnswer ask(String text) {
        NumberAnswer known = lookup(text);
        if (!(known.reading() instanceof Reading.Phone phone)) {
            return known;
        }
        long begun = System.nanoTime();
        Lookup asked = directory.ask(phone.number()).join();
        return new NumberAnswer(known.reading(), asked, known.micros() + (System.nanoTime() - begun) / 1_000);
    }

    CallControl control(CallId call) {
        return accounts.pbxRole(call.pbx(), CallControl.class)
                .orElseThrow(() -> new ConnectorException(Reason.REFUSED, call.pbx() + " cannot change running calls"));
    }

    /** How the accounts are: what the connector says, and what the courier sees when it brings something. */
    Map<String, Health> health() {
        Map<String, Health> health = new LinkedHashMap<>(accounts.health());
        for (String account : accounts.crms().keySet()) {
            courier.status(account).ifPresent(status -> trouble(account, status, health));
        }
        return health;
    }

    private static void trouble(String account, Courier.Status status, Map<String, Health> health) {
        String detail = status.pending() + " deliveries wait, " + status.parked() + " are parked";
        String error = status.lastError() == null ? "" : "; last answer: " + status.lastError();
        if (status.breaker() == Courier.Breaker.UNAUTHORISED) {
            Health person = new Health(Health.Status.REAUTHORISE, "authorise it again; " + detail + error);
            health.computeIfPresent(account, (id, own) -> worse(own, person));
        } else if (status.breaker() != Courier.Breaker.CLOSED) {
            health.computeIfPresent(account, (id, own) -> worse(own, Health.down(detail + error)));
        } else if (status.parked() > 0) {
            health.computeIfPresent(account, (id, own) -> worse(own, Health.degraded(detail)));
        }
    }

    private static Health worse(Health one, Health other) {
        return one.status().compareTo(other.status()) >= 0 ? one : other;
    }

    List<AgentPush> choose(String agent, AgentState state, String why) {
        return days.choose(board, agent, state, why);
    }

    WorkingDay day(String agent, LocalDate date) {
        return days.day(agent, date);
    }

    SyncReport sync(String account, SyncProgress progress) {
        return directory.sync(account, progress);
    }

    Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("events_accepted", live.accepted());
        counters.put("calls_live", (long) live.cards().size());
        for (String account : accounts.crms().keySet()) {
            for (Delivery.State state : Delivery.State.values()) {
                counters.put(
                        "deliveries_" + state.name().toLowerCase(Locale.ROOT) + "{" + account + "}",
                        store.outbox().count(account, state));
            }
            counters.put("contacts{" + account + "}", store.contacts().count(account));
        }
        return counters;
    }

    /**
     * First what brings calls, so that nothing new comes; then what is being worked on; then the CRMs, to which that
     * was being written. Returns in time whatever hangs; the store stays open.
     */
    void close(Duration longest) {
        Closing closing = new Closing(longest);
        ended = true;
        timer.shutdownNow();
        background.shutdownNow();
        courier.stop();
        clicks.close(closing.until(1));
        closing.all(steps(accounts.pbxs()), 2);
        live.close(closing.until(4));
        courier.close(closing.until(6));
        List<Closing.Step> last = new ArrayList<>(steps(accounts.crms()));
        last.add(new Closing.Step("directory", directory::close));
        closing.all(last, 8);
        days.end();
    }

    private static List<Closing.Step> steps(Map<String, Connector> connectors) {
        return connectors.values().stream()
                .map(connector -> new Closing.Step(connector.account(), connector::close))
                .toList();
    }
}
