// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.Settings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one Asterisk and how to read it. {@link #toString()} hides the secret. Immutable.
 *
 * @param ami where the manager interface listens, and as whom to log in
 * @param agi where the FastAGI server for routing listens, or null for no routing
 * @param trunks patterns with {@code *} of channels that lead outside, such as {@code PJSIP/trunk*}; when empty,
 *     everything that is no agent and not Local does
 * @param agentPattern which endpoint names are agents' phones; its first group, if it has one, is the extension
 * @param localAgentContexts contexts whose Local channels are agents themselves
 * @param inboundContexts contexts whose Local channels stand for calls from outside
 * @param variables the channel variables that the dial plan sets
 * @param dial how a call for an agent is started
 * @param recordings where recordings are, or null when they cannot be fetched
 * @param timing how long to wait for what
 */
public record AsteriskSettings(
        Ami ami,
        @Nullable Address agi,
        List<String> trunks,
        Pattern agentPattern,
        List<String> localAgentContexts,
        List<String> inboundContexts,
        Variables variables,
        Dial dial,
        @Nullable Place recordings,
        Timing timing) {
    private static final Pattern DEFAULT_AGENTS = Pattern.compile("[0-9]{2,6}");
    private static final List<String> DEFAULT_INBOUND = List.of("from-trunk", "from-pstn", "from-external");
    private static final Settings.Range PORTS = new Settings.Range(1, 65_535);

    /** Copies the lists. */
    public AsteriskSettings {
        trunks = List.copyOf(trunks);
        localAgentContexts = List.copyOf(localAgentContexts);
        inboundContexts = List.copyOf(inboundContexts);
    }

    /**
     * {@return the settings for one Asterisk, with the defaults for everything else}
     *
     * @param ami where and as whom
     */
    public static AsteriskSettings of(Ami ami) {
        return new AsteriskSettings(
                ami,
                null,
                List.of(),
                DEFAULT_AGENTS,
                List.of("local-agents"),
                DEFAULT_INBOUND,
                Variables.DEFAULT,
                Dial.DEFAULT,
                null,
                Timing.DEFAULT);
    }

    /**
     * {@return the same settings with another way to wait}
     *
     * @param other how long to wait for what
     */
    public AsteriskSettings with(Timing other) {
        return new AsteriskSettings(
                ami,
                agi,
                trunks,
                agentPattern,
                localAgentContexts,
                inboundContexts,
                variables,
                dial,
                recordings,
                other);
    }

    /**
     * {@return the settings in a section of a configuration}
     *
     * @param section the section; the caller finishes it
     */
    static AsteriskSettings read(Settings section) {
        Ami ami = new Ami(
                new Address(section.text("host"), section.integer("port", 5038, PORTS)),
                section.text("username"),
                section.text("secret"));
        return new AsteriskSettings(
                ami,
                section.optionalText("agi").map(text -> address(section, text)).orElse(null),
                section.texts("trunks"),
                pattern(section),
                orElse(section.texts("localAgentContexts"), List.of("local-agents")),
                orElse(section.texts("inboundContexts"), DEFAULT_INBOUND),
                Variables.read(section),
                Dial.read(section),
                place(section),
                Timing.read(section));
    }

    private static List<String> orElse(List<String> given, List<String> fallback) {
        return given.isEmpty() ? fallback : given;
    }

    private static @Nullable Address address(Settings section, String text) {
        int colon = text.lastIndexOf(':');
        Optional<Integer> port = Optional.empty();
        try {
            port = Optional.of(Integer.parseInt(text.substring(colon + 1))).filter(p -> p > 0 && p < 65_536);
        } catch (NumberFormatException e) {
            // Reported below, together with a missing colon.
        }
        if (colon < 1 || port.isEmpty()) {
            section.problem("agi", "must be host:port such as 127.0.0.1:4573, but is \"" + text + "\"");
            return null;
        }
        return new Address(text.substring(0, colon), port.get());
    }

    private static Pattern pattern(Settings section) {
        Optional<String> text = section.optionalText("agentPattern");
        try {
            return text.map(Pattern::compile).orElse(DEFAULT_AGENTS);
        } catch (PatternSyntaxException e) {
            section.problem("agentPattern", "must be a regular expression: " + e.getDescription());
            return DEFAULT_AGENTS;
        }
    }

    private static @Nullable Place place(Settings section) {
        Optional<String> folder = section.optionalText("recordings.folder");
        boolean url = section.has("recordings.url");
        if (folder.isPresent() && url) {
            section.problem("recordings.url", "excludes recordings.folder: give one of them");
        }
        try {
            Path path = folder.map(Path::of).orElse(null);
            URI uri = url ? section.uri("recordings.url") : null;
            return path == null && uri == null ? null : new Place(path, uri);
        } catch (InvalidPathException e) {
            section.problem("recordings.folder", "must be a folder: " + e.getReason());
            return null;
        }
    }

    /**
     * A host and a port. Immutable.
     *
     * @param host the host's name or address
     * @param port the port
     */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * The manager interface. Immutable.
     *
     * @param address where it listens
     * @param username the user of manager.conf
     * @param secret that user's secret
     */
    public record Ami(Address address, String username, String secret) {
        @Override
        public String toString() {
            return username + "@" + address;
        }
    }

    /**
     * The names of the channel variables that the dial plan sets. Immutable.
     *
     * @param did the number that was dialled
     * @param recording the name of the recording's file
     * @param callId the id of a click-to-call request
     * @param responsible what the FastAGI script sets: the extension to ring first
     */
    public record Variables(String did, String recording, String callId, String responsible) {
        /** The names that the documentation uses. */
        public static final Variables DEFAULT = new Variables("CRM_DID", "CRM_REC", "CRM_CALL_ID", "CRM_DEST");

        private static Variables read(Settings section) {
            return new Variables(
                    section.optionalText("didVariable").orElse(DEFAULT.did),
                    section.optionalText("recVariable").orElse(DEFAULT.recording),
                    section.optionalText("callIdVariable").orElse(DEFAULT.callId),
                    section.optionalText("responsibleVariable").orElse(DEFAULT.responsible));
        }
    }

    /**
     * How a call for an agent is started. Immutable.
     *
     * @param context the context in which the customer's number is dialled
     * @param channel the agent's channel, with <code>{agent}</code> for the extension
     * @param timeout how long the agent's phone rings
     */
    public record Dial(String context, String channel, Duration timeout) {
        /** Through PJSIP and the context of the agents' phones, 30 seconds. */
        public static final Dial DEFAULT = new Dial("from-internal", "PJSIP/{agent}", Duration.ofSeconds(30));

        private static Dial read(Settings section) {
            String channel = section.optionalText("dial.channel").orElse(DEFAULT.channel);
            if (!channel.contains("{agent}")) {
                section.problem("dial.channel", "must contain {agent}, but is \"" + channel + "\"");
            }
            return new Dial(
                    section.optionalText("dial.context").orElse(DEFAULT.context),
                    channel,
                    section.duration("dial.timeout", DEFAULT.timeout));
        }
    }

    /**
     * Where recordings are: one of the two. Immutable.
     *
     * @param folder the folder, or null
     * @param url the address below which they are served, or null
     */
    public record Place(@Nullable Path folder, @Nullable URI url) {}

    /**
     * How long to wait for what. Immutable.
     *
     * @param answer for the answer to a request
     * @param silence after this long without a sign of life the connection counts as dead
     * @param retry between two attempts to connect, at most
     * @param route for a routing decision, before the PBX goes its own way
     */
    public record Timing(Duration answer, Duration silence, Duration retry, Duration route) {
        /** Four seconds, fifteen seconds, ten seconds, 50 milliseconds. */
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(4), Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(50));

        private static Timing read(Settings section) {
            return new Timing(
                    positive(section, "answerTimeout", DEFAULT.answer),
                    positive(section, "silenceTimeout", DEFAULT.silence),
                    positive(section, "retryInterval", DEFAULT.retry),
                    positive(section, "routeTimeout", DEFAULT.route));
        }

        private static Duration positive(Settings section, String key, Duration fallback) {
            Duration value = section.duration(key, fallback);
            if (value.toMillis() < 10) {
                section.problem(key, "must be at least 10ms");
                return fallback;
            }
            return value;
        }
    }
}
