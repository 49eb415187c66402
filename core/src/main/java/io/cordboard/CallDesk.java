// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.Direction;
import io.cordboard.contact.Contact;
import io.cordboard.contact.Match;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Planned;
import io.cordboard.playbook.Playbook;
import io.cordboard.playbook.Target;
import io.cordboard.store.Changes;
import io.cordboard.store.Store;
import io.cordboard.ticket.TicketDraft;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an agent adds to a call: a note, a ticket. Each is on disk before it is acknowledged. */
final class CallDesk {
    private final Store store;
    private final Function<CallId, Optional<CallCard>> newest;
    private final Accounts accounts;
    private final AgentRoster roster;
    private final Clock clock;
    private final Consumer<String> wake;

    /** Where calls are found and deliveries put; a call that has just begun is not stored with its state yet. */
    record Shelf(Store store, Function<CallId, Optional<CallCard>> newest) {}

    CallDesk(Shelf shelf, Accounts accounts, AgentRoster roster, Clock clock, Consumer<String> wake) {
        this.store = shelf.store();
        this.newest = shelf.newest();
        this.accounts = accounts;
        this.roster = roster;
        this.clock = clock;
        this.wake = wake;
    }

    int note(CallId call, String text, @Nullable String disposition, @Nullable String agent) {
        CallCard card = card(call);
        if (card.call().direction() == Direction.INTERNAL) {
            throw new IllegalArgumentException("an internal call has no record in a CRM to which a note could be put");
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (Target target : accounts.targets()) {
            if (target.takes().contains(CrmWrite.AddNote.class)) {
                CrmWrite write =
                        new CrmWrite.AddNote(card.call().id(), text, disposition, user(agent, target.account()));
                deliveries.add(planned(target.account(), card, "note", write));
            }
        }
        commit(deliveries);
        return deliveries.size();
    }

    String ticket(CallId call, TicketDraft ticket, @Nullable String agent) {
        CallCard card = card(call);
        Optional<String> known = card.matches().stream()
                .map(match -> match.contact().ref().account())
                .filter(this::takesTickets)
                .findFirst();
        String account = known.or(() -> accounts.targets().stream()
                        .map(Target::account)
                        .filter(this::takesTickets)
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no configured CRM takes tickets"));
        TicketDraft owned = new TicketDraft(
                ticket.title(),
                ticket.text(),
                ticket.priority(),
                ticket.responsible() == null ? user(agent, account) : ticket.responsible(),
                ticket.department(),
                ticket.due());
        CrmWrite write = new CrmWrite.OpenTicket(
                card.call().id(),
                owned,
                contact(card, account),
                card.call().customer().number());
        commit(List.of(planned(account, card, "ticket", write)));
        return account;
    }

    /** Hands the call's newest ticket on; returns the account. */
    String escalate(CallId call, String department, String note, @Nullable String agent) {
        CallCard card = card(call);
        Delivery ticket = store.outbox().of(card.call().id()).stream()
                .filter(delivery -> delivery.write() instanceof CrmWrite.OpenTicket)
                .filter(delivery -> delivery.state() != Delivery.State.PARKED)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the call has no ticket that could be handed on; open one and name the department in it"));
        String account = ticket.account();
        if (accounts.target(account)
                .filter(target -> target.takes().contains(CrmWrite.Escalate.class))
                .isEmpty()) {
            throw new IllegalArgumentException(account + " cannot hand tickets on to a department");
        }
        CrmWrite write = new CrmWrite.Escalate(card.call().id(), ticket.key(), department, note, user(agent, account));
        String key = card.call().id() + "/escalation/" + UUID.randomUUID();
        commit(List.of(CallSteps.delivery(
                account,
                new Planned(key, ticket.lane(), ticket.key(), write, "an agent handed the ticket on"),
                clock.instant())));
        return account;
    }

    private boolean takesTickets(String account) {
        return accounts.target(account)
                .filter(target -> target.takes().contains(CrmWrite.OpenTicket.class))
                .isPresent();
    }

    /** {@return the call, or the whole of which it turned out to be a part} */
    private CallCard card(CallId call) {
        CallCard card = newest.apply(call).orElseThrow(() -> new IllegalArgumentException("there is no call " + call));
        Set<CallId> seen = new HashSet<>();
        CallId whole = card.call().absorbedInto();
        // A PBX that says of two calls that each is a part of the other is not followed in circles.
        while (whole != null && seen.add(whole)) {
            Optional<CallCard> found = newest.apply(whole);
            if (found.isEmpty()) {
                return card;
            }
            card = found.get();
            whole = card.call().absorbedInto();
        }
        return card;
    }

    private static io.cordboard.contact.@Nullable ContactRef contact(CallCard card, String account) {
        return card.matches().stream()
                .map(Match::contact)
                .map(Contact::ref)
                .filter(ref -> ref.account().equals(account))
                .findFirst()
                .orElse(null);
    }

    /** A note or a ticket waits for the call's record, where the account keeps one. */
    private Delivery planned(String account, CallCard card, String what, CrmWrite write) {
        String key = card.call().id() + "/" + what + "/" + UUID.randomUUID();
        String log = Playbook.logKey(card.call().id(), 0);
        boolean logs = accounts.target(account)
                .filter(target -> target.takes().contains(CrmWrite.LogCall.class))
                .isPresent();
        boolean noteNeedsLog = logs && write instanceof CrmWrite.AddNote && willBeLogged(account, card.call(), log);
        // A lane of its own: written before the call settles, it would stand before the record for which it waits.
        String lane = Playbook.lane(card.call().id()) + "/" + what;
        return CallSteps.delivery(
                account,
                new Planned(key, lane, noteNeedsLog ? log : null, write, "an agent wrote it"),
                clock.instant());
    }

    /** A settled call without a planned record gets none: what waits for it would wait for ever. */
    private boolean willBeLogged(String account, Call call, String log) {
        return call.state() != CallState.SETTLED
                || store.outbox().find(account, log).isPresent();
    }

    private @Nullable String user(@Nullable String agent, String account) {
        return Optional.ofNullable(agent)
                .flatMap(roster::byName)
                .flatMap(found -> found.user(account))
                .orElse(null);
    }

    private void commit(List<Delivery> deliveries) {
        store.commit(new Changes(List.of(), List.of(), deliveries));
        deliveries.stream().map(Delivery::account).distinct().forEach(wake);
    }
}
