// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxApp;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The control requests of the Asterisk sandbox; Asterisk itself speaks no HTTP. */
final class AsteriskControls implements SandboxApp {
    private final AsteriskSandbox sandbox;

    AsteriskControls(AsteriskSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public SandboxReply handle(SandboxRequest request) {
        return SandboxReply.json(404, Map.of("error", "Asterisk speaks AMI on another port; see /_sandbox/state"));
    }

    @Override
    public Set<String> methods(SandboxRequest request) {
        return Set.of();
    }

    @Override
    public SandboxReply refuse(Faults.Kind fault) {
        return SandboxReply.json(503, Map.of("error", String.valueOf(fault)));
    }

    @Override
    public Map<String, Object> state() {
        return sandbox.state();
    }

    @Override
    public void reset() {
        sandbox.reset();
    }

    @Override
    public Optional<SandboxReply> control(String name, SandboxRequest request) {
        try {
            return switch (name) {
                case "call" -> Optional.of(call(request.params()));
                case "ami" -> Optional.of(ami(request.params()));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.of(SandboxReply.json(400, Map.of("error", String.valueOf(e.getMessage()))));
        }
    }

    private SandboxReply call(Map<String, Object> wish) {
        Object speed = wish.getOrDefault("speed", 1);
        Play play = new Play(
                String.valueOf(wish.getOrDefault("trace", "inbound-answered")),
                Double.parseDouble(String.valueOf(speed)),
                Boolean.parseBoolean(String.valueOf(wish.getOrDefault("fresh", false))),
                String.valueOf(wish.getOrDefault("customer", "")),
                Play.Manner.RECORDED);
        sandbox.start(play);
        return SandboxReply.json(202, Map.of("playing", play.trace()));
    }

    private SandboxReply ami(Map<String, Object> wish) {
        String what = String.valueOf(wish.getOrDefault("do", ""));
        switch (what) {
            case "cut" -> sandbox.cut();
            case "freeze" -> sandbox.freeze();
            case "loseCalls" -> sandbox.loseCalls();
            case "refuseLogins" -> sandbox.refuseLogins(true);
            case "takeLogins" -> sandbox.refuseLogins(false);
            default ->
                throw new IllegalArgumentException(
                        "\"do\" must be cut, freeze, loseCalls, refuseLogins or takeLogins, but is \"" + what + "\"");
        }
        return SandboxReply.json(200, Map.of("done", what));
    }
}
