// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the manager interface answers. It echoes the ActionID that it was sent. Safe for use by many threads. */
final class AmiAnswers {
    private static final String CHALLENGE = "115541009";
    private static final Set<String> LOGIN = Set.of("challenge", "login", "logoff", "coresettings", "ping");
    private static final int MAX_ACTIONS = 1_000;
    private static final List<String> MEMBERS = List.of("PJSIP/101", "PJSIP/102", "Local/201@local-agents/n");

    private final AsteriskSandbox sandbox;
    private final Channels channels;
    private final Clock clock;
    private final List<Map<String, String>> actions = new CopyOnWriteArrayList<>();
    private final Set<String> paused = new LinkedHashSet<>();
    private volatile boolean refusing;
    private volatile String orderTrace = "originate-answered";
    private volatile double orderSpeed = 10;

    AmiAnswers(AsteriskSandbox sandbox, Channels channels, Clock clock) {
        this.sandbox = sandbox;
        this.channels = channels;
        this.clock = clock;
    }

    void refuseLogins(boolean refused) {
        refusing = refused;
    }

    void answerOrders(String trace, double speed) {
        orderTrace = trace;
        orderSpeed = speed;
    }

    double orderSpeed() {
        return orderSpeed;
    }

    List<Map<String, String>> actions() {
        return List.copyOf(actions);
    }

    void reset() {
        actions.clear();
        refusing = false;
        synchronized (paused) {
            paused.clear();
        }
    }

    void answer(AmiWire wire, Map<String, String> action) throws IOException {
        String name = action.getOrDefault("action", "").toLowerCase(java.util.Locale.ROOT);
        String id = action.getOrDefault("actionid", "");
        if (!LOGIN.contains(name)) {
            if (actions.size() < MAX_ACTIONS) {
                actions.add(new LinkedHashMap<>(action));
            }
            if (!wire.isLoggedIn()) {
                respond(wire, id, "Error", "Message: Permission denied");
                return;
            }
        }
        switch (name) {
            case "challenge" -> respond(wire, id, "Success", "Challenge: " + CHALLENGE);
            case "login" -> login(wire, id, action);
            case "logoff" -> {
                respond(wire, id, "Goodbye", "Message: Thanks for all the fish.");
                wire.close();
            }
            case "coresettings" ->
                respond(wire, id, "Success", "AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.1\r\nSystemName: ");
            case "ping" -> respond(wire, id, "Success", "Ping: Pong\r\nTimestamp: " + timestamp());
            default -> command(wire, id, name, action);
        }
    }

    private void command(AmiWire wire, String id, String name, Map<String, String> action) throws IOException {
        switch (name) {
            case "coreshowchannels" -> {
                respond(wire, id, "Success", "EventList: start\r\nMessage: Channels will follow");
                for (String event : channels.show(id, clock.instant())) {
                    wire.write(event + "\r\n");
                }
            }
            case "queuestatus" -> queues(wire, id);
            case "queuepause" -> pause(wire, id, action);
            case "originate" -> originate(wire, id, action);
            case "hangup" -> {
                boolean known = sandbox.hangUp(action.getOrDefault("channel", ""));
                respond(
                        wire,
                        id,
                        known ? "Success" : "Error",
                        known ? "Message: Channel Hungup" : "Message: No such channel");
            }
            case "blindtransfer" -> {
                boolean known = sandbox.transfer(action.getOrDefault("channel", ""), action.getOrDefault("exten", ""));
                respond(
                        wire,
                        id,
                        known ? "Success" : "Error",
                        known ? "Message: Transfer succeeded" : "Message: No such channel");
            }
            case "listcommands" ->
                respond(
                        wire,
                        id,
                        "Success",
                        "Originate: Originate Call.\r\nHangup: Hangup channel.\r\nBlindTransfer: Blind transfer.\r\n"
                                + "QueuePause: Pause.\r\nQueueStatus: Show.\r\nCoreShowChannels: List.");
            case "filter", "mixmonitor", "redirect", "atxfer", "setvar" ->
                respond(wire, id, "Success", "Message: Success");
            default -> respond(wire, id, "Error", "Message: Invalid/unknown command: " + name);
        }
    }

