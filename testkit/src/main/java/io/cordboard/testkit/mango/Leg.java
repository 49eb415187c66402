// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import java.util.LinkedHashMap;
import java.util.Map;

/** One leg that the sandbox plays. Used by the thread of its call; read by others once it is over. */
final class Leg {
    final String id;
    final String location;
    final Map<String, Object> from = new LinkedHashMap<>();
    final Map<String, Object> to = new LinkedHashMap<>();
    String commandId = "";
    String initiator = "";
    String recording = "";
    String state = "";
    long startedAt;
    long answeredAt;
    long endedAt;
    int seq;
    int reason;

    Leg(String id, String location) {
        this.id = id;
        this.location = location;
    }

    Leg from(String extension, String number) {
        return side(from, extension, number);
    }

    Leg to(String extension, String number) {
        return side(to, extension, number);
    }

    Leg with(String side, String name, String value) {
        if (!value.isEmpty()) {
            (side.equals("from") ? from : to).put(name, value);
        }
        return this;
    }

    Leg by(String command, String whose) {
        commandId = command;
        initiator = whose;
        return this;
    }

    String extension(String side) {
        return String.valueOf((side.equals("from") ? from : to).getOrDefault("extension", ""));
    }

    String number(String side) {
        return String.valueOf((side.equals("from") ? from : to).getOrDefault("number", ""));
    }

    boolean isOver() {
        return state.equals("Disconnected");
    }

    private Leg side(Map<String, Object> side, String extension, String number) {
        side.clear();
        if (!extension.isEmpty()) {
            side.put("extension", extension);
        }
        if (!number.isEmpty()) {
            side.put("number", number);
        }
        return this;
    }
}
