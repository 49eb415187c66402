// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.CallId;
import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Options;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tickets as cases, with the call's task put to each. */
final class SalesforceTickets implements TicketDesk {
    private static final Logger log = LoggerFactory.getLogger(SalesforceTickets.class);
    private static final Duration RECENT = Duration.ofDays(2);
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
    private static final String MARK = "Ticket: ";

    private final Parts parts;
    private final Queues queues;
    private final SalesforceSettings.Cases settings;
    private final Upserts upserts;

    SalesforceTickets(Parts parts, Queues queues) {
        this.parts = parts;
        this.queues = queues;
        this.settings = parts.settings().cases();
        this.upserts = new Upserts(new Mending(
                parts.settings().calls().responsible(),
                why -> log.warn("salesforce {}: a case is kept in a lesser way, because {}", parts.account(), why)));
    }

    @Override
    public List<String> departments() {
        return parts.settings().cases().departments().keySet().stream().sorted().toList();
    }

    @Override
    public List<Outcome> open(List<Attempt<CrmWrite.OpenTicket>> attempts) {
        return Waves.bring(attempts, Attempt::key, SalesforceApi.MOST, parts.outcomes(), this::bring);
    }

    private void bring(List<Attempt<CrmWrite.OpenTicket>> wave, Map<Attempt<CrmWrite.OpenTicket>, Outcome> outcomes) {
        Optional<String> key = parts.shapes().key("Case", settings.keyField());
        List<Attempt<CrmWrite.OpenTicket>> unknown = new ArrayList<>();
        Map<String, String> found = key.isPresent() ? Map.of() : found(wave);
        for (Attempt<CrmWrite.OpenTicket> attempt : wave) {
            parts.journal()
                    .ticket(attempt.key())
                    .or(() -> Optional.ofNullable(found.get(attempt.key())))
                    .ifPresentOrElse(id -> outcomes.put(attempt, new Outcome.Done(id)), () -> unknown.add(attempt));
        }
        Map<Boolean, List<Attempt<CrmWrite.OpenTicket>>> byRule = new LinkedHashMap<>();
        unknown.forEach(attempt -> byRule.computeIfAbsent(byRule(attempt.write()), rule -> new ArrayList<>())
                .add(attempt));
        byRule.forEach((rule, some) -> write(some, outcomes, drafts -> {
            Options options = new Options(rule, true);
            return key.isPresent()
                    ? Upserts.inHalves(drafts, half -> parts.api().upsert(key.get(), half, options))
                    : parts.api().create(drafts, options);
        }));
    }

    /** The organisation's own rule would take a case away from whoever it was meant for. */
    private boolean byRule(CrmWrite.OpenTicket write) {
        return settings.assignmentRule()
                && write.ticket().responsible() == null
                && write.ticket().department() == null;
    }