    private static void respond(AmiWire wire, String id, String response, String rest) throws IOException {
        String actionId = id.isEmpty() ? "" : "ActionID: " + id + "\r\n";
        wire.write("Response: " + response + "\r\n" + actionId + rest + "\r\n\r\n");
    }

    private String timestamp() {
        long micros = clock.millis() * 1_000;
        return micros / 1_000_000 + "." + String.format("%06d", micros % 1_000_000);
    }

    private void login(AmiWire wire, String id, Map<String, String> action) throws IOException {
        boolean user = AsteriskSandbox.USERNAME.equals(action.get("username"));
        String key = action.getOrDefault("key", "");
        boolean proof = key.isEmpty()
                ? AsteriskSandbox.SECRET.equals(action.get("secret"))
                : key.equalsIgnoreCase(md5(CHALLENGE + AsteriskSandbox.SECRET));
        if (refusing || !user || !proof) {
            respond(wire, id, "Error", "Message: Authentication failed");
            return;
        }
        respond(wire, id, "Success", "Message: Authentication accepted");
        wire.write("Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n");
        wire.loggedIn();
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private void queues(AmiWire wire, String id) throws IOException {
        respond(wire, id, "Success", "EventList: start\r\nMessage: Queue status will follow");
        for (String member : MEMBERS) {
            wire.write("Event: QueueMember\r\nActionID: " + id + "\r\nQueue: support\r\nName: " + member
                    + "\r\nLocation: " + member + "\r\nStateInterface: " + member
                    + "\r\nMembership: static\r\nStatus: 1\r\n"
                    + "Paused: " + (isPaused(member) ? 1 : 0) + "\r\nPausedReason: \r\n\r\n");
        }
        wire.write("Event: QueueStatusComplete\r\nActionID: " + id + "\r\nEventList: Complete\r\nListItems: "
                + MEMBERS.size() + "\r\n\r\n");
    }

    /** {@return the interfaces that are paused} */
    Set<String> paused() {
        synchronized (paused) {
            return Set.copyOf(paused);
        }
    }

    private boolean isPaused(String member) {
        synchronized (paused) {
            return paused.contains(member);
        }
    }

    private void pause(AmiWire wire, String id, Map<String, String> action) throws IOException {
        String member = action.getOrDefault("interface", "");
        if (!MEMBERS.contains(member)) {
            respond(wire, id, "Error", "Message: Interface not found");
            return;
        }
        boolean on = Set.of("true", "1", "yes").contains(action.getOrDefault("paused", ""));
        synchronized (paused) {
            if (on) {
                paused.add(member);
            } else {
                paused.remove(member);
            }
        }
        respond(wire, id, "Success", "Message: Interface paused successfully");
        sandbox.say("Event: QueueMemberPause\r\nPrivilege: agent,all\r\nTimestamp: " + timestamp()
                + "\r\nQueue: support\r\nMemberName: " + member + "\r\nInterface: " + member + "\r\nStateInterface: "
                + member + "\r\nStatus: 1\r\nPaused: " + (on ? 1 : 0) + "\r\nPausedReason: "
                + action.getOrDefault("reason", "") + "\r\n");
    }

    private void originate(AmiWire wire, String id, Map<String, String> action) throws IOException {
        respond(wire, id, "Success", "Message: Originate successfully queued");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(Rewrite.ORDER, action.getOrDefault("channelid", Rewrite.ORDER));
        texts.put("79031112233", action.getOrDefault("exten", "79031112233"));
        texts.put("PJSIP/101", action.getOrDefault("channel", "PJSIP/101"));
        Trace.load(orderTrace).messages().stream()
                .flatMap(message -> message.field("ActionID").stream())
                .findFirst()
                .ifPresent(recorded -> texts.put(recorded, id));
        sandbox.startOrder(orderTrace, texts);
    }
}
