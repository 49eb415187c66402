// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels that exist, as the events that were sent tell. Safe for use by many threads. */
final class Channels {
    private final Map<String, Map<String, String>> channels = new LinkedHashMap<>();

    synchronized void note(String text) {
        Trace.Message message = new Trace.Message(0, text);
        String id = message.field("Uniqueid").orElse("");
        switch (message.event()) {
            case "Newchannel" -> {
                Map<String, String> fields = new LinkedHashMap<>(message.fields());
                message.variables().forEach((key, value) -> fields.put("var " + key, value));
                channels.put(id, fields);
            }
            case "Hangup" -> channels.remove(id);
            case "Newstate" -> change(id, message, "ChannelState");
            case "BridgeEnter" -> change(id, message, "BridgeUniqueid");
            case "BridgeLeave" -> Optional.ofNullable(channels.get(id)).ifPresent(c -> c.remove("BridgeUniqueid"));
            default -> {
                // Changes no channel.
            }
        }
    }

    private void change(String id, Trace.Message message, String field) {
        Map<String, String> channel = channels.get(id);
        if (channel != null) {
            message.field(field).ifPresent(value -> channel.put(field, value));
            message.field("Linkedid").ifPresent(value -> channel.put("Linkedid", value));
            message.variables().forEach((key, value) -> channel.put("var " + key, value));
        }
    }

    synchronized void clear() {
        channels.clear();
    }

    synchronized List<Map<String, String>> all() {
        return channels.values().stream()
                .<Map<String, String>>map(LinkedHashMap::new)
                .toList();
    }

    /** {@return the channels of the call that a channel belongs to; empty when there is no such channel} */
    synchronized List<Map<String, String>> callOf(String name) {
        Optional<String> call = channels.values().stream()
                .filter(channel -> name.equals(channel.get("Channel")))
                .map(channel -> String.valueOf(channel.get("Linkedid")))
                .findFirst();
        return all().stream()
                .filter(channel -> call.isPresent() && call.get().equals(channel.get("Linkedid")))
                .toList();
    }

    /** {@return the answer to CoreShowChannels} */
    List<String> show(String actionId, Instant now) {
        List<String> events = new ArrayList<>();
        List<Map<String, String>> all = all();
        for (Map<String, String> channel : all) {
            StringBuilder text = new StringBuilder("Event: CoreShowChannel\r\n");
            text.append("ActionID: ").append(actionId).append("\r\n");
            for (String field : List.of(
                    "Channel",
                    "ChannelState",
                    "CallerIDNum",
                    "CallerIDName",
                    "Context",
                    "Exten",
                    "Uniqueid",
                    "Linkedid")) {
                text.append(field)
                        .append(": ")
                        .append(channel.getOrDefault(field, ""))
                        .append("\r\n");
            }
            channel.forEach((key, value) -> {
                if (key.startsWith("var ")) {
                    text.append("ChanVariable: ")
                            .append(key.substring(4))
                            .append('=')
                            .append(value)
                            .append("\r\n");
                }
            });
            text.append("Duration: ").append(duration(channel, now)).append("\r\n");
            text.append("BridgeId: ")
                    .append(channel.getOrDefault("BridgeUniqueid", ""))
                    .append("\r\n");
            events.add(text.toString());
        }
        events.add("Event: CoreShowChannelsComplete\r\nActionID: " + actionId + "\r\nEventList: Complete\r\nListItems: "
                + all.size() + "\r\n");
        return events;
    }

    private static String duration(Map<String, String> channel, Instant now) {
        String since = channel.getOrDefault("Timestamp", "");
        long seconds = since.isEmpty() ? 0 : now.getEpochSecond() - new BigDecimal(since).longValue();
        long age = Math.min(Math.max(seconds, 0), 86_399);
        return String.format("%02d:%02d:%02d", age / 3600, age / 60 % 60, age % 60);
    }
}
