// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.Direction;
import io.cordboard.call.Leg;
import io.cordboard.call.Party;
import io.cordboard.connector.Connector;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.contact.Match;
import io.cordboard.crm.ScreenPop;
import io.cordboard.playbook.CallCard;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells each CRM how a customer's call stands, in that CRM's own words. */
final class ScreenPops {
    private final Accounts accounts;
    private final AgentRoster roster;
    private final boolean leads;

    ScreenPops(Accounts accounts, AgentRoster roster, boolean leads) {
        this.accounts = accounts;
        this.roster = roster;
        this.leads = leads;
    }

    void show(CallCard card) {
        Call call = card.call();
        if (call.direction() == Direction.INTERNAL || !hasArrived(call)) {
            return;
        }
        for (Connector crm : accounts.crms().values()) {
            crm.role(ScreenPop.class).ifPresent(pop -> pop.show(view(card, crm.account())));
        }
    }

    /** Until it is said who calls, a CRM would be told of a call with a hidden number, and keep that. */
    private static boolean hasArrived(Call call) {
        return call.events().stream().anyMatch(CallEvent.Arrived.class::isInstance);
    }

    private ScreenPop.View view(CallCard card, String account) {
        Call call = card.call();
        Set<String> ringing = new HashSet<>();
        @Nullable String talking = null;
        boolean customerIsCalled = false;
        for (Leg leg : isOver(call) || isHalf(call) ? List.<Leg>of() : call.legs()) {
            Optional<String> user = user(call, leg.party(), account);
            if (leg.endedAt() != null) {
                continue;
            }
            customerIsCalled |= isCustomers(leg);
            if (user.isPresent() && leg.answeredAt() == null) {
                ringing.add(user.get());
            } else if (user.isPresent()) {
                talking = user.get();
            }
        }
        if (talking == null && customerIsCalled && call.direction() == Direction.OUTBOUND && call.agent() != null) {
            // Not every PBX tells of the dialler's own leg.
            talking = user(call, Party.agent(call.agent()), account).orElse(null);
        }
        return new ScreenPop.View(
                call.id(),
                call.direction(),
                call.customer(),
                call.line(),
                call.startedAt(),
                contact(card, account),
                ringing,
                talking,
                isOver(call),
                card.dialRefs().get(account),
                leads && call.direction() == Direction.INBOUND);
    }

    /** What turned out to be a part of another call is shown no longer. */
    private static boolean isOver(Call call) {
        return !call.state().isLive() || call.absorbedInto() != null;
    }

    /**
     * {@return whether only the dialler's own phone has been called so far}
     *
     * <p>Where calls are ordered, the PBX calls the agent first, and some tell of that as a call of its own that turns
     * out to be a part of the customer's. A CRM that was shown it would keep a call that is never finished.
     */
    private static boolean isHalf(Call call) {
        boolean ordered = call.dialId() != null
                || call.legs().stream()
                        .anyMatch(leg -> leg.ringingAt() != null
                                && leg.party() != null
                                && leg.party().extension() != null
                                && leg.party().extension().equals(call.agent()));
        return call.direction() == Direction.OUTBOUND
                && ordered
                && call.legs().stream().noneMatch(ScreenPops::isCustomers);
    }

    private static boolean isCustomers(Leg leg) {
        return leg.party() != null && leg.party().kind() == Party.Kind.CUSTOMER;
    }

    private static @Nullable ContactRef contact(CallCard card, String account) {
        return card.matches().stream()
                .map(Match::contact)
                .map(Contact::ref)
                .filter(ref -> ref.account().equals(account))
                .findFirst()
                .orElse(null);
    }

    private Optional<String> user(Call call, @Nullable Party party, String account) {
        return Optional.ofNullable(party)
                .map(Party::extension)
                .flatMap(extension -> roster.byExtension(call.id().pbx(), extension))
                .flatMap((Agent agent) -> agent.user(account));
    }
}