    private void write(
            List<Attempt<CrmWrite.OpenTicket>> attempts,
            Map<Attempt<CrmWrite.OpenTicket>, Outcome> outcomes,
            Function<List<Draft>, List<Saved>> how) {
        List<Attempt<CrmWrite.OpenTicket>> sent = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (Attempt<CrmWrite.OpenTicket> attempt : attempts) {
            String department = attempt.write().ticket().department();
            if (department != null && queues.id(department).isEmpty()) {
                outcomes.put(attempt, new Outcome.Refused(noQueue(department, queues)));
            } else {
                sent.add(attempt);
                drafts.add(draft(attempt));
            }
        }
        if (sent.isEmpty()) {
            return;
        }
        parts.journal().trying(sent.stream().map(Attempt::key).toList());
        List<Saved> results = upserts.write(drafts, how);
        Map<String, String> made = new LinkedHashMap<>();
        Map<CallId, String> cases = new LinkedHashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            outcomes.put(sent.get(i), parts.outcomes().of(results.get(i)));
            if (results.get(i).done()) {
                made.put(sent.get(i).key(), results.get(i).id());
                CrmWrite.OpenTicket write = sent.get(i).write();
                boolean lead = write.contact() != null && write.contact().type() == ContactRef.Type.LEAD;
                if (!lead) {
                    cases.put(write.call(), results.get(i).id());
                }
            }
        }
        parts.journal().tickets(made);
        if (settings.linkCall()) {
            // A call that is not logged yet is put to its case when it is.
            parts.journal().casesOf(cases);
            link(cases);
        }
    }

    /** Puts the call below its case. Nothing depends on it, so a failure is only told. */
    private void link(Map<CallId, String> cases) {
        List<CallId> calls = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        cases.forEach((call, id) -> parts.journal().task(call).ifPresent(task -> {
            calls.add(call);
            drafts.add(new Draft("Task", task).with(CallLinks.WHAT, id));
        }));
        if (drafts.isEmpty()) {
            return;
        }
        try {
            List<Saved> results = parts.api().update(drafts, Options.PLAIN);
            Map<CallId, Map<String, String>> linked = new LinkedHashMap<>();
            for (int i = 0; i < calls.size(); i++) {
                if (results.get(i).done()) {
                    linked.put(calls.get(i), Map.of(CallLinks.WHAT, cases.getOrDefault(calls.get(i), "")));
                }
            }
            parts.journal().links(linked);
            if (linked.size() < calls.size()) {
                log.info(
                        "salesforce {}: {} calls could not be put to their cases",
                        parts.account(),
                        calls.size() - linked.size());
            }
        } catch (ConnectorException e) {
            log.info("salesforce {}: calls were not put to their cases: {}", parts.account(), e.getMessage());
        }
    }

    private Draft draft(Attempt<CrmWrite.OpenTicket> attempt) {
        CrmWrite.OpenTicket write = attempt.write();
        Draft draft = new Draft("Case")
                .with("Subject", write.ticket().title())
                .with("Description", text(attempt))
                .with("Origin", settings.origin())
                .with("Priority", priority(write))
                .with("OwnerId", owner(write));
        if (write.customer() != null) {
            draft.with("SuppliedPhone", write.customer().e164());
        }
        ContactRef contact = write.contact() != null
                ? write.contact()
                : parts.journal().customer(write.call(), parts.account()).orElse(null);
        if (contact != null && contact.type() != ContactRef.Type.LEAD) {
            draft.with(contact.type() == ContactRef.Type.CONTACT ? "ContactId" : "AccountId", contact.id());
        }
        parts.shapes().key("Case", settings.keyField()).ifPresent(field -> draft.with(field, attempt.key()));
        return parts.shapes().permitted(draft);
    }

    private Object owner(CrmWrite.OpenTicket write) {
        String department = write.ticket().department();
        Optional<String> owner = Optional.ofNullable(department)
                .flatMap(queues::id)
                .or(() -> Optional.ofNullable(write.ticket().responsible()));
        if (owner.isEmpty() && !settings.assignmentRule()) {
            owner = settings.queue().flatMap(queues::id).or(parts.settings().calls()::responsible);
        }
        return owner.orElse("");
    }

    private static String priority(CrmWrite.OpenTicket write) {
        return switch (write.ticket().priority()) {
            case LOW -> "Low";
            case NORMAL -> "Medium";
            case HIGH -> "High";
        };
    }

    private String text(Attempt<CrmWrite.OpenTicket> attempt) {
        CrmWrite.OpenTicket write = attempt.write();
        StringBuilder text = new StringBuilder();
        if (parts.shapes().writable("Case", "Subject").isEmpty()) {
            text.append(write.ticket().title()).append('\n');
        }
        text.append(write.ticket().text());
        if (write.ticket().due() != null) {
            text.append("\nDue: ").append(write.ticket().due());
        }
        text.append("\nCall: ").append(write.call());
        return text.append('\n').append(MARK).append(attempt.key()).toString().strip();
    }

    static String noQueue(String department, Queues queues) {
        return "There is no queue for cases named " + department + "; there are " + String.join(", ", queues.names())
                + ". Name one in case.departments";
    }

    /**
     * The cases that earlier attempts may have made, where cases have no external id: their texts cannot be searched,
     * so those with the same title are read and looked through here.
     */
    private Map<String, String> found(List<Attempt<CrmWrite.OpenTicket>> wave) {
        List<String> titles = new ArrayList<>();
        Instant since = Instant.MAX;
        for (Attempt<CrmWrite.OpenTicket> attempt : wave) {
            Optional<Instant> tried = parts.journal().tried(attempt.key());
            if (tried.isPresent() || attempt.lookFirst() || attempt.number() > 1) {
                titles.add(attempt.write().ticket().title());
                Instant from = tried.map(at -> at.minus(CLOCKS_DIFFER))
                        .orElseGet(() -> parts.context().clock().instant().minus(RECENT));
                since = from.isBefore(since) ? from : since;
            }
        }
        Map<String, String> found = new LinkedHashMap<>();
        if (titles.isEmpty()) {
            return found;
        }
        boolean titled = parts.shapes()
                .of("Case")
                .flatMap(shape -> shape.field("Subject"))
                .isPresent();
        for (Row row : parts.api()
                .everyRow(
                        Priority.DELIVERY,
                        "SELECT Id, Description FROM Case WHERE "
                                + (titled ? "Subject IN " + Soql.in(titles) + " AND " : "") + "CreatedDate >= "
                                + Soql.moment(since) + " ORDER BY CreatedDate")) {
            row.text("Description")
                    .lines()
                    .filter(line -> line.startsWith(MARK))
                    .forEach(line -> found.putIfAbsent(line.substring(MARK.length()), row.id()));
        }
        return found;
    }
}
