// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.CallId;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Options;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls as tasks. Where activities have an external id, one request makes or changes two hundred and may be repeated;
 * elsewhere the organisation is asked for the calls' ids before each write.
 */
final class SalesforceCalls implements CallLog {
    private static final Logger log = LoggerFactory.getLogger(SalesforceCalls.class);
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final Parts parts;
    private final CallTask task;
    private final CallLinks links;
    private final Upserts upserts;

    SalesforceCalls(Parts parts) {
        this.parts = parts;
        SalesforceSettings.Calls settings = parts.settings().calls();
        this.task = new CallTask(settings, parts.shapes());
        this.links = new CallLinks(parts);
        this.upserts = new Upserts(new Mending(
                settings.responsible(),
                why -> log.warn("salesforce {}: a call is kept in a lesser way, because {}", parts.account(), why)));
    }

    @Override
    public List<Outcome> log(List<Attempt<CrmWrite.LogCall>> attempts) {
        return Waves.bring(
                attempts, attempt -> attempt.write().call(), SalesforceApi.MOST, parts.outcomes(), this::bring);
    }

    private void bring(List<Attempt<CrmWrite.LogCall>> wave, Map<Attempt<CrmWrite.LogCall>, Outcome> outcomes) {
        Optional<String> key =
                parts.shapes().key("Task", parts.settings().calls().keyField());
        Map<CallId, String> known = known(wave, key.isEmpty());
        List<Attempt<CrmWrite.LogCall>> there = new ArrayList<>();
        List<Attempt<CrmWrite.LogCall>> fresh = new ArrayList<>();
        wave.forEach(attempt -> (known.containsKey(attempt.write().call()) ? there : fresh).add(attempt));
        write(
                there,
                outcomes,
                known,
                drafts -> Upserts.inHalves(drafts, some -> parts.api().update(some, Options.PLAIN)));
        if (key.isPresent()) {
            write(
                    fresh,
                    outcomes,
                    known,
                    drafts -> Upserts.inHalves(drafts, some -> parts.api().upsert(key.get(), some, Options.PLAIN)));
        } else {
            create(settled(fresh, outcomes), outcomes);
        }
    }

    /**
     * The organisation may work at a request for minutes after its answer was given up, and what it will have made
     * cannot be found before.
     */
    private List<Attempt<CrmWrite.LogCall>> settled(
            List<Attempt<CrmWrite.LogCall>> fresh, Map<Attempt<CrmWrite.LogCall>, Outcome> outcomes) {
        Instant now = parts.context().clock().instant();
        List<Attempt<CrmWrite.LogCall>> settled = new ArrayList<>();
        for (Attempt<CrmWrite.LogCall> attempt : fresh) {
            Optional<Instant> sent = parts.journal().tried(attempt.key());
            Instant end = sent.orElse(now).plus(parts.settings().calls().unclearWait());
            if ((attempt.lookFirst() || sent.isPresent()) && now.isBefore(end)) {
                parts.journal().trying(List.of(attempt.key()));
                outcomes.put(
                        attempt,
                        new Outcome.Retry(Duration.between(now, end), "An earlier request may still be under way"));
            } else {
                settled.add(attempt);
            }
        }
        return settled;
    }

    private void create(List<Attempt<CrmWrite.LogCall>> attempts, Map<Attempt<CrmWrite.LogCall>, Outcome> outcomes) {
        List<String> keys = attempts.stream().map(Attempt::key).toList();
        parts.journal().notTried(keys);
        parts.journal().trying(keys);
        try {
            write(attempts, outcomes, Map.of(), drafts -> parts.api().create(drafts, Options.PLAIN));
        } catch (ConnectorException e) {
            if (e.reason() != Reason.UNCLEAR) {
                parts.journal().notTried(keys);
            }
            throw e;
        }
        parts.journal()
                .notTried(attempts.stream()
                        .filter(attempt -> !(outcomes.get(attempt) instanceof Outcome.Unclear))
                        .map(Attempt::key)
                        .toList());
    }

