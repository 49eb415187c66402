// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorContext;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the account tells of contacts, companies and leads. It tells at least once, in any order, and tells of this
 * program's own writes, too; what counts is only that the engine reads what changed.
 */
final class AmoEvents implements ContactChanges {
    private static final Pattern ID = Pattern.compile("(contacts|companies|leads)\\[([a-z_]+)]\\[([0-9]{1,4})]\\[id]");
    private static final Pattern LINKED =
            Pattern.compile("(contacts)\\[([a-z_]+)]\\[([0-9]{1,4})]\\[linked_leads_id]\\[([0-9]{1,17})]\\[ID]");

    private final String account;
    private final Echoes echoes;
    private final LongAdder taken = new LongAdder();
    private final LongAdder own = new LongAdder();

    private volatile ContactChanges.@Nullable Listener listener;

    AmoEvents(ConnectorContext context, Echoes echoes) {
        this.account = context.account();
        this.echoes = echoes;
    }

    @Override
    public void tell(ContactChanges.Listener told) {
        listener = told;
    }

    Map<String, Long> counts() {
        return Map.of("events_taken", taken.sum(), "events_own", own.sum());
    }

    /** Tells of contacts that this program made itself. */
    void made(Set<ContactRef> refs) {
        ContactChanges.Listener told = listener;
        if (told != null) {
            told.changed(refs);
        }
    }

    /** Takes a form; what it tells is on disk when this returns. */
    void take(Map<String, String> form) {
        Set<ContactRef> changed = new HashSet<>();
        Set<ContactRef> removed = new HashSet<>();
        form.forEach((name, value) -> {
            Matcher matcher = ID.matcher(name);
            if (matcher.matches()) {
                String prefix = matcher.group(1) + "[" + matcher.group(2) + "][" + matcher.group(3) + "]";
                card(matcher.group(1), value, form.getOrDefault(prefix + "[type]", ""))
                        .ifPresent(card -> sort(card, matcher.group(2), at(form, prefix), changed, removed));
            }
            Matcher linked = LINKED.matcher(name);
            if (linked.matches() && !linked.group(2).equals("delete")) {
                // A lead is found by its contact's numbers, so that it changes with it.
                Card.of("leads", linked.group(4))
                        .flatMap(card -> card.ref(account))
                        .ifPresent(changed::add);
            }
        });
        changed.removeAll(removed);
        taken.increment();
        ContactChanges.Listener told = listener;
        if (told == null) {
            return;
        }
        if (!changed.isEmpty()) {
            told.changed(changed);
        }
        if (!removed.isEmpty()) {
            told.removed(removed);
        }
    }

    private void sort(
            Card card, String action, Optional<Instant> at, Set<ContactRef> changed, Set<ContactRef> removed) {
        Optional<ContactRef> ref = card.ref(account);
        if (ref.isEmpty()) {
            return;
        }
        if (action.equals("delete")) {
            removed.add(ref.get());
        } else if (at.filter(when -> echoes.isOwn(card, when)).isPresent()) {
            own.increment();
        } else {
            changed.add(ref.get());
        }
    }

    /** Companies come as contacts of another type. */
    private static Optional<Card> card(String kind, String id, String type) {
        return Card.of(type.equals("company") ? "companies" : kind, id);
    }

    private static Optional<Instant> at(Map<String, String> form, String prefix) {
        String seconds = form.getOrDefault(prefix + "[last_modified]", form.getOrDefault(prefix + "[updated_at]", ""));
        return AmoCrmSettings.isNumber(seconds) && seconds.length() < 12
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                : Optional.empty();
    }
}
