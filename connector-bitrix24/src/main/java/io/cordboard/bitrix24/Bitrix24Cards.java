// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.PhoneNumber;
import io.cordboard.crm.ScreenPop;
import io.cordboard.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cards on the agents' screens. What happens within a moment is sent as one request: for each call the difference
 * between who sees its card and who should.
 */
final class Bitrix24Cards implements ScreenPop, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Bitrix24Cards.class);
    private static final int MOST_CALLS = 16;
    private static final int MOST_WAITING = 1000;

    private final Bitrix24Api api;
    private final Telephony telephony;
    private final Journal journal;
    private final Claims claims;
    private final Bitrix24Settings.Cards settings;
    private final ScheduledThreadPoolExecutor worker;

    private final Object lock = new Object();
    private final Map<CallId, View> waiting = new LinkedHashMap<>();
    private boolean scheduled;

    /** Who sees which card; touched by the worker only. */
    private final Map<CallId, Set<String>> shown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallId, Set<String>> eldest) {
            return size() > MOST_WAITING;
        }
    };

    Bitrix24Cards(CallParts parts, Bitrix24Settings.Cards settings) {
        this.api = parts.api();
        this.telephony = parts.telephony();
        this.journal = parts.journal();
        this.claims = parts.claims();
        this.settings = settings;
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bitrix24-cards-" + parts.account());
            thread.setDaemon(true);
            return thread;
        });
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void show(View view) {
        if (settings.when().equals("never") || view.direction() == Direction.INTERNAL) {
            return;
        }
        synchronized (lock) {
            if (waiting.size() >= MOST_WAITING && !waiting.containsKey(view.call())) {
                return;
            }
            waiting.put(view.call(), view);
        }
        schedule();
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            // What is being sent may be half known: it gets a moment to be written down.
            if (!worker.awaitTermination(2, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void schedule() {
        synchronized (lock) {
            if (scheduled || waiting.isEmpty()) {
                return;
            }
            try {
                var unused = worker.schedule(this::sendWaiting, settings.delay().toMillis(), TimeUnit.MILLISECONDS);
                scheduled = true;
            } catch (RejectedExecutionException e) {
                log.debug("bitrix24: closed, no more cards");
            }
        }
    }

    private void sendWaiting() {
        List<View> views = new ArrayList<>();
        synchronized (lock) {
            scheduled = false;
            for (View view : List.copyOf(waiting.values())) {
                if (views.size() < MOST_CALLS) {
                    views.add(view);
                    waiting.remove(view.call());
                }
            }
        }
        try {
            if (telephony.isUsed()) {
                send(views);
            }
        } catch (
                // Whatever goes wrong with one card, the next ones are shown.
                @SuppressWarnings("IllegalCatch")
                RuntimeException e) {
            log.warn("bitrix24: cards were not shown: {}", e.toString());
        } finally {
            schedule();
        }
    }

    private void send(List<View> views) {
        List<View> claimed = views.stream()
                .filter(view -> claims.claim(view.call(), Duration.ZERO))
                .toList();
        Set<PhoneNumber> numbers = claimNumbers(claimed);
        try {
            List<Card> cards = claimed.stream()
                    .map(view -> card(view, numbers))
                    .filter(Card::isWork)
                    .toList();
            noteRegistrations(cards);
            List<List<Reply>> replies =
                    api.groups(Traffic.CARD, cards.stream().map(Card::commands).toList());
            for (int i = 0; i < cards.size(); i++) {
                learn(cards.get(i), replies.get(i));
            }
        } finally {
            numbers.forEach(claims::release);
            claimed.forEach(view -> claims.release(view.call()));
            claimed.stream().filter(View::over).forEach(view -> shown.remove(view.call()));
        }
    }

    /** {@return the numbers of which the cards may make leads; of the others a customer is being made right now} */
    private Set<PhoneNumber> claimNumbers(List<View> views) {
        Set<PhoneNumber> numbers = new HashSet<>();
        for (View view : views) {
            PhoneNumber number = view.customer().number();
            if (number != null
                    && Telephony.makesLead(view)
                    && !numbers.contains(number.main())
                    && claims.claim(number, Duration.ZERO)) {
                numbers.add(number.main());
            }
        }
        return numbers;
    }

    /** Durable before it is sent, so that the record of the call names the same user and gets the same id. */
    private void noteRegistrations(List<Card> cards) {
        Map<CallId, Journal.Trace> intents = new LinkedHashMap<>();
        for (Card card : cards) {
            if (!card.registerFor().isEmpty()) {
                intents.put(card.view().call(), Journal.Trace.registering(card.registerFor()));
            }
        }
        journal.putAll(intents);
    }

    private Card card(View view, Set<PhoneNumber> mayCreate) {
        Set<String> now = shown.getOrDefault(view.call(), Set.of());
        Set<String> want = wanted(view, now);
        Set<String> show = new TreeSet<>(want);
        show.removeAll(now);
        Set<String> hide = new TreeSet<>(now);
        hide.removeAll(want);
        Journal.Trace trace = journal.call(view.call()).orElse(null);
        if (trace != null && trace.finished()) {
            return new Card(view, "", want, List.of());
        }
        String dialRef = view.dialRef();
        String known = trace == null || trace.callId().isEmpty() ? "" : trace.callId();
        Object id = known.isEmpty() && dialRef != null ? dialRef : known;
        List<Command> commands = new ArrayList<>();
        String registerFor = "";
        if (id.equals("")) {
            if (show.isEmpty()) {
                return new Card(view, "", want, List.of());
            }
            registerFor = trace == null || trace.registeredFor().isEmpty()
                    ? show.iterator().next()
                    : trace.registeredFor();
            PhoneNumber number = view.customer().number();
            boolean lead = Telephony.makesLead(view) && number != null && mayCreate.contains(number.main());
            commands.add(telephony.register(view, registerFor, lead));
            id = Ref.of(0, "CALL_ID");
        }
        add(commands, "show", id, show);
        add(commands, "hide", id, hide);
        return new Card(view, registerFor, want, commands);
    }

    /**
     * The portal takes the talking agent's card away itself when the call is finished; notes are written until then.
     */
    private Set<String> wanted(View view, Set<String> now) {
        if (view.over()) {
            return view.talking() != null && now.contains(view.talking()) ? Set.of(view.talking()) : Set.of();
        }
        if (view.talking() != null) {
            return Set.of(view.talking());
        }
        return settings.when().equals("ringing") ? view.ringing() : Set.of();
    }

    private static void add(List<Command> commands, String what, Object id, Set<String> users) {
        if (!users.isEmpty()) {
            commands.add(new Command(
                    "telephony.externalCall." + what, Map.of("CALL_ID", id, "USER_ID", List.copyOf(users))));
        }
    }

    private void learn(Card card, List<Reply> replies) {
        CallId call = card.view().call();
        if (!card.registerFor().isEmpty()) {
            Fault fault = replies.get(0).fault();
            String id = Json.text(replies.get(0).result(), "CALL_ID");
            if (fault != null && fault.isWrongAuthType() && telephony.denied()) {
                return;
            }
            if (fault != null || id.isEmpty()) {
                log.debug("bitrix24: a card was not shown: {}", fault);
                return;
            }
            journal.put(call, Journal.Trace.registering(card.registerFor()).registered(id));
        }
        boolean allDone = replies.stream().allMatch(reply -> reply.fault() == null);
        if (allDone) {
            shown.put(call, card.want());
        }
    }

    /**
     * What one call's card needs. Immutable.
     *
     * @param view how the call stands
     * @param registerFor the user for whom it is registered first, or empty
     * @param want who sees it afterwards
     * @param commands what to send
     */
    private record Card(View view, String registerFor, Set<String> want, List<Command> commands) {
        boolean isWork() {
            return !commands.isEmpty();
        }
    }
}
