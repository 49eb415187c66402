// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Options;
import io.cordboard.salesforce.SalesforceApi.Problem;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads and contacts for people whom the organisation does not know. It is asked by its search first, and, because the
 * search learns of a new record a quarter of an hour later, for records of the last days that have the very text.
 */
final class SalesforceCustomers implements CustomerDesk {
    private static final Logger log = LoggerFactory.getLogger(SalesforceCustomers.class);
    /** The terms of more numbers make a search too long. */
    private static final int AT_ONCE = 20;

    private static final Duration RECENT = Duration.ofDays(2);

    private final Parts parts;
    private final ContactReader reader;
    private final SalesforceSearch search;
    private final Twins twins;
    private final SalesforceSettings.Customers settings;
    private final Upserts upserts;
    private final ReentrantLock lock = new ReentrantLock();

    SalesforceCustomers(Parts parts, ContactReader reader, SalesforceSearch search) {
        this.parts = parts;
        this.reader = reader;
        this.search = search;
        this.twins = new Twins(parts, reader, search);
        this.settings = parts.settings().customers();
        this.upserts = new Upserts(new Mending(
                parts.settings().calls().responsible(),
                why -> log.warn(
                        "salesforce {}: a customer is kept in a lesser way, because {}", parts.account(), why)));
    }

    /** One after the other: two that look for the same caller at once find nobody, and make two of one. */
    @Override
    public List<Outcome> create(List<Attempt<CrmWrite.CreateCustomer>> attempts) {
        lock.lock();
        try {
            return Waves.bring(
                    attempts, attempt -> attempt.write().customer().main(), AT_ONCE, parts.outcomes(), this::bring);
        } finally {
            lock.unlock();
        }
    }

    private void bring(
            List<Attempt<CrmWrite.CreateCustomer>> wave, Map<Attempt<CrmWrite.CreateCustomer>, Outcome> outcomes) {
        List<Attempt<CrmWrite.CreateCustomer>> unknown = new ArrayList<>();
        for (Attempt<CrmWrite.CreateCustomer> attempt : wave) {
            parts.journal()
                    .customer(attempt.write().call(), parts.account())
                    .ifPresentOrElse(
                            ref -> outcomes.put(attempt, new Outcome.Done(ref.id())), () -> unknown.add(attempt));
        }
        if (unknown.isEmpty()) {
            return;
        }
        List<Contact> there = there(unknown);
        List<Attempt<CrmWrite.CreateCustomer>> missing = new ArrayList<>();
        for (Attempt<CrmWrite.CreateCustomer> attempt : unknown) {
            there.stream()
                    .filter(contact -> search.has(contact, attempt.write().customer()))
                    .min(Comparator.comparing(contact -> contact.ref().type()))
                    .ifPresentOrElse(
                            contact -> outcomes.put(attempt, known(attempt, contact.ref())),
                            () -> missing.add(attempt));
        }
        if (!missing.isEmpty()) {
            add(missing, outcomes);
        }
    }

    private List<Contact> there(List<Attempt<CrmWrite.CreateCustomer>> wanted) {
        List<PhoneNumber> numbers =
                wanted.stream().map(attempt -> attempt.write().customer()).toList();
        List<Row> rows = new ArrayList<>(search.find(numbers, Priority.DELIVERY, 200));
        Instant since = parts.context().clock().instant().minus(RECENT);
        List<String> texts = numbers.stream()
                .flatMap(number -> Spelled.exact(number).stream())
                .toList();
        for (ContactRef.Type type : List.of(ContactRef.Type.CONTACT, ContactRef.Type.LEAD)) {
            String object = ObjectNames.name(type);
            if (parts.shapes().phones(object).contains("Phone")) {
                rows.addAll(parts.api()
                        .everyRow(
                                Priority.DELIVERY,
                                "SELECT " + reader.fields(type) + " FROM " + object + " WHERE Phone IN "
                                        + Soql.in(texts) + " AND CreatedDate >= " + Soql.moment(since)));
            }
        }
        return rows.stream().map(reader::read).flatMap(Optional::stream).toList();
    }

