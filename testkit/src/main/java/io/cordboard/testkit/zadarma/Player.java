// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.Knobs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Plays one call: what the PBX would do, and what it would tell. Used by one thread. */
final class Player {
    private final Books books;
    private final Knobs knobs;
    private final Post post;
    private final Script script;
    private final Played call;
    private final double speed;
    private long answeredNanos;

    Player(Sandboxed parts, Script script, Played call) {
        this.books = parts.books();
        this.knobs = parts.knobs();
        this.post = parts.post();
        this.script = script;
        this.call = call;
        this.speed = Math.max(0.01, script.number("speed", knobs.number("speed")));
    }

    void play() {
        if (script.isIncoming()) {
            incoming();
        } else {
            outgoing();
        }
        post.flush();
    }

    // --- incoming

    private void incoming() {
        Map<String, Object> answer = post.send(incoming("NOTIFY_START", call.startedAt()));
        call.answered(answer);
        again(incoming("NOTIFY_START", call.startedAt()));
        String redirect = String.valueOf(answer.getOrDefault("redirect", ""));
        if (String.valueOf(answer.get("hangup")).equals("1")) {
            end("failed", "");
        } else if (redirect.equals("blacklist")) {
            end("busy", "");
        } else if (script.kind().equals("menu")) {
            menu();
        } else {
            ring(redirect, answer);
        }
    }

    private void menu() {
        pause(1);
        Map<String, String> pressed = incoming("NOTIFY_IVR", call.startedAt());
        pressed.put("wait_dtmf[name]", "main_menu");
        pressed.put("wait_dtmf[digits]", "1");
        pressed.put("wait_dtmf[default_behaviour]", "");
        post.send(pressed);
        pause(1);
        end("cancel", "");
    }

    private void ring(String redirect, Map<String, Object> answer) {
        List<String> phones = phones();
        if (knobs.texts("extensions").contains(redirect)) {
            if (script.texts("unavailable", List.of()).contains(redirect)) {
                rings(redirect);
                double patience = answer.get("return_timeout") instanceof Number n ? n.doubleValue() : 0;
                pause(patience > 0 ? patience : script.number("ringSeconds", 3));
                if (patience <= 0) {
                    end("no answer", "");
                    return;
                }
            } else {
                phones = List.of(redirect);
            }
        }
        phones.forEach(this::rings);
        pause(script.number("ringSeconds", 3));
        if (script.disposition().equals("answered")) {
            talk(phones.get(script.kind().equals("ringall") ? phones.size() - 1 : 0));
        } else {
            end(script.disposition(), "");
        }
    }

    private List<String> phones() {
        List<String> all = knobs.texts("extensions");
        String one = script.text("extension", all.isEmpty() ? "100" : all.get(0));
        return script.texts("ring", script.kind().equals("ringall") && !all.isEmpty() ? all : List.of(one));
    }

    private void rings(String extension) {
        call.rings(extension);
        Map<String, String> fields = incoming("NOTIFY_INTERNAL", stage());
        fields.put("internal", extension);
        post.send(fields);
        again(fields);
    }

    private void talk(String winner) {
        answeredNanos = System.nanoTime();
        Map<String, String> answer = answers(winner);
        boolean late = script.kind().equals("end-before-answer");
        if (!late) {
            post.send(answer);
            again(answer);
        }
        pause(script.number("talkSeconds", 10));
        String last = winner;
        if (script.kind().equals("transfer")) {
            last = script.text("target", "101");
            rings(last);
            pause(script.number("ringSeconds", 3));
            post.send(answers(last));
            pause(script.number("talkSeconds", 10));
        }
        call.recorded(recordingName());
        if (late) {
            recorded();
            over(endOfIncoming(winner, last, "answered"));
            post.send(answer);
        } else {
            over(endOfIncoming(winner, last, "answered"));
            recorded();
        }
    }

    private Map<String, String> answers(String extension) {
        call.answers(extension);
        Map<String, String> fields = base("NOTIFY_ANSWER", stage());
        fields.put("caller_id", call.from());
        fields.put("destination", call.to());
        fields.put("internal", extension);
        return fields;
    }

    private void end(String disposition, String internal) {
        boolean claimed = script.kind().equals("no-record");
        if (claimed) {
            call.recorded(call.startedAt().getEpochSecond() + "." + books.digits(5));
        }
        over(endOfIncoming(internal, internal, disposition));
        if (claimed && knobs.on("records")) {
            // Announced, and never there.
            post.send(record());
        }
    }

    private Map<String, String> endOfIncoming(String internal, String last, String disposition) {
        Map<String, String> fields = incoming("NOTIFY_END", call.startedAt());
        if (!internal.isEmpty()) {
            fields.put("internal", internal);
        }
        if (!last.isEmpty() && knobs.on("undocumented")) {
            fields.put("last_internal", last);
        }
        ended(fields, disposition);
        return fields;
    }

    // --- outgoing

