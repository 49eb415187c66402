// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Reason;
import io.cordboard.crm.ScreenPop;
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
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pop-ups in the browsers of those whose phones ring: each user once a call, what happens within a moment in one
 * request. The account closes them by itself; it cannot be told to.
 */
final class AmoCards implements ScreenPop, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AmoCards.class);
    private static final int MOST_CALLS = 50;
    private static final int MOST_WAITING = 1000;

    private final AmoApi api;
    private final AmoCrmSettings.Cards settings;
    private final ScheduledThreadPoolExecutor worker;
    private final LongAdder sent = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private final Object lock = new Object();
    private final Map<CallId, View> waiting = new LinkedHashMap<>();
    private boolean scheduled;

    /** Who was shown which call; touched by the worker only. */
    private final Map<CallId, Set<String>> shown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallId, Set<String>> eldest) {
            return size() > MOST_WAITING;
        }
    };

    AmoCards(String account, AmoApi api, AmoCrmSettings.Cards settings) {
        this.api = api;
        this.settings = settings;
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "amocrm-cards-" + account);
            thread.setDaemon(true);
            return thread;
        });
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Map<String, Long> counts() {
        return Map.of("cards_sent", sent.sum(), "cards_failed", failed.sum());
    }

    @Override
    public void show(View view) {
        if (settings.when().equals("never")
                || view.direction() != Direction.INBOUND
                || view.customer().number() == null) {
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
        worker.shutdownNow();
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
                log.debug("amocrm: closed, no more cards");
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
            send(views);
        } catch (
                // Whatever goes wrong with one card, the next ones are shown.
                @SuppressWarnings("IllegalCatch")
                RuntimeException e) {
            log.warn("amocrm: cards were not shown: {}", e.toString());
        } finally {
            schedule();
        }
    }

    private void send(List<View> views) {
        List<PopUp> cards = new ArrayList<>();
        for (View view : views) {
            Set<String> users = wanted(view);
            users.removeAll(shown.getOrDefault(view.call(), Set.of()));
            PhoneNumber number = view.customer().number();
            if (number != null && !users.isEmpty()) {
                cards.add(new PopUp(view.call(), number.e164(), users));
            }
        }
        post(cards);
        views.stream().filter(View::over).forEach(view -> shown.remove(view.call()));
    }

    /** One user whom the account does not know spoils the whole request: then each card is sent alone, to one user. */
    private void post(List<PopUp> cards) {
        if (cards.isEmpty()) {
            return;
        }
        Reply reply = api.post(
                Traffic.CARD,
                "api/v2/events/",
                Map.of("add", cards.stream().map(PopUp::event).toList()));
        List<PopUp> parts = PopUp.apart(cards);
        if (reply.fault() == null) {
            sent.add(cards.size());
            cards.forEach(card ->
                    shown.computeIfAbsent(card.call(), call -> new HashSet<>()).addAll(card.users()));
        } else if (reply.fault().reason() == Reason.REFUSED && parts.size() > 1) {
            parts.forEach(part -> post(List.of(part)));
        } else {
            failed.add(cards.size());
            log.debug("amocrm: cards were not shown: {}", reply.fault().text());
        }
    }

    private Set<String> wanted(View view) {
        Set<String> users = new TreeSet<>();
        if (!view.over() && settings.when().equals("ringing")) {
            users.addAll(view.ringing());
        } else if (!view.over() && view.talking() != null) {
            users.add(view.talking());
        }
        // Without a user in it, the account would show the card to everybody.
        users.removeIf(user -> !AmoCrmSettings.isNumber(user));
        return users;
    }

    /**
     * One call, to be shown to some users. Immutable.
     *
     * @param call the call
     * @param number whose
     * @param users to whom, at least one
     */
    private record PopUp(CallId call, String number, Set<String> users) {
        Map<String, Object> event() {
            return Map.of(
                    "type",
                    "phone_call",
                    "phone_number",
                    number,
                    "users",
                    users.stream().map(Long::parseLong).toList());
        }

        static List<PopUp> apart(List<PopUp> cards) {
            return cards.stream()
                    .flatMap(card ->
                            card.users().stream().map(user -> new PopUp(card.call(), card.number(), Set.of(user))))
                    .toList();
        }
    }
}