    private void add(
            List<Attempt<CrmWrite.CreateCustomer>> missing, Map<Attempt<CrmWrite.CreateCustomer>, Outcome> outcomes) {
        List<Draft> drafts = new ArrayList<>();
        missing.forEach(attempt -> drafts.add(draft(attempt.write())));
        Options options = new Options(settings.assignmentRule(), false);
        List<Saved> results = upserts.write(drafts, some -> parts.api().create(some, options));
        List<Optional<ContactRef>> known = known(missing, results);
        List<Attempt<CrmWrite.CreateCustomer>> inSpite = new ArrayList<>();
        List<Draft> again = new ArrayList<>();
        for (int i = 0; i < missing.size(); i++) {
            Attempt<CrmWrite.CreateCustomer> attempt = missing.get(i);
            Saved saved = results.get(i);
            Optional<ContactRef> twin = known.get(i);
            if (twin.isPresent()) {
                outcomes.put(attempt, known(attempt, twin.get()));
            } else if (mayBeSavedInSpite(saved)) {
                inSpite.add(attempt);
                again.add(drafts.get(i));
            } else {
                outcomes.put(attempt, made(attempt, saved));
            }
        }
        if (!again.isEmpty()) {
            Options saveAnyway = new Options(settings.assignmentRule(), true);
            List<Saved> second = upserts.write(again, some -> parts.api().create(some, saveAnyway));
            for (int i = 0; i < inSpite.size(); i++) {
                outcomes.put(inSpite.get(i), made(inSpite.get(i), second.get(i)));
            }
        }
    }

    /** Whom the organisation's own rules take for the callers. */
    private List<Optional<ContactRef>> known(List<Attempt<CrmWrite.CreateCustomer>> attempts, List<Saved> results) {
        return settings.duplicates().equals("use")
                ? twins.of(
                        results,
                        attempts.stream()
                                .map(attempt -> attempt.write().customer())
                                .toList())
                : Collections.nCopies(attempts.size(), Optional.empty());
    }

    /** A rule that only warns, about somebody else, whom this program may not see, or is told not to use. */
    private boolean mayBeSavedInSpite(Saved saved) {
        return saved.has("DUPLICATES_DETECTED")
                && !settings.duplicates().equals("refuse")
                && saved.problems().stream().allMatch(Problem::allowed);
    }

    private Outcome made(Attempt<CrmWrite.CreateCustomer> attempt, Saved saved) {
        return saved.done()
                ? known(attempt, new ContactRef(parts.account(), attempt.write().type(), saved.id()))
                : parts.outcomes().of(saved);
    }

    private Outcome known(Attempt<CrmWrite.CreateCustomer> attempt, ContactRef ref) {
        parts.journal().customer(attempt.write().call(), ObjectNames.name(ref.type()), ref.id());
        return new Outcome.Done(ref.id());
    }

    private Draft draft(CrmWrite.CreateCustomer write) {
        String object = ObjectNames.name(write.type());
        Draft draft = new Draft(object);
        switch (write.type()) {
            case LEAD -> draft.with("LastName", cut(write.title(), 80)).with("Company", settings.company());
            case CONTACT -> draft.with("LastName", cut(write.title(), 80));
            case COMPANY -> draft.with("Name", write.title());
        }
        draft.with("Phone", write.customer().e164());
        if (write.type() != ContactRef.Type.COMPANY) {
            draft.with("LeadSource", settings.source());
        }
        draft.with("Description", "Call: " + write.call() + (write.line() == null ? "" : "\nLine: " + write.line()));
        draft.with(
                "OwnerId",
                Optional.ofNullable(write.user())
                        .or(parts.settings().calls()::responsible)
                        .orElse(null));
        return parts.shapes().permitted(draft);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
