// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.Direction;
import io.cordboard.call.PhoneNumber;
import io.cordboard.call.Why;
import io.cordboard.contact.Match;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.delivery.Outbox;
import io.cordboard.directory.Directory;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Planned;
import io.cordboard.playbook.Playbook;
import io.cordboard.playbook.Responsibility;
import io.cordboard.playbook.Responsible;
import io.cordboard.playbook.Rules;
import io.cordboard.playbook.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a change of a call means for the rest of the house: who it is, who sees it, what it leaves behind. */
final class CallSteps {
    private final Accounts accounts;
    private final Directory directory;
    private final Outbox outbox;
    private final MovedNotes movedNotes;
    private final DialOrders orders;
    private final Playbook playbook;
    private final Responsibility responsibility;
    private final ScreenPops pops;
    private final AgentBoard board;
    private final Listeners listeners;
    private final Clock clock;
    private final Consumer<String> wake;

    /** What the steps need of the house. */
    record House(
            Accounts accounts,
            Directory directory,
            Outbox outbox,
            DialOrders orders,
            AgentRoster roster,
            AgentBoard board,
            Listeners listeners,
            Clock clock,
            Consumer<String> wake) {}

    CallSteps(House house, Rules rules) {
        this.accounts = house.accounts();
        this.directory = house.directory();
        this.outbox = house.outbox();
        this.movedNotes = new MovedNotes(house.outbox());
        this.orders = house.orders();
        this.board = house.board();
        this.listeners = house.listeners();
        this.clock = house.clock();
        this.wake = house.wake();
        this.playbook = new Playbook(house.roster(), rules);
        this.responsibility = new Responsibility(house.roster(), rules);
        this.pops = new ScreenPops(house.accounts(), house.roster(), rules.unknownCaller() == Rules.UnknownCaller.LEAD);
    }

    /** {@return the card of a call's new state: its matches, who is responsible, where it was dialled} */
    CallCard changed(@Nullable CallCard before, Call call) {
        List<Match> matches = before == null ? List.of() : before.matches();
        PhoneNumber number = call.customer().number();
        if (matches.isEmpty() && number != null && call.direction() != Direction.INTERNAL) {
            matches = directory.lookup(number).matches();
        }
        String dialId = call.dialId();
        Map<String, String> dialRefs = dialId == null ? Map.of() : orders.refs(dialId);
        return withOwners(new CallCard(call, matches, Map.of(), dialRefs, List.of()));
    }

    /** {@return the card as the directory sees its number now} */
    CallCard lookedUpAgain(CallCard card) {
        return changed(card, card.call());
    }

    private CallCard withOwners(CallCard card) {
        Map<String, Responsible> owners = new HashMap<>();
        List<Why> why = new ArrayList<>();
        for (Target target : accounts.targets()) {
            responsibility.of(card.call(), card.matches(), target.account()).ifPresent(owner -> {
                owners.put(target.account(), owner);
                why.add(new Why("responsible@" + target.account() + "=" + owner.agent(), "by " + owner.why()));
            });
        }
        card.matches().stream()
                .findFirst()
                .ifPresent(match -> why.add(new Why("contact=" + match.contact().ref(), match.because())));
        return new CallCard(card.call(), card.matches(), owners, card.dialRefs(), why);
    }

    /** Shows a call to everybody who looks. */
    void shown(CallCard card) {
        board.seen(card.call());
        pops.show(card);
        listeners.callChanged(card);
    }

    /**
     * Asks the CRMs, in the background, of which the directory holds nobody with this number.
     *
     * @param card the call
     * @param enrich takes the call and what it is to be changed to
     */
    void askAbout(CallCard card, BiConsumer<CallId, List<Match>> enrich) {
        PhoneNumber number = card.call().customer().number();
        if (number == null || card.call().direction() == Direction.INTERNAL) {
            return;
        }
        CompletableFuture<Void> unused = directory.ask(number).thenAccept(lookup -> {
            if (!lookup.matches().isEmpty() && !lookup.matches().equals(card.matches())) {
                enrich.accept(card.call().id(), lookup.matches());
            }
        });
    }

    /** {@return the card with matches that came later} */
    CallCard enriched(CallCard card, List<Match> matches) {
        return withOwners(new CallCard(card.call(), matches, Map.of(), card.dialRefs(), List.of()));
    }

    /** {@return what a settled call leaves behind, or what news of it correct} */
    List<Delivery> settled(@Nullable CallCard before, CallCard card) {
        Instant now = clock.instant();
        boolean corrected = before != null && before.call().state() == CallState.SETTLED;
        List<Delivery> earlier = corrected ? outbox.of(card.call().id()) : List.of();
        List<Delivery> deliveries = new ArrayList<>(movedNotes.toTheWhole(card, now));
        for (Target target : accounts.targets()) {
            List<Planned> plan = corrected ? corrections(card, target, earlier) : playbook.plan(card, target);
            plan.forEach(planned -> deliveries.add(delivery(target.account(), planned, now)));
        }
        return deliveries;
    }

    static Delivery delivery(String account, Planned planned, Instant now) {
        return Delivery.planned(account, planned.key(), planned.lane(), planned.after(), planned.write(), now);
    }

    /**
     * What the corrected call leaves behind beyond what was planned before: each thing is planned once, whichever
     * correction made it due, and only the record itself is written again.
     */
    private List<Planned> corrections(CallCard card, Target target, List<Delivery> all) {
        List<Delivery> before = all.stream()
                .filter(delivery -> delivery.account().equals(target.account()))
                .toList();
        Set<String> keys = before.stream().map(Delivery::key).collect(Collectors.toSet());
        List<Planned> plan = new ArrayList<>(playbook.plan(card, target).stream()
                .filter(planned -> !keys.contains(planned.key()))
                .toList());
        List<CrmWrite.LogCall> records = before.stream()
                .map(Delivery::write)
                .filter(CrmWrite.LogCall.class::isInstance)
                .map(CrmWrite.LogCall.class::cast)
                .toList();
        if (!records.isEmpty()) {
            CrmWrite.LogCall last = records.get(records.size() - 1);
            if (!playbook.log(card, target, last.revision()).equals(last)) {
                plan.add(correctedRecord(card, target, records.size()));
            }
        }
        return plan;
    }

    private Planned correctedRecord(CallCard card, Target target, int revision) {
        return new Planned(
                Playbook.logKey(card.call().id(), revision),
                Playbook.lane(card.call().id()),
                Playbook.logKey(card.call().id(), 0),
                playbook.log(card, target, revision),
                "a later record corrected the call");
    }

    void committed(CallCard card, List<Delivery> deliveries) {
        movedNotes.rest(card);
        deliveries.stream().map(Delivery::account).distinct().forEach(wake);
    }
}
