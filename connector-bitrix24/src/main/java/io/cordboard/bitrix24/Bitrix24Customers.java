// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.CallId;
import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leads and contacts for people whom the portal does not know. Before each one the portal is asked twice: for this
 * call's mark, and for the number; what is there already is not made again.
 */
final class Bitrix24Customers implements CustomerDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String account;
    private final Bitrix24Api api;
    private final Journal journal;
    private final Claims claims;
    private final Bitrix24Settings.Customers settings;
    private final Optional<String> responsible;
    private final Consumer<Set<ContactRef>> news;

    Bitrix24Customers(CallParts parts, Bitrix24Settings.Customers settings, Consumer<Set<ContactRef>> news) {
        this.account = parts.account();
        this.api = parts.api();
        this.journal = parts.journal();
        this.claims = parts.claims();
        this.responsible = parts.responsible();
        this.settings = settings;
        this.news = news;
    }

    @Override
    public List<Outcome> create(List<Attempt<CrmWrite.CreateCustomer>> attempts) {
        return make(attempts.stream()
                .map(attempt -> {
                    CrmWrite.CreateCustomer write = attempt.write();
                    return new Wanted(
                            write.call(), write.type(), write.title(), write.customer(), write.user(), attempt.key());
                })
                .toList());
    }

    /** Makes customers; two calls of one number get one. */
    List<Outcome> make(List<Wanted> all) {
        Map<Wanted, Outcome> outcomes = new LinkedHashMap<>();
        List<Wanted> left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            Set<PhoneNumber> seen = new HashSet<>();
            List<Wanted> wave = left.stream()
                    .filter(wanted -> wanted.customer() == null || seen.add(wanted.customer()))
                    .toList();
            left.removeAll(wave);
            makeAlone(wave, outcomes);
        }
        return all.stream()
                .map(wanted -> outcomes.getOrDefault(wanted, new Outcome.Retry(null, "Bitrix24 needs another try")))
                .toList();
    }

    /** Between the look and the addition nobody else may make a customer of the number: the card of a call could. */
    private void makeAlone(List<Wanted> wave, Map<Wanted, Outcome> outcomes) {
        List<Wanted> claimed = new ArrayList<>();
        try {
            for (Wanted wanted : wave) {
                if (wanted.customer() == null || claims.claim(wanted.customer(), PATIENCE)) {
                    claimed.add(wanted);
                } else {
                    outcomes.put(
                            wanted, new Outcome.Retry(Duration.ofSeconds(2), "A card of this number is being shown"));
                }
            }
            makeOnceEach(claimed, outcomes);
        } finally {
            claimed.stream().map(Wanted::customer).filter(Objects::nonNull).forEach(claims::release);
        }
    }

    private void makeOnceEach(List<Wanted> wave, Map<Wanted, Outcome> outcomes) {
        List<Wanted> unknown = new ArrayList<>();
        for (Wanted wanted : wave) {
            journal.customer(wanted.call())
                    .ifPresentOrElse(
                            owner -> outcomes.put(wanted, new Outcome.Done(owner.id())), () -> unknown.add(wanted));
        }
        if (unknown.isEmpty()) {
            return;
        }
        List<List<Reply>> looks =
                api.groups(Traffic.WRITE, unknown.stream().map(this::look).toList());
        List<Wanted> missing = new ArrayList<>();
        for (int i = 0; i < unknown.size(); i++) {
            Wanted wanted = unknown.get(i);
            Optional<Fault> fault = looks.get(i).stream()
                    .map(reply -> Optional.ofNullable(reply.fault()))
                    .flatMap(Optional::stream)
                    .findFirst();
            Optional<Owner> there = found(wanted, looks.get(i));
            if (there.isPresent()) {
                outcomes.put(wanted, known(wanted, there.get()));
            } else if (fault.isPresent()) {
                outcomes.put(wanted, fault.get().asRepeatable());
            } else {
                missing.add(wanted);
            }
        }
        add(missing, outcomes);
    }

    private void add(List<Wanted> missing, Map<Wanted, Outcome> outcomes) {
        if (missing.isEmpty()) {
            return;
        }
        List<Reply> replies = api.batch(
                Traffic.WRITE, missing.stream().map(w -> addition(w, w.user())).toList());
        Set<ContactRef> made = new HashSet<>();
        for (int i = 0; i < missing.size(); i++) {
            Wanted wanted = missing.get(i);
            Reply reply = replies.get(i);
            Fault fault = reply.fault();
            if (fault != null && fault.isAboutTheUser() && responsible.isPresent()) {
                reply = api.call(Traffic.WRITE, addition(wanted, responsible.get()));
                fault = reply.fault();
            }
            if (fault != null) {
                outcomes.put(wanted, fault.asOutcome());
            } else {
                Owner owner = new Owner(wanted.type().name(), reply.result().asText());
                outcomes.put(wanted, known(wanted, owner));
                made.add(new ContactRef(account, wanted.type(), owner.id()));
            }
        }
        if (!made.isEmpty()) {
            news.accept(made);
        }
    }

    private Outcome known(Wanted wanted, Owner owner) {
        journal.customer(wanted.call(), owner);
        return new Outcome.Done(owner.id());
    }

    private List<Command> look(Wanted wanted) {
        List<Command> commands = new ArrayList<>();
        commands.add(new Command(
                method(wanted.type()) + ".list",
                Map.of(
                        "filter",
                        Map.of("ORIGINATOR_ID", settings.originator(), "ORIGIN_ID", wanted.key()),
                        "select",
                        List.of("ID"))));
        if (wanted.customer() != null) {
            commands.add(Spellings.findByPhone(wanted.customer()));
        }
        return commands;
    }

    private static Optional<Owner> found(Wanted wanted, List<Reply> replies) {
        String marked = Json.text(replies.get(0).result().path(0), "ID");
        if (!marked.isEmpty()) {
            return Optional.of(new Owner(wanted.type().name(), marked));
        }
        return replies.size() < 2
                ? Optional.empty()
                : Spellings.owners(replies.get(1).result()).stream().findFirst();
    }

    private Command addition(Wanted wanted, @Nullable String user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(wanted.type() == ContactRef.Type.CONTACT ? "NAME" : "TITLE", wanted.title());
        if (wanted.customer() != null) {
            fields.put("PHONE", List.of(Map.of("VALUE", wanted.customer().e164(), "VALUE_TYPE", "WORK")));
        }
        Optional.ofNullable(user).or(() -> responsible).ifPresent(id -> fields.put("ASSIGNED_BY_ID", id));
        if (wanted.type() != ContactRef.Type.COMPANY) {
            fields.put("SOURCE_ID", settings.source());
        }
        fields.put("OPENED", "Y");
        fields.put("ORIGINATOR_ID", settings.originator());
        fields.put("ORIGIN_ID", wanted.key());
        return new Command(
                method(wanted.type()) + ".add",
                Map.of("fields", fields, "params", Map.of("REGISTER_SONET_EVENT", "N")));
    }

    static String method(ContactRef.Type type) {
        return "crm." + type.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Somebody who is to be in the portal; {@code toString} hides the number. Immutable.
     *
     * @param call the call that made them known
     * @param type what they become
     * @param title what to call them
     * @param customer the number, or null when hidden
     * @param user who is responsible, or null
     * @param key marks them, so that they can be found again
     */
    record Wanted(
            CallId call,
            ContactRef.Type type,
            String title,
            @Nullable PhoneNumber customer,
            @Nullable String user,
            String key) {
        @Override
        public String toString() {
            return key;
        }
    }
}
