// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Knobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells what happens to one call: at once, twice, or all of it in the wrong order at the end. Used by one thread. */
final class Teller {
    private final Books books;
    private final Knobs knobs;
    private final Post post;
    private final Script script;
    private final Played call;
    private final List<Map.Entry<String, Map<String, Object>>> heldBack = new ArrayList<>();

    Teller(Sandboxed parts, Script script, Played call) {
        this.books = parts.books();
        this.knobs = parts.knobs();
        this.post = parts.post();
        this.script = script;
        this.call = call;
    }

    void leg(Leg leg, String state, int code, long at) {
        leg.seq++;
        leg.state = state;
        switch (state) {
            case "Connected" -> leg.answeredAt = leg.answeredAt == 0 ? at : leg.answeredAt;
            case "Disconnected" -> {
                leg.endedAt = at;
                leg.reason = code;
            }
            default -> leg.startedAt = leg.startedAt == 0 ? at : leg.startedAt;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("entry_id", call.entry());
        json.put("call_id", leg.id);
        json.put("timestamp", stamp(at));
        json.put("seq", leg.seq);
        json.put("call_state", state);
        json.put("location", leg.location);
        json.put("from", new LinkedHashMap<>(leg.from));
        json.put("to", new LinkedHashMap<>(leg.to));
        if (state.equals("Disconnected")) {
            json.put("disconnect_reason", code);
        }
        if (!leg.commandId.isEmpty()) {
            json.put("command_id", leg.commandId);
        }
        if (!leg.initiator.isEmpty()) {
            json.put("callback_initiator", leg.initiator);
        }
        if (script.kind().equals("tracked")) {
            json.put("dct", Map.of("type", 1, "number", call.to()));
        }
        if (script.kind().equals("campaign")) {
            json.put("task_id", 4711);
        }
        send("events/call", json);
    }

    void over(String extension, long at) {
        boolean inbound = call.direction() == 1;
        String agent = inbound ? extension : call.from();
        String sip = agent.isEmpty() ? "" : "sip:u" + agent + "@vpbx400000000.mangosip.ru";
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("entry_id", call.entry());
        json.put("call_direction", call.direction());
        json.put("from", inbound ? side("", call.from()) : side(agent, sip));
        json.put("to", inbound ? side(agent, sip) : to());
        if (call.direction() != 0) {
            json.put("line_number", inbound ? call.to() : knobs.text("line"));
        }
        json.put("create_time", stamp(call.startedAt().getEpochSecond()));
        json.put("forward_time", stamp(call.startedAt().getEpochSecond()));
        json.put("talk_time", call.talkAt() == 0 ? 0 : stamp(call.talkAt()));
        json.put("end_time", stamp(at));
        // The vendor's own example has a call that ended in the menu as a success.
        json.put("entry_result", call.talkAt() > 0 || script.kind().equals("menu") ? 1 : 0);
        json.put("disconnect_reason", script.kind().equals("menu") ? 1170 : call.reason());
        if (knobs.on("summaries")) {
            send("events/summary", json);
        }
    }

    void recording(Leg leg, String extension, String state, long at) {
        if (leg.recording.isEmpty()) {
            leg.recording = books.id("1:10004629:");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recording_id", leg.recording);
        json.put("recording_state", state);
        json.put("seq", state.equals("Started") ? 1 : 2);
        json.put("entry_id", call.entry());
        json.put("call_id", leg.id);
        json.put("extension", extension);
        json.put("timestamp", stamp(at));
        if (state.equals("Completed")) {
            boolean kept = !script.kind().equals("no-record");
            json.put("completion_code", kept ? 1000 : 4002);
            json.put("recipient", "Cloud");
        }
        if (knobs.on("records")) {
            send("events/recording", json);
        }
    }

    /** The file is stored some time after the call, and that is told on its own. */
    void recorded(Leg leg, String extension, long at, double speed) {
        recording(leg, extension, "Completed", at);
        double usual = knobs.number("recordMillis");
        double millis = script.number("readyMillis", script.kind().equals("late-record") ? usual * 3 : usual) / speed;
        Duration wait = Duration.ofMillis((long) millis);
        books.recording(leg.recording, books.now().plus(wait));
        call.recorded(leg.recording);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("entry_id", call.entry());
        json.put("product_id", 300022532);
        json.put("user_id", Users.id(extension));
        json.put("timestamp", stamp(at + (long) (millis * speed / 1000)));
        json.put("recording_id", leg.recording);
        if (knobs.on("records")) {
            post.sendLater(wait, "events/record/added", json);
        }
    }

    /** Sends what was held back. */
    void flush() {
        List<Map.Entry<String, Map<String, Object>>> due = new ArrayList<>(heldBack);
        heldBack.clear();
        if (script.kind().equals("end-before-answer")) {
            Collections.reverse(due);
        } else {
            due = books.shuffled(due);
        }
        due.forEach(event -> post.send(event.getKey(), event.getValue()));
    }

    private void send(String path, Map<String, Object> json) {
        switch (script.kind()) {
            case "end-before-answer", "shuffled" -> heldBack.add(Map.entry(path, json));
            case "duplicate" -> {
                post.send(path, json);
                post.send(path, json);
            }
            default -> post.send(path, json);
        }
    }

    private Map<String, Object> to() {
        return call.direction() == 0
                ? side(call.to(), "sip:u" + call.to() + "@vpbx400000000.mangosip.ru")
                : side("", call.to());
    }

    private long stamp(long at) {
        return at + (knobs.text("clock").equals("moscow") ? 10_800 : 0);
    }

    private static Map<String, Object> side(String extension, String number) {
        Map<String, Object> side = new LinkedHashMap<>();
        if (!extension.isEmpty()) {
            side.put("extension", extension);
        }
        if (!number.isEmpty()) {
            side.put("number", number);
        }
        return side;
    }
}
