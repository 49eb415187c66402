// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A recorded session of a real Asterisk 22: what it said, message by message, as it stood on the wire. Immutable.
 *
 * @param name the scenario, such as {@code inbound-answered}
 * @param messages what Asterisk said after the login, in order; answers to requests are not among it
 */
public record Trace(String name, List<Message> messages) {
    private static final String FOLDER = "traces/";
    private static final List<String> HANDSHAKE = List.of("FullyBooted");

    /** Copies the list. */
    public Trace {
        messages = List.copyOf(messages);
    }

    /**
     * One event as it stood on the wire. Immutable.
     *
     * @param millis when it was sent, since the connection was made
     * @param text its lines, each ended by CRLF, without the empty line
     */
    public record Message(long millis, String text) {
        /** {@return the event's name} */
        public String event() {
            return field("Event").orElse("");
        }

        /**
         * {@return the first field of a name}
         *
         * @param name as written on the wire
         */
        public Optional<String> field(String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        /** {@return the fields, of repeated ones the first} */
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            text.lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.putIfAbsent(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            });
            return fields;
        }

        /** {@return the channel variables that came with it} */
        public Map<String, String> variables() {
            Map<String, String> variables = new LinkedHashMap<>();
            text.lines().filter(line -> line.startsWith("ChanVariable:")).forEach(line -> {
                String variable = line.substring("ChanVariable:".length()).strip();
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.put(variable.substring(0, equals), variable.substring(equals + 1));
                }
            });
            return variables;
        }
    }

    /**
     * {@return a recorded session}
     *
     * @param name the scenario
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Trace load(String name) {
        if (!name.matches("[a-z0-9-]{1,60}")) {
            throw new IllegalArgumentException("not the name of a trace: \"" + name + "\"");
        }
        try (InputStream in = Trace.class.getResourceAsStream(FOLDER + name + ".ami.txt")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no trace \"" + name + "\"");
            }
            return new Trace(name, parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what each recorded call really was, read from the phones' side, as JSON} */
    public static byte[] expected() {
        try (InputStream in = Trace.class.getResourceAsStream(FOLDER + "expected.json")) {
            if (in == null) {
                throw new IllegalStateException("the traces are not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the same session with its events in another order or said more often} */
    Trace in(Play.Manner manner) {
        return switch (manner) {
            case RECORDED -> this;
            case TWICE ->
                new Trace(
                        name,
                        messages.stream()
                                .flatMap(message -> Stream.of(message, message))
                                .toList());
            case SHUFFLED -> new Trace(name, shuffled());
        };
    }

    private List<Message> shuffled() {
        List<Message> out = new ArrayList<>();
        int start = 0;
        for (Message message : messages) {
            boolean same = !out.isEmpty() && out.get(out.size() - 1).millis() == message.millis();
            // What is said of a channel never comes before the channel itself.
            if (!same || message.event().equals("Newchannel")) {
                start = out.size() + (message.event().equals("Newchannel") ? 1 : 0);
                out.add(message);
            } else {
                out.add(start, message);
            }
        }
        return out;
    }

    /** {@return the end of the session, from the first event of a name on} */
    Trace from(String event) {
        return new Trace(
                name,
                messages.stream()
                        .dropWhile(message -> !message.event().equals(event))
                        .toList());
    }

    /** {@return what the first event of a name says} */
    Message first(String event) {
        return messages.stream()
                .filter(message -> message.event().equals(event))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + event + " in " + name));
    }

    private static List<Message> parse(BufferedReader reader) throws IOException {
        List<Message> messages = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        long millis = 0;
        boolean asterisk = false;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("#@ ")) {
                keep(messages, asterisk, millis, text);
                millis = Long.parseLong(line.substring(3, line.indexOf(' ', 3)));
                asterisk = line.endsWith(" S");
            } else if (!line.startsWith("#") && !line.isEmpty()) {
                text.append(line).append("\r\n");
            }
        }
        keep(messages, asterisk, millis, text);
        return messages;
    }

    private static void keep(List<Message> messages, boolean asterisk, long millis, StringBuilder text) {
        Message message = new Message(millis, text.toString());
        text.setLength(0);
        // A list that Asterisk sent on request is an answer, too.
        boolean answer =
                message.field("ActionID").isPresent() && !message.event().equals("OriginateResponse");
        if (asterisk && !message.event().isEmpty() && !answer && !HANDSHAKE.contains(message.event())) {
            messages.add(message);
        }
    }
}
