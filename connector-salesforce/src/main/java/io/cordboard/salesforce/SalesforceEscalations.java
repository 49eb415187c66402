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
        Map<String, Row> cases = cases(steps);
        Map<Integer, Outcome> outcomes = new HashMap<>();
        Map<String, Draft> drafts = new LinkedHashMap<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String department = step.attempt().write().department();
            Row row = cases.get(step.ticket());
            Optional<String> queue = queues.id(department);
            if (row == null) {
                outcomes.put(i, new Outcome.Refused("The case was removed from Salesforce"));
            } else if (queue.isEmpty()) {
                outcomes.put(i, new Outcome.Refused(SalesforceTickets.noQueue(department, queues)));
            } else if (row.text("OwnerId").equals(queue.get())) {
                outcomes.put(i, new Outcome.Done(step.ticket()));
            } else if (places.putIfAbsent(step.ticket(), i) == null) {
                drafts.put(step.ticket(), draft(step, row, queue.get()));
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

    private Map<String, Row> cases(List<Step> steps) {
        Map<String, Row> cases = new HashMap<>();
        parts.api()
                .everyRow(
                        Priority.DELIVERY,
                        "SELECT Id, OwnerId, IsClosed FROM Case WHERE Id IN "
                                + Soql.in(steps.stream().map(Step::ticket).toList()))
                .forEach(row -> cases.put(row.id(), row));
        return cases;
    }

    private Draft draft(Step step, Row row, String queue) {
        Draft draft = new Draft("Case", row.id())
                .with("OwnerId", queue)
                .with("IsEscalated", true)
                .with("Comments", step.attempt().write().note().strip());
        String status = parts.settings().cases().escalatedStatus();
        return row.text("IsClosed").equals("true") || status.equals("-") ? draft : draft.with("Status", status);
    }
}
