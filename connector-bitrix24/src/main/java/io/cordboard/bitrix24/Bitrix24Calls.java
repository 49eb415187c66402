// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cordboard.call.CallId;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Records of calls: register, then finish, each for fifty calls in a request.
 *
 * <p>The two are separate requests although one batch could hold both. The portal's id of a call is on disk between
 * them: should the answer to finish be lost, the same id is finished again, and the portal refuses what it already has.
 * A registration that is lost costs nothing, because the portal gives the same id again and keeps no record before
 * finish. The number of requests for a queue of calls is the same.
 */
final class Bitrix24Calls implements CallLog {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ROUNDS = 3;

    private final Bitrix24Api api;
    private final Telephony telephony;
    private final Journal journal;
    private final Claims claims;
    private final ActivityCalls activities;
    private final Corrections corrections;
    private final Optional<String> fallback;

    Bitrix24Calls(CallParts parts, ActivityCalls activities, Corrections corrections) {
        this.api = parts.api();
        this.telephony = parts.telephony();
        this.journal = parts.journal();
        this.claims = parts.claims();
        this.fallback = parts.responsible();
        this.activities = activities;
        this.corrections = corrections;
    }

    @Override
    public List<Outcome> log(List<Attempt<CrmWrite.LogCall>> attempts) {
        List<CallWork> all = attempts.stream().map(this::work).toList();
        List<CallWork> left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            Set<CallId> seen = new HashSet<>();
            List<CallWork> wave =
                    left.stream().filter(work -> seen.add(work.call())).toList();
            left.removeAll(wave);
            logOnceEach(wave);
        }
        return all.stream().map(CallWork::outcome).toList();
    }

    private CallWork work(Attempt<CrmWrite.LogCall> attempt) {
        String user = attempt.write().user();
        return new CallWork(attempt, user == null ? fallback.orElse("") : user);
    }

    private void logOnceEach(List<CallWork> wave) {
        List<CallWork> claimed = new ArrayList<>();
        try {
            for (CallWork work : wave) {
                if (work.user().isEmpty()) {
                    work.end(new Outcome.Refused("Nobody is responsible: set \"responsible\" to a Bitrix24 user"));
                } else if (claims.claim(work.call(), PATIENCE)) {
                    claimed.add(work);
                } else {
                    work.end(new Outcome.Retry(Duration.ofSeconds(2), "The card of this call is being registered"));
                }
            }
            settle(claimed);
        } finally {
            claimed.forEach(work -> claims.release(work.call()));
        }
    }

    private void settle(List<CallWork> works) {
        works.forEach(this::recall);
        corrections.correct(open(works, work -> work.write().revision() > 0));
        List<CallWork> fresh = open(works, work -> true);
        if (telephony.isUsed()) {
            lookForFinished(fresh);
            for (int round = 0; round < ROUNDS && telephony.isUsed(); round++) {
                register(open(fresh, work -> work.callId().isEmpty()));
                finish(open(fresh, work -> !work.callId().isEmpty()));
            }
        }
        if (!telephony.isUsed()) {
            activities.log(open(fresh, work -> true));
        }
    }

    /** What is on disk about the call. */
    private void recall(CallWork work) {
        Optional<Journal.Trace> trace = journal.call(work.call());
        if (trace.isPresent() && trace.get().finished() && work.write().revision() == 0) {
            if (isLoose(work, trace.get())) {
                finished(Map.of(work, row(trace.get())));
            } else {
                work.end(done(trace.get()));
            }
            return;
        }
        String dialRef = work.write().dialRef();
        work.callId(
                trace.map(Journal.Trace::callId).filter(id -> !id.isEmpty()).orElse(dialRef == null ? "" : dialRef));
    }

    /** A record that belongs to nobody although its customer is known: it could not be put there when it was made. */
    private boolean isLoose(CallWork work, Journal.Trace trace) {
        return !trace.callId().isEmpty()
                && !trace.activity().isEmpty()
                && trace.owner().isEmpty()
                && activities.ownerOf(work.write()).isPresent();
    }

    private static JsonNode row(Journal.Trace trace) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("CALL_ID", trace.callId())
                .put("CRM_ACTIVITY_ID", trace.activity());
    }

    private void lookForFinished(List<CallWork> works) {
        List<CallWork> unsure =
                open(works, work -> work.mayBeDone() && work.callId().isEmpty());
        each(
                unsure,
                work -> Telephony.statistics("EXTERNAL_CALL_ID", work.call().toString()),
                (work, reply) -> {
                    if (reply.fault() == null && reply.result().path(0).isObject()) {
                        finished(Map.of(work, reply.result().path(0)));
                    }
                });
    }

    private void register(List<CallWork> works) {
        Map<CallId, Journal.Trace> known = new HashMap<>();
        each(works, this::registration, (work, reply) -> {
            String id = Json.text(reply.result(), "CALL_ID");
            Fault fault = reply.fault();
            if (fault != null) {
                refused(work, fault);
            } else if (id.isEmpty()) {
                work.end(new Outcome.Unclear("Bitrix24 registered the call without an id"));
            } else {
                work.callId(id);
                known.put(work.call(), Journal.Trace.registering(work.user()).registered(id));
            }
        });
        journal.putAll(known);
    }

    /** A registration that was sent before names the same user again: only then the portal gives the same id. */
    private Command registration(CallWork work) {
        String user = journal.call(work.call())
                .filter(trace -> trace.callId().isEmpty())
                .map(Journal.Trace::registeredFor)
                .filter(text -> !text.isEmpty())
                .orElse(work.user());
        return telephony.register(work.write(), user);
    }

    private void finish(List<CallWork> works) {
        List<CallWork> notFound = new ArrayList<>();
        Map<CallWork, JsonNode> rows = new LinkedHashMap<>();
        each(works, work -> telephony.finish(work.write(), work.callId(), work.user()), (work, reply) -> {
            Fault fault = reply.fault();
            if (fault == null) {
                rows.put(work, reply.result());
            } else if (fault.isCallNotFound()) {
                notFound.add(work);
            } else {
                refused(work, fault);
            }
        });
        finished(rows);
        lookFor(notFound);
    }

    /** The portal finishes a call once: what it does not find may be finished already, or was never registered. */
    private void lookFor(List<CallWork> works) {
        each(works, work -> Telephony.statistics("CALL_ID", work.callId()), (work, reply) -> {
            Fault fault = reply.fault();
            if (fault == null && reply.result().path(0).isObject()) {
                finished(Map.of(work, reply.result().path(0)));
            } else if (fault != null && fault.reason().retryable()) {
                work.end(fault.asRepeatable());
            } else if (fault != null && work.mayBeDone()) {
                // The statistics are closed to this account: an attempt whose answer was lost has finished the call.
                finished(Map.of(work, reply.result()));
            } else if (!work.registerAgain()) {
                work.end(new Outcome.Refused("Bitrix24 registers the call and does not find it afterwards"));
            } else {
                journal.put(work.call(), Journal.Trace.registering(work.user()));
            }
        });
    }

    private void finished(Map<CallWork, JsonNode> rows) {
        bind(rows);
        Map<CallId, Journal.Trace> known = new HashMap<>();
        rows.forEach((work, row) -> {
            if (!work.isOpen()) {
                return;
            }
            String id = work.callId().isEmpty() ? Json.text(row, "CALL_ID") : work.callId();
            Optional<Owner> owner = Owner.of(Json.text(row, "CRM_ENTITY_TYPE"), Json.text(row, "CRM_ENTITY_ID"))
                    .or(() -> activities.ownerOf(work.write()));
            Journal.Trace trace = new Journal.Trace(
                    id, work.user(), true, Json.id(row, "CRM_ACTIVITY_ID").orElse(""), owner);
            known.put(work.call(), trace);
            work.end(done(trace));
        });
        journal.putAll(known);
    }

    /**
     * A call that was registered before its customer existed belongs to nobody; its activity is put to the customer.
     * Until that is done the write is not. That the record is there is on disk first: the next attempt comes here
     * again, and does not ask a portal that may not tell.
     */
    private void bind(Map<CallWork, JsonNode> rows) {
        List<CallWork> loose = rows.keySet().stream()
                .filter(work -> Json.text(rows.getOrDefault(work, MissingNode.getInstance()), "CRM_ENTITY_TYPE")
                        .isEmpty())
                .filter(work -> Json.id(rows.getOrDefault(work, MissingNode.getInstance()), "CRM_ACTIVITY_ID")
                        .isPresent())
                .filter(work -> activities.ownerOf(work.write()).isPresent())
                .toList();
        each(loose, work -> binding(work, rows.getOrDefault(work, MissingNode.getInstance())), (work, reply) -> {
            Fault fault = reply.fault();
            if (fault != null && fault.reason().retryable()) {
                JsonNode row = rows.getOrDefault(work, MissingNode.getInstance());
                String id = work.callId().isEmpty() ? Json.text(row, "CALL_ID") : work.callId();
                String activity = Json.id(row, "CRM_ACTIVITY_ID").orElse("");
                journal.put(work.call(), new Journal.Trace(id, work.user(), true, activity, Optional.empty()));
                work.end(fault.asRepeatable());
            }
        });
    }

    private Command binding(CallWork work, JsonNode row) {
        Owner owner = activities.ownerOf(work.write()).orElseThrow();
        return new Command(
                "crm.activity.binding.add",
                Map.of(
                        "activityId", Json.id(row, "CRM_ACTIVITY_ID").orElse(""),
                        "entityTypeId", owner.entityTypeId(),
                        "entityId", owner.id()));
    }

    private void refused(CallWork work, Fault fault) {
        if (fault.isWrongAuthType() && telephony.denied()) {
            return;
        }
        if (fault.isAboutTheUser() && work.changeUser(fallback.orElse(null))) {
            journal.put(work.call(), Journal.Trace.registering(work.user()).registered(work.callId()));
            return;
        }
        work.end(fault.asOutcome());
    }

    private void each(List<CallWork> works, Function<CallWork, Command> command, BiConsumer<CallWork, Reply> then) {
        if (works.isEmpty()) {
            return;
        }
        List<Reply> replies =
                api.batch(Traffic.WRITE, works.stream().map(command).toList());
        for (int i = 0; i < works.size(); i++) {
            then.accept(works.get(i), replies.get(i));
        }
    }

    private static List<CallWork> open(List<CallWork> works, Predicate<CallWork> which) {
        return works.stream().filter(CallWork::isOpen).filter(which).toList();
    }

    private static Outcome done(Journal.Trace trace) {
        return new Outcome.Done(trace.callId().isEmpty() ? trace.activity() : trace.callId());
    }
}