    private void outgoing() {
        boolean agentAnswers = !script.kind().equals("callback-agent");
        boolean halves = script.isCallback() && knobs.text("callbackHalves").equals("two");
        String agentsHalf = halves && agentAnswers ? "out_" + books.hex(20) : call.id();
        if (script.isCallback()) {
            post.send(outgoing("NOTIFY_OUT_START", agentsHalf, call.from(), "callback_leg1"));
            pause(script.number("ringSeconds", 3));
        }
        if (!agentAnswers) {
            Map<String, String> fields = outgoing("NOTIFY_OUT_END", agentsHalf, call.from(), "callback_leg1");
            ended(fields, "no answer");
            over(fields);
            return;
        }
        Map<String, String> end = callCustomer();
        if (halves) {
            Map<String, String> other = outgoing("NOTIFY_OUT_END", agentsHalf, call.from(), "callback_leg1");
            other.put("duration", end.getOrDefault("duration", "0"));
            other.put("disposition", "answered");
            other.put("status_code", "16");
            other.put("is_recorded", "0");
            post.send(other);
        }
        if (script.disposition().equals("answered")) {
            recorded();
        }
    }

    private Map<String, String> callCustomer() {
        String leg = script.isCallback() ? "callback_leg2" : "normal";
        Map<String, String> start = outgoing("NOTIFY_OUT_START", call.id(), call.to(), leg);
        post.send(start);
        again(start);
        call.rings(call.to());
        pause(script.number("ringSeconds", 3));
        if (script.disposition().equals("answered")) {
            answeredNanos = System.nanoTime();
            call.answers(call.from());
            Map<String, String> fields = base("NOTIFY_ANSWER", stage());
            fields.put("caller_id", "0");
            fields.put("destination", call.to());
            fields.put("internal", call.from());
            post.send(fields);
            pause(script.number("talkSeconds", 10));
            call.recorded(recordingName());
        }
        Map<String, String> end = outgoing("NOTIFY_OUT_END", call.id(), call.to(), leg);
        ended(end, script.disposition());
        over(end);
        return end;
    }

    private Map<String, String> outgoing(String event, String id, String destination, String callType) {
        Map<String, String> fields = base(event, call.startedAt());
        fields.put("pbx_call_id", id);
        fields.put("caller_id", "0");
        fields.put("internal", call.from());
        fields.put("destination", destination);
        if (knobs.on("undocumented")) {
            fields.put("calltype", callType);
        }
        return fields;
    }

    // --- both

    private void ended(Map<String, String> fields, String disposition) {
        long seconds = 0;
        if (disposition.equals("answered")) {
            double lasted = (System.nanoTime() - answeredNanos) / 1e9;
            seconds = (long) script.number("seconds", Math.max(1.0, Math.rint(lasted)));
        }
        call.over(disposition, seconds, books.now());
        fields.put("duration", Long.toString(seconds));
        fields.put("disposition", disposition);
        fields.put(
                "status_code",
                switch (disposition) {
                    case "busy" -> "17";
                    case "no answer" -> "19";
                    case "failed" -> "1";
                    default -> "16";
                });
        Object name = call.state().get("recording");
        fields.put("is_recorded", name == null ? "0" : "1");
        if (name != null) {
            fields.put("call_id_with_rec", String.valueOf(name));
        }
    }

    private void over(Map<String, String> fields) {
        post.send(fields);
        again(fields);
    }

    private String recordingName() {
        String name = books.now().getEpochSecond() + "." + books.digits(5);
        double readyMillis = script.kind().equals("late-record")
                ? script.number("readyMillis", knobs.number("recordMillis") * 3)
                : script.number("readyMillis", knobs.number("recordMillis"));
        books.recording(name, books.now().plus(Duration.ofMillis((long) (readyMillis / speed))));
        return name;
    }

    private void recorded() {
        if (knobs.on("records")) {
            post.send(record());
            again(record());
        }
    }

    private Map<String, String> record() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event", "NOTIFY_RECORD");
        fields.put("pbx_call_id", call.id());
        fields.put("call_id_with_rec", String.valueOf(call.state().get("recording")));
        return fields;
    }

    private Map<String, String> incoming(String event, Instant start) {
        Map<String, String> fields = base(event, start);
        fields.put("caller_id", call.from());
        fields.put("called_did", call.to());
        if (knobs.on("undocumented")) {
            fields.put("calltype", "normal");
        }
        return fields;
    }

    private Map<String, String> base(String event, Instant start) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("call_start", books.wall(start));
        fields.put("pbx_call_id", call.id());
        return fields;
    }

    /** {@return what a later webhook carries as the start: whether it is the call's or its own is not documented} */
    private Instant stage() {
        return knobs.on("stageStart") ? books.now() : call.startedAt();
    }

    private void again(Map<String, String> fields) {
        if (script.twice()) {
            post.send(new LinkedHashMap<>(fields));
        }
    }

    private void pause(double seconds) {
        try {
            TimeUnit.MICROSECONDS.sleep((long) (seconds * 1_000_000 / speed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
