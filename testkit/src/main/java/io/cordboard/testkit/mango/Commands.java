// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Knobs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes commands: checks what can be checked at once, does them, and tells by an event what became of each. */
final class Commands {
    private static final String NUMBER = "[0-9]{2,15}";

    private final Books books;
    private final Knobs knobs;
    private final Post post;
    private final Exchange exchange;

    Commands(Sandboxed parts, Exchange exchange) {
        this.books = parts.books();
        this.knobs = parts.knobs();
        this.post = parts.post();
        this.exchange = exchange;
    }

    void take(String command, Map<String, Object> params) {
        String id = text(params, "command_id");
        if (id.isEmpty()) {
            throw new Refusal(3103);
        }
        if (id.length() > 128) {
            throw new Refusal(3104);
        }
        Map<String, Object> noted = new LinkedHashMap<>(params);
        noted.put("command", command);
        books.commanded(noted);
        // The order of the result and of what the command does is left to chance.
        boolean resultFirst = books.coin();
        int result = resultFirst ? check(command, params) : act(command, params, id);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("command_id", id);
        told.put("result", result);
        Duration soon = Duration.ofMillis((long) knobs.number("delayMillis"));
        if (knobs.on("results")) {
            post.sendLater(soon, "result/" + command, told);
        }
        if (resultFirst && result == 1000) {
            post.soon(soon.toMillis() + 1, () -> {
                int unused = act(command, params, id);
            });
        }
    }

    private int check(String command, Map<String, Object> params) {
        return switch (command) {
            case "callback" -> checkCallback(params);
            case "call/hangup" -> live(params, "").isEmpty() ? 4101 : 1000;
            case "transfer" -> {
                required(params, "method", "blind|hold");
                required(params, "to_number", NUMBER);
                required(params, "initiator", NUMBER);
                yield live(params, "Connected").isEmpty() ? 4100 : 1000;
            }
            case "route" -> {
                required(params, "to_number", NUMBER);
                yield live(params, "Appeared").isEmpty() ? 4100 : 1000;
            }
            default -> throw new Refusal(4001);
        };
    }

    private int act(String command, Map<String, Object> params, String id) {
        int checked = check(command, params);
        if (checked != 1000) {
            return checked;
        }
        if (command.equals("callback")) {
            String how = knobs.text("callbackKind");
            exchange.play(
                    Map.of(
                            "kind", how.equals("answered") ? "callback" : "callback-" + how,
                            "extension", extension(params),
                            "to", text(params, "to_number")),
                    id);
            return 1000;
        }
        Order.Kind kind = switch (command) {
            case "call/hangup" -> Order.Kind.HANG_UP;
            case "transfer" -> Order.Kind.TRANSFER;
            default -> Order.Kind.ROUTE;
        };
        String leg = text(params, "call_id");
        String shown = params.get("sip_headers") instanceof Map<?, ?> headers ? shown(headers) : "";
        books.withLeg(leg)
                .ifPresent(call -> call.orders().add(new Order(kind, leg, id, text(params, "to_number"), shown)));
        return 1000;
    }

    /** A header with a sign that is not allowed is left out without a word. */
    private static String shown(Map<?, ?> headers) {
        Object name = headers.get("From/display-name");
        String text = name == null ? "" : String.valueOf(name);
        return text.matches("[^;/?:@&=+$,]*") ? text : "";
    }

    private int checkCallback(Map<String, Object> params) {
        required(params, "to_number", NUMBER);
        String extension = extension(params);
        if (extension.isEmpty()) {
            throw new Refusal(3103);
        }
        return knobs.texts("extensions").contains(extension) ? 1000 : 3330;
    }

    private static String extension(Map<String, Object> params) {
        return params.get("from") instanceof Map<?, ?> from && from.get("extension") != null
                ? String.valueOf(from.get("extension"))
                : "";
    }

    /** {@return the state of the leg that is named, if it lives and is in that state; empty otherwise} */
    private String live(Map<String, Object> params, String wanted) {
        String id = required(params, "call_id", ".{1,128}");
        return books.withLeg(id)
                .flatMap(call -> call.leg(id))
                .filter(leg -> !leg.isOver())
                .filter(leg -> wanted.isEmpty() || leg.state.equals(wanted))
                .map(leg -> leg.state)
                .orElse("");
    }

    private static String required(Map<String, Object> params, String name, String shape) {
        String text = text(params, name);
        if (text.isEmpty()) {
            throw new Refusal(3103);
        }
        if (!text.matches(shape)) {
            throw new Refusal(3104);
        }
        return text;
    }

    private static String text(Map<String, Object> params, String name) {
        Object value = params.get(name);
        return value == null ? "" : String.valueOf(value);
    }
}
