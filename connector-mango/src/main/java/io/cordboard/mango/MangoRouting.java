// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.http.Counts;
import io.cordboard.http.RecentIds;
import io.cordboard.mango.MangoApi.Limit;
import io.cordboard.mango.MangoNotice.State;
import io.cordboard.pbx.Router;
import io.cordboard.pbx.Routing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a call to the responsible agent while a menu, or a queue, leaves time for it. Mango does not ask, so the route
 * is a command of ours, one in two seconds; one whose turn comes too late is left out. Safe for use by many threads.
 */
final class MangoRouting implements Routing, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MangoRouting.class);
    private static final Pattern TARGET = Pattern.compile("[0-9]{1,10}");
    private static final int MOST_WAITING = 20;
    private static final int NAME_LENGTH = 64;

    private final String account;
    private final MangoSettings settings;
    private final Clock clock;
    private final Counts counts;
    private final MangoCommands commands;
    private final MangoBook book;
    private final MangoNumbers numbers;
    private final RecentIds routed = new RecentIds(1000);
    private final ThreadPoolExecutor thread;
    private volatile Router router = question -> Router.Route.DEFAULT;

    MangoRouting(Mango.Parts parts, MangoCommands commands, MangoBook book, MangoNumbers numbers) {
        this.account = parts.context().account();
        this.settings = parts.settings();
        this.clock = parts.context().clock();
        this.counts = parts.counts();
        this.commands = commands;
        this.book = book;
        this.numbers = numbers;
        this.thread =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread made = new Thread(task, "mango-routes-" + account);
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public void routeBy(Router decider) {
        router = decider;
    }

    /** Decides about a call that has just come to a menu or a queue. Returns at once. */
    void heard(MangoNotice notice, MangoJourney journey) {
        boolean waits = notice.state() == State.APPEARED
                && notice.isFromOutside()
                && !routed.contains(notice.entry())
                && settings.routesAt(notice.location())
                && isWaiting(journey, notice);
        if (!waits) {
            return;
        }
        String line = journey.leg(notice.leg()).map(MangoLeg::line).orElse(null);
        Router.Route route = router.route(new Router.Question(account, numbers.read(notice.number("from")), line));
        route.target().filter(to -> TARGET.matcher(to.number()).matches()).ifPresent(to -> {
            ObjectNode params =
                    MangoCommands.params().put("call_id", notice.leg()).put("to_number", to.number());
            String name = route.callerName() == null ? "" : showable(route.callerName());
            if (settings.callerName() && !name.isEmpty()) {
                params.putObject("sip_headers").put("From/display-name", name);
            }
            routed.add(notice.entry());
            later(notice, params, clock.instant());
        });
    }

    /** {@return a name without the signs that Mango does not allow in a SIP header} */
    static String showable(String name) {
        String line = name.replaceAll("[;/?:@&=+$,\\p{Cntrl}\\p{Cf}]+", " ")
                .replaceAll(" {2,}", " ")
                .strip();
        int end = Math.min(line.length(), NAME_LENGTH);
        return line.substring(0, end > 0 && Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void later(MangoNotice notice, ObjectNode params, Instant asked) {
        try {
            thread.execute(() -> send(notice, params, asked));
        } catch (RejectedExecutionException e) {
            counts.add(MangoCounts.ROUTE_LATE);
        }
    }

    private void send(MangoNotice notice, ObjectNode params, Instant asked) {
        Duration waited = Duration.between(asked, clock.instant());
        boolean waits = book.find(notice.entry())
                .filter(journey -> isWaiting(journey, notice))
                .isPresent();
        if (!waits || waited.compareTo(settings.routingPatience()) > 0) {
            counts.add(MangoCounts.ROUTE_LATE);
            return;
        }
        try {
            commands.send(
                    Limit.TRANSFER,
                    "commands/route",
                    MangoCommands.newId("route"),
                    params,
                    done -> counts.add(done ? MangoCounts.ROUTED : MangoCounts.ROUTE_REFUSED));
        } catch (ConnectorException e) {
            log.debug("{}: a call was not routed: {}", account, e.getMessage());
        }
    }

    private static boolean isWaiting(MangoJourney journey, MangoNotice notice) {
        boolean over = journey.summary().isPresent()
                || journey.legs().stream().anyMatch(leg -> leg.isPhone() && leg.wasConnected());
        return !over && journey.leg(notice.leg()).filter(leg -> !leg.isOver()).isPresent();
    }
}
