// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Extension;
import io.cordboard.contact.Match;
import io.cordboard.directory.Directory;
import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.Reading;
import io.cordboard.pbx.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides from memory who a caller is and which agent is responsible. */
final class LiveRouter implements Router {
    private final Directory directory;
    private final AgentRoster roster;
    private final Map<String, NumberPlan> plans;
    private final NumberPlan otherwise;

    LiveRouter(Directory directory, AgentRoster roster, LiveCalls.Numbers numbers) {
        this.directory = directory;
        this.roster = roster;
        this.plans = numbers.byPbx();
        this.otherwise = numbers.otherwise();
    }

    @Override
    public Route route(Question question) {
        NumberPlan plan = plans.getOrDefault(question.pbx(), otherwise);
        if (!(plan.read(question.caller()) instanceof Reading.Phone phone)) {
            return Route.DEFAULT;
        }
        List<Match> matches = directory.lookup(phone.number()).matches();
        Optional<Extension> extension = matches.stream()
                .flatMap(match -> owner(match).stream())
                .flatMap(agent -> agent.extension(question.pbx()).stream())
                .findFirst();
        return new Route(
                matches.stream()
                        .findFirst()
                        .map(match -> match.contact().name())
                        .orElse(null),
                extension.orElse(null));
    }

    private Optional<Agent> owner(Match match) {
        return Optional.ofNullable(match.contact().owner())
                .flatMap(user -> roster.byUser(match.contact().ref().account(), user));
    }
}
