// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.call.CallId;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Incoming leads, leads and contacts for people whom the account does not know. Before each one the account is asked
 * for the number; who is there already is not made again.
 */
final class AmoCustomers implements CustomerDesk {
    /** A user who is gone, the user in the settings too, and a link that the account insists on. */
    private static final int ROUNDS = 4;

    private static final Duration ANOTHER = Duration.ofSeconds(1);
    private static final int MOST_RECENT = 5_000;
    private static final String TWICE = "uniq";

    private final CallParts parts;
    private final AmoCrmSettings.Customers settings;
    private final AccountInfo info;
    private final AmoSearch search;
    private final CustomerForms forms;
    private final UnsortedLook unsorted;
    private final Consumer<Set<ContactRef>> news;
    private final Set<PhoneNumber> underWay = ConcurrentHashMap.newKeySet();
    private final Map<PhoneNumber, Card> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PhoneNumber, Card> eldest) {
            return size() > MOST_RECENT;
        }
    };

    AmoCustomers(
            CallParts parts,
            AmoCrmSettings settings,
            AccountInfo info,
            AmoSearch search,
            Consumer<Set<ContactRef>> news) {
        this.parts = parts;
        this.settings = settings.customers();
        this.info = info;
        this.search = search;
        this.forms = new CustomerForms(settings, parts.clock());
        this.unsorted = new UnsortedLook(parts.api());
        this.news = news;
    }

    @Override
    public List<Outcome> create(List<Attempt<CrmWrite.CreateCustomer>> attempts) {
        List<Newcomer> all = attempts.stream()
                .map(attempt -> Newcomer.of(attempt, parts.responsible()))
                .toList();
        if (settings.unknown().equals("auto")) {
            Fault fault = info.learn(Traffic.WRITE);
            if (fault != null) {
                return all.stream().map(wanted -> fault.asRepeatable()).toList();
            }
        }
        return make(all, true, this::formOf);
    }

    /** {@return the same for numbers of which the account just said that it does not know them} */
    List<Outcome> makeUnasked(List<Newcomer> all, boolean asUnsorted) {
        return make(all, false, wanted -> asUnsorted ? CustomerForms.Form.UNSORTED : CustomerForms.Form.CONTACT);
    }

    private CustomerForms.Form formOf(Newcomer wanted) {
        return switch (settings.unknown()) {
            case "unsorted" -> CustomerForms.Form.UNSORTED;
            case "lead" -> CustomerForms.Form.LEAD;
            case "contact" -> CustomerForms.Form.CONTACT;
            default -> {
                if (info.takesUnsorted()) {
                    yield CustomerForms.Form.UNSORTED;
                }
                yield wanted.type() == ContactRef.Type.LEAD ? CustomerForms.Form.LEAD : CustomerForms.Form.CONTACT;
            }
        };
    }

    /** Makes customers; two calls of one number get one, also when they are written at the same time. */
    private List<Outcome> make(List<Newcomer> all, boolean ask, FormOf formOf) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        Set<PhoneNumber> own = new HashSet<>();
        List<Newcomer> left = new ArrayList<>();
        for (Newcomer wanted : all) {
            if (own.contains(wanted.number()) || underWay.add(wanted.number())) {
                own.add(wanted.number());
                left.add(wanted);
            } else {
                outcomes.put(
                        wanted.key(),
                        new Outcome.Retry(ANOTHER, "amoCRM gets the same customer from another call now"));
            }
        }
        try {
            while (!left.isEmpty()) {
                Set<PhoneNumber> seen = new HashSet<>();
                List<Newcomer> wave = left.stream()
                        .filter(wanted -> seen.add(wanted.number()))
                        .toList();
                left.removeAll(wave);
                addAll(missing(wave, ask, formOf, outcomes), formOf, outcomes);
            }
        } finally {
            underWay.removeAll(own);
        }
        return all.stream()
                .map(wanted -> outcomes.getOrDefault(wanted.key(), new Outcome.Retry(null, "amoCRM needs another try")))
                .toList();
    }

    private void addAll(List<Newcomer> missing, FormOf formOf, Map<String, Outcome> outcomes) {
        for (CustomerForms.Form form : CustomerForms.Form.values()) {
            List<Newcomer> same = missing.stream()
                    .filter(wanted -> formOf.form(wanted) == form)
                    .toList();
            List<Newcomer> otherwise = add(form, same, outcomes);
            List<Newcomer> leads = otherwise.stream()
                    .filter(wanted -> wanted.type() == ContactRef.Type.LEAD)
                    .toList();
            add(CustomerForms.Form.LEAD, leads, outcomes);
            otherwise.removeAll(leads);
            add(CustomerForms.Form.CONTACT, otherwise, outcomes);
        }
    }

    private List<Newcomer> missing(List<Newcomer> wave, boolean ask, FormOf formOf, Map<String, Outcome> outcomes) {
        List<Newcomer> missing = new ArrayList<>();
        for (Newcomer wanted : wave) {
            Optional<Card> known = parts.journal().customer(wanted.call()).or(() -> recent(wanted.number()));
            if (known.isPresent()) {
                outcomes.put(wanted.key(), known(wanted, known.get()));
                continue;
            }
            try {
                Optional<Card> there = there(wanted, ask, formOf.form(wanted));
                there.ifPresentOrElse(
                        card -> {
                            remember(wanted.number(), card);
                            outcomes.put(wanted.key(), known(wanted, card));
                        },
                        () -> missing.add(wanted));
            } catch (ConnectorException e) {
                outcomes.put(wanted.key(), Fault.of(e).asRepeatable());
            }
        }
        return missing;
    }

    private Optional<Card> there(Newcomer wanted, boolean ask, CustomerForms.Form form) {
        boolean unsure = wanted.unsure() || parts.journal().tried(wanted.key()).isPresent();
        Optional<Card> made = unsure && form == CustomerForms.Form.UNSORTED
                ? unsorted.find(wanted.call().toString(), wanted.at()).map(UnsortedLook.Found::card)
                : Optional.empty();
        if (made.isPresent() || (!ask && !unsure)) {
            return made;
        }
        return search.find(Traffic.WRITE, wanted.number(), unsure).stream()
                .map(Contact::ref)
                .map(Card::of)
                .findFirst();
    }

    /** An incoming lead is hidden from every search until somebody accepts it. */
    private Optional<Card> recent(PhoneNumber number) {
        synchronized (recent) {
            Card card = recent.get(number);
            return card == null ? parts.journal().madeFor(number) : Optional.of(card);
        }
    }

    /** Somebody removed a card: nothing more is written on it. */
    void forget(CallId call, PhoneNumber number, Card card) {
        parts.journal().forgetCustomer(call);
        parts.journal()
                .madeFor(number)
                .filter(card::equals)
                .ifPresent(made -> parts.journal().forgetMade(number));
        synchronized (recent) {
            recent.values().removeIf(card::equals);
        }
    }

    private void remember(PhoneNumber number, Card card) {
        synchronized (recent) {
            recent.put(number, card);
        }
    }

    /** {@return those whom the account does not take in this form, and may take in another} */
    private List<Newcomer> add(CustomerForms.Form form, List<Newcomer> missing, Map<String, Outcome> outcomes) {
        Map<CallId, Card> bound = new LinkedHashMap<>();
        List<Newcomer> otherwise = new ArrayList<>();
        List<Newcomer> left = missing;
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            List<Reply> replies = post(form, left);
            List<Newcomer> again = new ArrayList<>();
            List<String> notDone = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                Newcomer wanted = left.get(i);
                Fault fault = replies.get(i).fault();
                if (fault == null) {
                    outcomes.put(
                            wanted.key(), made(wanted, form.card(replies.get(i).body()), bound));
                    continue;
                }
                if (form == CustomerForms.Form.UNSORTED && mayBeAnother(wanted, fault)) {
                    otherwise.add(wanted);
                } else {
                    refused(wanted, fault)
                            .ifPresentOrElse(again::add, () -> outcomes.put(wanted.key(), outcome(fault)));
                }
                if (fault.isHarmless() && !fault.isAbout(TWICE)) {
                    notDone.add(wanted.key());
                }
            }
            parts.journal().notDone(notDone);
            left = again;
        }
        Map<PhoneNumber, Card> made = new LinkedHashMap<>();
        bound.forEach((call, card) -> missing.stream()
                .filter(wanted -> wanted.call().equals(call))
                .forEach(wanted -> made.put(wanted.number(), card)));
        made.forEach(this::remember);
        parts.journal().madeFor(made);
        parts.journal().customers(bound);
        parts.echoes().wrote(bound.values());
        tell(Set.copyOf(bound.values()));
        return otherwise;
    }

    private List<Reply> post(CustomerForms.Form form, List<Newcomer> some) {
        Map<String, Optional<Card>> trying = new LinkedHashMap<>();
        some.forEach(wanted -> trying.put(wanted.key(), Optional.empty()));
        parts.journal().trying(trying);
        return parts.bulk()
                .post(
                        form.path(),
                        form.embedded(),
                        some.stream().map(wanted -> forms.item(form, wanted)).toList());
    }

    private static Outcome made(Newcomer wanted, Optional<Card> card, Map<CallId, Card> bound) {
        if (card.isEmpty()) {
            return new Outcome.Unclear("amoCRM made a customer without an id");
        }
        bound.put(wanted.call(), card.get());
        return new Outcome.Done(card.get().id());
    }

    /** The account says that incoming leads are off, or nothing that could be helped: a caller is not lost for that. */
    private boolean mayBeAnother(Newcomer wanted, Fault fault) {
        boolean chosen = settings.unknown().equals("unsorted") && !wanted.isOfCall();
        return !chosen && fault.reason() == Reason.REFUSED && fault.paths().isEmpty();
    }

    /** {@return another way to make the same customer, if what was refused can be done without} */
    private Optional<Newcomer> refused(Newcomer wanted, Fault fault) {
        if (fault.isAboutTheUser() && wanted.user().isPresent()) {
            Optional<String> fallback = parts.responsible();
            return Optional.of(wanted.with(wanted.user().equals(fallback) ? Optional.empty() : fallback));
        }
        return fault.isAbout("metadata.link") && !wanted.linked() ? Optional.of(wanted.withLink()) : Optional.empty();
    }

    /** What the account has already was made by an attempt of which nobody knows: the next one looks for it. */
    private static Outcome outcome(Fault fault) {
        return fault.isAbout(TWICE) ? new Outcome.Unclear("amoCRM has this incoming lead already") : fault.asOutcome();
    }

    private void tell(Set<Card> made) {
        Set<ContactRef> refs = new HashSet<>();
        made.forEach(card -> card.ref(parts.account()).ifPresent(refs::add));
        if (!refs.isEmpty()) {
            news.accept(refs);
        }
    }

    private Outcome known(Newcomer wanted, Card card) {
        parts.journal().customers(Map.of(wanted.call(), card));
        return new Outcome.Done(card.id());
    }

    /** What somebody becomes. */
    @FunctionalInterface
    private interface FormOf {
        CustomerForms.Form form(Newcomer wanted);
    }
}
