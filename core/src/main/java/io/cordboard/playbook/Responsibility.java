// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Call;
import io.cordboard.call.Direction;
import io.cordboard.call.Extension;
import io.cordboard.call.Leg;
import io.cordboard.call.Party;
import io.cordboard.contact.Match;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who owns the outcome of a call: a pure function of the call, the matches of one CRM account, the rules and the
 * roster.
 */
public final class Responsibility {
    private final AgentRoster roster;
    private final Rules rules;

    /**
     * Creates the function.
     *
     * @param roster everybody who answers calls
     * @param rules what the business chose
     */
    public Responsibility(AgentRoster roster, Rules rules) {
        this.roster = roster;
        this.rules = rules;
    }

    /**
     * {@return who owns the call in one CRM account, if anybody in the roster does}
     *
     * @param call the call
     * @param matches everybody who has the customer's number, best first
     * @param account the CRM's id
     */
    public Optional<Responsible> of(Call call, List<Match> matches, String account) {
        Optional<Responsible> found;
        if (call.direction() != Direction.INBOUND) {
            found = named(call, call.agent(), Responsible.Policy.DIALLED);
        } else if (call.isAnswered()) {
            found = answered(call, matches, account);
        } else {
            found = missed(call, matches, account);
        }
        return found.or(() -> rules.fallback()
                .flatMap(roster::byName)
                .map(agent -> new Responsible(agent.name(), Responsible.Policy.FALLBACK)));
    }

    private Optional<Responsible> answered(Call call, List<Match> matches, String account) {
        List<Extension> talked = call.answeredBy();
        Optional<Responsible> last = named(call, call.agent(), Responsible.Policy.LAST_TALKED);
        return switch (rules.responsible()) {
            case FIRST_TALKED ->
                named(call, talked.isEmpty() ? null : talked.get(0), Responsible.Policy.FIRST_TALKED)
                        .or(() -> last);
            case LONGEST_TALKED ->
                named(call, longest(call).orElse(null), Responsible.Policy.LONGEST_TALKED)
                        .or(() -> last);
            case CRM_OWNER -> owner(matches, account).or(() -> last);
            case LAST_TALKED, DIALLED, LAST_RANG, FALLBACK -> last;
        };
    }

    private Optional<Responsible> missed(Call call, List<Match> matches, String account) {
        List<Extension> rang = call.rang();
        Optional<Responsible> lastRang =
                named(call, rang.isEmpty() ? null : rang.get(rang.size() - 1), Responsible.Policy.LAST_RANG);
        Optional<Responsible> owner = owner(matches, account);
        return rules.missedTo() == Responsible.Policy.CRM_OWNER ? owner.or(() -> lastRang) : lastRang.or(() -> owner);
    }

    /** {@return the agent who owns the best match of an account, if the owner is in the roster} */
    Optional<Responsible> owner(List<Match> matches, String account) {
        return ownerAgent(matches, account).map(agent -> new Responsible(agent.name(), Responsible.Policy.CRM_OWNER));
    }

    /**
     * {@return the agent who owns the best match of an account that has an owner in the roster}
     *
     * @param matches everybody who has the number, best first
     * @param account the CRM's id
     */
    public Optional<Agent> ownerAgent(List<Match> matches, String account) {
        return matches.stream()
                .map(Match::contact)
                .filter(contact -> contact.ref().account().equals(account))
                .flatMap(contact -> Optional.ofNullable(contact.owner()).stream())
                .flatMap(user -> roster.byUser(account, user).stream())
                .findFirst();
    }

    private Optional<Responsible> named(Call call, @Nullable Extension extension, Responsible.Policy why) {
        return Optional.ofNullable(extension)
                .flatMap(e -> roster.byExtension(call.id().pbx(), e))
                .map(agent -> new Responsible(agent.name(), why));
    }

    private static Optional<Extension> longest(Call call) {
        Map<Extension, Duration> talked = new HashMap<>();
        Instant end = call.endedAt() == null ? call.startedAt() : call.endedAt();
        for (Leg leg : call.legs()) {
            Party party = leg.party();
            Extension extension = party == null ? null : party.extension();
            Instant from = leg.answeredAt();
            Instant to = leg.endedAt() == null ? end : leg.endedAt();
            if (extension != null && from != null && from.isBefore(to)) {
                talked.merge(extension, Duration.between(from, to), Duration::plus);
            }
        }
        return call.answeredBy().stream().filter(talked::containsKey).reduce((a, b) -> longer(talked, a, b));
    }

    private static Extension longer(Map<Extension, Duration> talked, Extension first, Extension second) {
        Duration one = talked.getOrDefault(first, Duration.ZERO);
        return one.compareTo(talked.getOrDefault(second, Duration.ZERO)) >= 0 ? first : second;
    }
}
