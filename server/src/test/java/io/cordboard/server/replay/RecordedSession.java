// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.testkit.asterisk.Play;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One recorded session, read without the help of the sandbox: what Asterisk said, and what the phones did meanwhile.
 *
 * @param name the scenario
 * @param messages what Asterisk said, in order, its answers to the recorder's own requests included
 * @param expected the calls that took place
 */
record RecordedSession(String name, List<Message> messages, List<JsonNode> expected) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A message, and when it was sent. */
    record Message(long millis, String text) {
        List<String> values(String field) {
            return text.lines()
                    .filter(line -> line.startsWith(field + ": "))
                    .map(line -> line.substring(field.length() + 2))
                    .toList();
        }

        boolean isEvent() {
            return text.startsWith("Event: ");
        }

        /** Whether it belongs to the login, which every connection has for itself. */
        boolean isHandshake() {
            return text.startsWith("Asterisk Call Manager") || text.startsWith("Event: FullyBooted");
        }
    }

    static List<RecordedSession> all() throws IOException {
        List<RecordedSession> sessions = new ArrayList<>();
        for (var trace : JSON.readTree(text("expected.json")).get("traces").properties()) {
            List<JsonNode> calls = new ArrayList<>();
            trace.getValue().forEach(calls::add);
            sessions.add(new RecordedSession(trace.getKey(), read(text(trace.getKey() + ".ami.txt")), calls));
        }
        return sessions;
    }

    /** Whether a moment, as the API writes it, lies within this session. */
    boolean covers(String moment) {
        Instant at = Instant.parse(moment);
        List<Instant> times = messages.stream()
                .flatMap(message -> message.values("Timestamp").stream())
                .map(text -> Instant.ofEpochMilli(
                        new BigDecimal(text).movePointRight(3).longValue()))
                .sorted()
                .toList();
        return !at.isBefore(times.get(0)) && !at.isAfter(times.get(times.size() - 1));
    }

    /** The ids that calls of this session can have. */
    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        for (Message message : messages) {
            ids.addAll(message.values("Linkedid"));
        }
        return ids;
    }

    private static String text(String file) throws IOException {
        String shared = System.getProperty("cordboard.shared");
        if (shared != null) {
            return Files.readString(Path.of(shared, "vendors", "asterisk", "traces", file));
        }
        try (InputStream in = Play.class.getResourceAsStream("traces/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Message> read(String file) {
        List<Message> messages = new ArrayList<>();
        for (String part : file.split("(?m)^#@ ", -1)) {
            List<String> lines = part.lines().toList();
            String[] head = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
            if (head.length == 3 && head[2].equals("S")) {
                List<String> body = lines.subList(1, lines.size()).stream()
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
                messages.add(new Message(Long.parseLong(head[0]), String.join("\r\n", body) + "\r\n\r\n"));
            }
        }
        return messages;
    }
}
