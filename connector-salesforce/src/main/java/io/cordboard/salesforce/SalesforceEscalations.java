// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Options;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cases that go on to a queue. The owner and the comment are one change of one record: either both are there or none,
 * so a case that is in the queue already needs nothing.
 */
final class SalesforceEscalations implements Escalations {
    private static final String COMMENTS = "Comments";
    private static final String DESCRIPTION = "Description";

    private final Parts parts;
    private final Queues queues;

    SalesforceEscalations(Parts parts, Queues queues) {
        this.parts = parts;
        this.queues = queues;
    }

    @Override
    public List<Outcome> escalate(List<Step> steps) {
        List<Outcome> outcomes = new ArrayList<>();
        for (List<Step> some : Parts.cut(steps, SalesforceApi.MOST)) {
            outcomes.addAll(some(some));
        }
        return outcomes;
    }

    private List<Outcome> some(List<Step> steps) {
        try {
            return bring(steps);
        } catch (ConnectorException e) {
            Outcome failed = parts.outcomes().of(e);
            return steps.stream().map(step -> failed).toList();
        }
    }

    private List<Outcome> bring(List<Step> steps) {
        String field = noteField();
        Map<String, Row> cases = cases(steps, field);
        Map<Integer, Outcome> outcomes = new HashMap<>();
        Map<String, Draft> drafts = new LinkedHashMap<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String department = step.attempt().write().department();
            Row row = cases.get(step.ticket());
            Optional<String> queue = queues.id(department);
            if (row == null) {
                outcomes.put(
                        i,
                        new Outcome.Refused("The case is not visible to the user of the connection, or was removed"));
            } else if (queue.isEmpty()) {
                outcomes.put(i, new Outcome.Refused(SalesforceTickets.noQueue(department, queues)));
            } else if (row.text("OwnerId").equals(queue.get())) {
                outcomes.put(i, new Outcome.Done(step.ticket()));
            } else if (places.putIfAbsent(step.ticket(), i) == null) {
                drafts.put(step.ticket(), draft(step, row, queue.get(), field));
            } else {
                outcomes.put(i, new Outcome.Retry(null, "The case is on its way to another department"));
            }
        }
        write(drafts, places, outcomes);
        List<Outcome> all = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            all.add(outcomes.getOrDefault(i, new Outcome.Retry(null, "salesforce needs another try")));
        }
        return all;
    }

    private void write(Map<String, Draft> drafts, Map<String, Integer> places, Map<Integer, Outcome> outcomes) {
        if (drafts.isEmpty()) {
            return;
        }
        List<Saved> results = parts.api().update(List.copyOf(drafts.values()), Options.PLAIN);
        int place = 0;
        for (String ticket : drafts.keySet()) {
            outcomes.put(places.getOrDefault(ticket, -1), parts.outcomes().of(results.get(place)));
            place++;
        }
    }

    private Map<String, Row> cases(List<Step> steps, String noteField) {
        Map<String, Row> cases = new HashMap<>();
        parts.api()
                .everyRow(
                        Priority.DELIVERY,
                        "SELECT Id, OwnerId, IsClosed" + (noteField.equals(DESCRIPTION) ? ", Description" : "")
                                + " FROM Case WHERE Id IN "
                                + Soql.in(steps.stream().map(Step::ticket).toList()))
                .forEach(row -> cases.put(row.id(), row));
        return cases;
    }

    private Draft draft(Step step, Row row, String queue, String field) {
        Draft draft = new Draft("Case", row.id()).with("OwnerId", queue).with("IsEscalated", true);
        String note = step.attempt().write().note().strip();
        if (!note.isEmpty()) {
            draft.with(field, field.equals(COMMENTS) ? note : SalesforceNotes.below(row.text(DESCRIPTION), note));
        }
        String status = parts.settings().cases().escalatedStatus();
        if (!row.text("IsClosed").equals("true") && hasStatus(parts.shapes(), status)) {
            draft.with("Status", status);
        }
        return parts.shapes().permitted(draft);
    }

    /** {@return whether cases can be given a status: organisations rename and remove them} */
    static boolean hasStatus(Shapes shapes, String status) {
        return shapes.of("Case")
                .flatMap(shape -> shape.field("Status"))
                .filter(field -> field.offers(status))
                .isPresent();
    }

    /** Where the note goes: a comment, or the text of the case for a user who may not comment. */
    private String noteField() {
        boolean text = parts.shapes().writable("Case", COMMENTS).isEmpty()
                && parts.shapes().writable("Case", DESCRIPTION).isPresent();
        return text ? DESCRIPTION : COMMENTS;
    }
}
