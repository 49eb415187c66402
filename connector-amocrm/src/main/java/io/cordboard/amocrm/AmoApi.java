// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.Answer;
import io.cordboard.http.VendorHttp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import okhttp3.ResponseBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;

/**
 * Sends requests to the account, within its budget. Never throws: what went wrong is in the {@link Reply}. Safe for use
 * by many threads.
 */
final class AmoApi {
    static final String GONE = "the account is not at its address any more: change baseUrl to the new one";

    private static final Logger log = LoggerFactory.getLogger(AmoApi.class);

    private final Access access;
    private final VendorHttp http;
    private final AmoWire wire;
    private final AccountBudget budget;
    private final Pulse pulse;
    private final Clock clock;
    private final Duration blockedFor;
    private final Backoff backoff = new Backoff();
    private final UnprovenToken unproven;
    private final LongAdder limited = new LongAdder();
    private final LongAdder shutOut = new LongAdder();
    private volatile Instant blockedUntil = Instant.EPOCH;

    AmoApi(Access access, VendorHttp http, AccountBudget budget, Pulse pulse, Clock clock, Duration blockedFor) {
        this.access = access;
        this.http = http;
        this.wire = http.service(AmoWire.class);
        this.budget = budget;
        this.pulse = pulse;
        this.clock = clock;
        this.blockedFor = blockedFor;
        this.unproven = new UnprovenToken(clock);
    }

    Map<String, Long> counts() {
        return Map.of("answers_limited", limited.sum(), "answers_blocked", shutOut.sum());
    }

    Reply get(Traffic traffic, Query query) {
        String path = query.toString();
        return send(traffic, pass -> wire.get(pass.base() + path, bearer(pass)));
    }

    Reply get(Traffic traffic, String path) {
        return get(traffic, Query.of(path));
    }

    Reply post(Traffic traffic, String path, Object body) {
        return send(traffic, pass -> wire.post(pass.base() + path, bearer(pass), body));
    }

    Reply patch(Traffic traffic, String path, Object body) {
        return send(traffic, pass -> wire.patch(pass.base() + path, bearer(pass), body));
    }

    Reply delete(Traffic traffic, String path, Object body) {
        return send(traffic, pass -> wire.delete(pass.base() + path, bearer(pass), body));
    }

    private Reply send(Traffic traffic, Request request) {
        Reply reply = Reply.nothing();
        for (int round = 0; round < 2; round++) {
            Access.Pass pass;
            try {
                failWhileBlocked();
                pass = access.pass();
            } catch (ConnectorException e) {
                return notSent(e);
            }
            Heard heard = exchange(traffic, request, pass);
            reply = heard.reply();
            Fault fault = reply.fault();
            if (fault == null || fault.reason() != Reason.REAUTHORISE) {
                unproven.accepted(pass.token());
            }
            if (fault == null || !mayBeTheToken(heard, fault, pass)) {
                return reply;
            }
            try {
                if (round > 0 || AmoMessages.isUnpaid(fault) || !renew(pass.token())) {
                    pulse.refused("amocrm: " + fault.text());
                    return heard.isNowhere() ? Reply.failed(gone()) : reply;
                }
            } catch (ConnectorException e) {
                return notSent(e);
            }
        }
        return reply;
    }

    private boolean renew(String refused) {
        if (!unproven.mayBeReplaced(refused) || !access.renew(refused)) {
            return false;
        }
        unproven.isNew(access.pass().token());
        return true;
    }

    /** An account that was renamed is not found by its old name; the renewal asks for the new one. */
    private boolean mayBeTheToken(Heard heard, Fault fault, Access.Pass pass) {
        return fault.reason() == Reason.REAUTHORISE || (heard.isNowhere() && access.hasMoved(pass.base()));
    }

    /** What would otherwise be taken for a card that does not exist waits for a person. */
    private static Fault gone() {
        return Fault.of(Reason.REAUTHORISE, GONE);
    }

    private Heard exchange(Traffic traffic, Request request, Access.Pass pass) {
        try {
            AtomicLong sent = new AtomicLong();
            Answer answer = turn(traffic, () -> {
                sent.set(System.nanoTime());
                Answer one = http.exchange(request.to(pass));
                if (traffic.isQuestion() && one.status() >= 500) {
                    throw http.fault(one);
                }
                return one;
            });
            return new Heard(understood(answer, sent.get()), answer.status() == 404);
        } catch (ConnectorException e) {
            pulse.failed(e);
            return new Heard(Reply.failed(Fault.of(e)), false);
        }
    }

    private Reply understood(Answer answer, long sent) {
        if (AmoMessages.isBlocked(answer)) {
            return Reply.failed(block());
        }
        Reply reply = AmoMessages.reply(answer, http);
        Fault fault = reply.fault();
        if (answer.status() == 429) {
            Duration wait = backoff.refused(sent, fault == null ? null : fault.after());
            limited.increment();
            budget.pause(wait);
            Fault slower = Fault.of(Reason.RATE_LIMITED, "too many requests in a second", wait);
            pulse.failed(slower.asException());
            return Reply.failed(slower);
        }
        backoff.answered(sent);
        if (fault == null || !fault.reason().retryable()) {
            pulse.answered();
        } else if (fault.reason() != Reason.REAUTHORISE) {
            pulse.failed(fault.asException());
        }
        return reply;
    }

    /** Whoever asks on while it is shut out is shut out for longer. */
    private Fault block() {
        shutOut.increment();
        blockedUntil = clock.instant().plus(blockedFor);
        String why = "amocrm: the account shuts this address out (403 without JSON); its support lifts that";
        pulse.blocked(why);
        log.error("{}; nothing is sent for {}", why, blockedFor);
        return Fault.of(Reason.UNAVAILABLE, "the account shuts this address out", blockedFor);
    }

    private void failWhileBlocked() {
        Duration left = Duration.between(clock.instant(), blockedUntil);
        if (!left.isZero() && !left.isNegative()) {
            throw new ConnectorException(
                    Reason.UNAVAILABLE, "amocrm: not asked, because the account shuts this address out", left, null);
        }
    }

    private <T> T turn(Traffic traffic, Supplier<T> request) {
        return traffic.isQuestion() ? budget.ask(traffic.priority(), request) : budget.run(traffic.priority(), request);
    }

    /** Without a token nothing was sent, whatever happened to the question for one. */
    private Reply notSent(ConnectorException e) {
        pulse.failed(e);
        Fault fault = Fault.of(e);
        return Reply.failed(
                fault.reason() == Reason.UNCLEAR ? Fault.of(Reason.UNAVAILABLE, fault.text(), fault.after()) : fault);
    }

    private static String bearer(Access.Pass pass) {
        return "Bearer " + pass.token();
    }

    /**
     * What came of a request.
     *
     * @param reply what it means
     * @param isNowhere whether there is nothing at its address; not whether a card that it names is gone
     */
    private record Heard(Reply reply, boolean isNowhere) {}

    /** Makes a request for a pass. */
    @FunctionalInterface
    private interface Request {
        Call<ResponseBody> to(Access.Pass pass);
    }
}
