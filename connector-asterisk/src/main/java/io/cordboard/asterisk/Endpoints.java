// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.Extension;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from a channel's name whose it is: {@code PJSIP/101-0000008f} is agent 101's phone. Immutable. */
final class Endpoints {
    private static final Pattern CHANNEL =
            Pattern.compile("([A-Za-z0-9_]+)/(.+?)(?:-(?:[0-9a-f]{8}|[0-9]{1,6}))?(;[12])?");
    private static final Pattern LOCAL = Pattern.compile("(.+)@([^@/]+?)(?:/[a-z]+)?");

    private final List<Pattern> trunks;
    private final Pattern agents;
    private final Set<String> localAgentContexts;
    private final Set<String> inboundContexts;

    Endpoints(AsteriskSettings settings) {
        this.trunks = settings.trunks().stream().map(Endpoints::glob).toList();
        this.agents = settings.agentPattern();
        this.localAgentContexts = Set.copyOf(settings.localAgentContexts());
        this.inboundContexts = Set.copyOf(settings.inboundContexts());
    }

    /** {@return whose channel has this name} */
    Endpoint of(String channel) {
        Matcher matcher = CHANNEL.matcher(channel);
        if (!matcher.matches()) {
            return new Endpoint(Endpoint.Kind.TRUNK, null);
        }
        String technology = matcher.group(1);
        String name = matcher.group(2);
        if ("Local".equalsIgnoreCase(technology)) {
            return local(name, matcher.group(3));
        }
        String device = technology + "/" + name;
        if (trunks.stream().anyMatch(trunk -> trunk.matcher(device).matches())) {
            return new Endpoint(Endpoint.Kind.TRUNK, null);
        }
        Extension agent = agent(name);
        return new Endpoint(agent == null ? Endpoint.Kind.TRUNK : Endpoint.Kind.AGENT, agent);
    }

    private Endpoint local(String name, @Nullable String half) {
        Matcher matcher = LOCAL.matcher(name);
        if (!matcher.matches()) {
            return new Endpoint(Endpoint.Kind.LOCAL, null);
        }
        Extension agent = agent(matcher.group(1));
        String context = matcher.group(2);
        boolean first = !";2".equals(half);
        if (agent != null && first && localAgentContexts.contains(context)) {
            return new Endpoint(Endpoint.Kind.AGENT, agent);
        }
        if (first && inboundContexts.contains(context)) {
            return new Endpoint(Endpoint.Kind.LOCAL_TRUNK, null);
        }
        return new Endpoint(Endpoint.Kind.LOCAL, first ? agent : null);
    }

    /** {@return the agent whose number this is, or null} */
    @Nullable
    Extension agent(String name) {
        Matcher matcher = agents.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        String number = matcher.groupCount() > 0 && matcher.group(1) != null ? matcher.group(1) : name;
        return number.matches("[A-Za-z0-9*#_.\\-]{1,20}") ? new Extension(number) : null;
    }

    /** {@return the agent of a queue member's interface such as {@code PJSIP/101} or {@code Local/101@from-queue/n}} */
    @Nullable
    Extension member(String device) {
        Endpoint endpoint = of(device);
        return endpoint.agent();
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }
}
