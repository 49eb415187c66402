// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import io.cordboard.agent.AgentRoster;
import io.cordboard.connector.Settings;
import io.cordboard.playbook.Responsible.Policy;
import io.cordboard.playbook.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the section {@code rules}. */
final class RuleKeys {
    private RuleKeys() {}

    static Rules read(Settings settings, AgentRoster agents) {
        Rules usual = Rules.DEFAULT;
        Policy responsible = choice(
                settings,
                "responsible",
                usual.responsible(),
                List.of(Policy.LAST_TALKED, Policy.FIRST_TALKED, Policy.LONGEST_TALKED, Policy.CRM_OWNER));
        Policy missedTo = choice(settings, "missedTo", usual.missedTo(), List.of(Policy.CRM_OWNER, Policy.LAST_RANG));
        Optional<String> fallback = settings.optionalText("fallbackAgent");
        fallback.filter(name -> !agents.all().isEmpty() && agents.byName(name).isEmpty())
                .ifPresent(name -> settings.problem(
                        "fallbackAgent", "must be the name of one of the agents, but is \"" + name + "\""));
        Rules.UnknownCaller unknownCaller =
                choice(settings, "unknownCaller", usual.unknownCaller(), Arrays.asList(Rules.UnknownCaller.values()));
        Rules.MissedTicket missedTicket =
                choice(settings, "missedTicket", usual.missedTicket(), Arrays.asList(Rules.MissedTicket.values()));
        return new Rules(
                responsible,
                missedTo,
                fallback.orElse(null),
                unknownCaller,
                missedTicket,
                settings.flag("logInternal", usual.logInternal()),
                settings.flag("recordings", usual.recordings()));
    }

    private static <E extends Enum<E>> E choice(Settings settings, String key, E usual, List<E> allowed) {
        List<String> words = allowed.stream().map(RuleKeys::word).toList();
        String chosen = settings.choice(key, word(usual), words);
        return allowed.get(words.indexOf(chosen));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