    private void write(
            List<Attempt<CrmWrite.LogCall>> attempts,
            Map<Attempt<CrmWrite.LogCall>, Outcome> outcomes,
            Map<CallId, String> known,
            java.util.function.Function<List<Draft>, List<Saved>> how) {
        if (attempts.isEmpty()) {
            return;
        }
        List<Draft> drafts = new ArrayList<>();
        attempts.forEach(attempt -> drafts.add(draft(attempt.write(), known)));
        List<Saved> results = upserts.write(drafts, how);
        Map<CallId, String> written = new LinkedHashMap<>();
        Map<CallId, Map<String, String>> linked = new LinkedHashMap<>();
        for (int i = 0; i < attempts.size(); i++) {
            Saved saved = results.get(i);
            outcomes.put(attempts.get(i), parts.outcomes().of(saved));
            if (saved.done()) {
                CrmWrite.LogCall write = attempts.get(i).write();
                written.put(write.call(), saved.id());
                linked.put(write.call(), links.wanted(write));
            }
        }
        parts.journal().tasks(written);
        parts.journal().links(linked);
    }

    private Draft draft(CrmWrite.LogCall write, Map<CallId, String> known) {
        CallId call = write.call();
        String id = known.get(call);
        Draft draft = task.draft(write, id, parts.journal().isNoted(call));
        links.put(draft, write);
        if (id == null) {
            parts.shapes()
                    .key("Task", parts.settings().calls().keyField())
                    .ifPresent(field -> draft.with(field, call.toString()));
        }
        return draft;
    }

    /** The tasks that are there already, as far as this program knows, or as the organisation says. */
    private Map<CallId, String> known(List<Attempt<CrmWrite.LogCall>> wave, boolean ask) {
        Map<CallId, String> known = new LinkedHashMap<>();
        Map<String, CallId> unknown = new LinkedHashMap<>();
        Instant oldest = Instant.MAX;
        for (Attempt<CrmWrite.LogCall> attempt : wave) {
            CallId call = attempt.write().call();
            Optional<String> id = parts.journal().task(call);
            id.ifPresentOrElse(task -> known.put(call, task), () -> unknown.put(call.toString(), call));
            Instant began = attempt.write().startedAt();
            oldest = began.isBefore(oldest) ? began : oldest;
        }
        if (ask && !unknown.isEmpty()) {
            find(unknown.keySet(), oldest.minus(CLOCKS_DIFFER)).forEach((callObject, id) -> {
                CallId call = unknown.get(callObject);
                if (call != null) {
                    known.put(call, id);
                }
            });
        }
        return known;
    }

    private Map<String, String> find(Collection<String> calls, Instant since) {
        Map<String, String> found = new LinkedHashMap<>();
        for (Row row : parts.api()
                .everyRow(
                        Priority.DELIVERY,
                        "SELECT Id, CallObject FROM Task WHERE CallObject IN " + Soql.in(calls) + " AND CreatedDate >= "
                                + Soql.moment(since) + " ORDER BY CreatedDate")) {
            found.putIfAbsent(row.text("CallObject"), row.id());
        }
        return found;
    }

    /** {@return the task of a call, asked for when this program does not know it; empty when there is none} */
    Optional<String> task(CallId call) {
        Optional<String> known = parts.journal().task(call);
        if (known.isPresent()) {
            return known;
        }
        Optional<String> key =
                parts.shapes().key("Task", parts.settings().calls().keyField());
        List<Row> rows = parts.api()
                .everyRow(
                        Priority.DELIVERY,
                        "SELECT Id FROM Task WHERE " + key.orElse("CallObject") + " = " + Soql.text(call.toString())
                                + " ORDER BY CreatedDate LIMIT 1");
        return rows.stream().findFirst().map(row -> {
            parts.journal().tasks(Map.of(call, row.id()));
            return row.id();
        });
    }
}
