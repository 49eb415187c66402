// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.CallId;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Options;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What agents write, below the task of the call; what they chose as its outcome, as the task's own. */
final class SalesforceNotes implements CallNotes {
    private static final Duration UNTIL_LOGGED = Duration.ofSeconds(30);

    private final Parts parts;
    private final SalesforceCalls calls;

    SalesforceNotes(Parts parts, SalesforceCalls calls) {
        this.parts = parts;
        this.calls = calls;
    }

    @Override
    public List<Outcome> add(List<Attempt<CrmWrite.AddNote>> attempts) {
        return Waves.bring(
                attempts, attempt -> attempt.write().call(), SalesforceApi.MOST, parts.outcomes(), this::bring);
    }

    private void bring(List<Attempt<CrmWrite.AddNote>> wave, Map<Attempt<CrmWrite.AddNote>, Outcome> outcomes) {
        Map<Attempt<CrmWrite.AddNote>, String> tasks = new LinkedHashMap<>();
        for (Attempt<CrmWrite.AddNote> attempt : wave) {
            calls.task(attempt.write().call())
                    .ifPresentOrElse(
                            id -> tasks.put(attempt, id),
                            () -> outcomes.put(
                                    attempt, new Outcome.Retry(UNTIL_LOGGED, "The call is not in Salesforce yet")));
        }
        if (tasks.isEmpty()) {
            return;
        }
        Map<String, String> texts = texts(tasks);
        List<Attempt<CrmWrite.AddNote>> sent = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        tasks.forEach((attempt, id) -> {
            if (!texts.containsKey(id)) {
                outcomes.put(
                        attempt,
                        new Outcome.Refused(
                                "The task of the call is not visible to the user of the connection, or was removed"));
            } else {
                sent.add(attempt);
                drafts.add(draft(attempt, id, texts.getOrDefault(id, "")));
            }
        });
        if (drafts.isEmpty()) {
            return;
        }
        List<String> keys = sent.stream().map(Attempt::key).toList();
        parts.journal().trying(keys);
        told(sent, update(drafts, keys), outcomes);
    }

    private void told(
            List<Attempt<CrmWrite.AddNote>> sent,
            List<Saved> results,
            Map<Attempt<CrmWrite.AddNote>, Outcome> outcomes) {
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Outcome outcome = parts.outcomes().of(results.get(i));
            outcomes.put(sent.get(i), outcome);
            if (!(outcome instanceof Outcome.Done || outcome instanceof Outcome.Unclear)) {
                failed.add(sent.get(i).key());
            }
            CallId call = sent.get(i).write().call();
            if (results.get(i).done() && sent.get(i).write().disposition() != null) {
                parts.journal().noted(call);
            }
        }
        parts.journal().notTried(failed);
    }

    private List<Saved> update(List<Draft> drafts, List<String> keys) {
        try {
            return parts.api().update(drafts, Options.PLAIN);
        } catch (ConnectorException e) {
            if (e.reason() != Reason.UNCLEAR) {
                parts.journal().notTried(keys);
            }
            throw e;
        }
    }

    /** The text cannot be searched, so it is read and looked through here. */
    private Map<String, String> texts(Map<Attempt<CrmWrite.AddNote>, String> tasks) {
        Map<String, String> texts = new HashMap<>();
        parts.api()
                .everyRow(Priority.DELIVERY, "SELECT Id, Description FROM Task WHERE Id IN " + Soql.in(tasks.values()))
                .forEach(row -> texts.put(row.id(), row.text("Description")));
        return texts;
    }

    private Draft draft(Attempt<CrmWrite.AddNote> attempt, String id, String text) {
        CrmWrite.AddNote write = attempt.write();
        Draft draft = new Draft("Task", id).with("CallDisposition", write.disposition());
        // Two notes of one call may well be the same, so nothing is looked for without a reason.
        boolean maybeThere =
                attempt.lookFirst() || parts.journal().tried(attempt.key()).isPresent();
        Optional<String> added = Optional.of(write.text().strip())
                .filter(note -> !note.isEmpty())
                .filter(note -> !(maybeThere && isThere(text, note)));
        return draft.with("Description", added.map(note -> below(text, note)).orElse(null));
    }

    /** A short note is a part of many texts: only a whole paragraph is the note. */
    private static boolean isThere(String text, String note) {
        return paragraph(text).contains(paragraph(note));
    }

    private static String paragraph(String text) {
        return "\n\n" + text.replace("\r\n", "\n").strip() + "\n\n";
    }

    static String below(String text, String note) {
        return text.isBlank() ? note : text.stripTrailing() + "\n\n" + note;
    }
}
