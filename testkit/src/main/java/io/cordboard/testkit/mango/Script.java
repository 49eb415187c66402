// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What call is to be played. Immutable.
 *
 * @param kind one of {@link #INCOMING}, {@link #OUTGOING} or {@link #CALLBACKS}
 * @param params what {@code POST /_sandbox/call} was given
 */
record Script(String kind, Map<String, Object> params) {
    static final Set<String> INCOMING = Set.of(
            "answered",
            "missed",
            "noanswer",
            "busy",
            "failed",
            "menu",
            "ringall",
            "ringall-missed",
            "transfer",
            "transfer-blind",
            "anonymous",
            "late-record",
            "no-record",
            "end-before-answer",
            "duplicate",
            "shuffled",
            "tracked",
            "talk");
    static final Set<String> OUTGOING = Set.of(
            "outgoing",
            "outgoing-busy",
            "outgoing-noanswer",
            "outgoing-cancel",
            "outgoing-failed",
            "campaign",
            "internal");
    static final Set<String> CALLBACKS =
            Set.of("callback", "callback-busy", "callback-noanswer", "callback-cancel", "callback-agent");

    private static final Set<String> KNOWN = Set.of(
            "kind",
            "from",
            "to",
            "line",
            "extension",
            "ring",
            "target",
            "ringSeconds",
            "talkSeconds",
            "speed",
            "readyMillis",
            "direct",
            "wait");

    Script {
        params = Map.copyOf(params);
    }

    static Script read(Map<String, Object> params) {
        String kind = String.valueOf(params.getOrDefault("kind", "answered"));
        if (!INCOMING.contains(kind) && !OUTGOING.contains(kind) && !CALLBACKS.contains(kind)) {
            Set<String> all = new TreeSet<>(INCOMING);
            all.addAll(OUTGOING);
            all.addAll(CALLBACKS);
            throw new IllegalArgumentException("there is no kind \"" + kind + "\"; there are " + all);
        }
        for (String name : params.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("there is no \"" + name + "\"; there are " + new TreeSet<>(KNOWN));
            }
        }
        return new Script(kind, params);
    }

    String text(String name, String fallback) {
        Object value = params.get(name);
        return value == null ? fallback : String.valueOf(value);
    }

    double number(String name, double fallback) {
        Object value = params.get(name);
        return value instanceof Number number ? number.doubleValue() : fallback;
    }

    boolean flag(String name, boolean fallback) {
        return params.get(name) instanceof Boolean flag ? flag : fallback;
    }

    List<String> texts(String name, List<String> fallback) {
        if (!(params.get(name) instanceof List<?> list)) {
            return fallback;
        }
        List<String> texts = new ArrayList<>();
        list.forEach(member -> texts.add(String.valueOf(member)));
        return texts;
    }

    boolean isIncoming() {
        return INCOMING.contains(kind);
    }

    boolean isCallback() {
        return CALLBACKS.contains(kind);
    }

    boolean ringsAll() {
        return kind.startsWith("ringall");
    }

    /** {@return the code with which it ends before anybody talks; 0 when somebody does} */
    int failure() {
        int dash = kind.indexOf('-');
        String how = isIncoming() || dash < 0 ? kind : kind.substring(dash + 1);
        return switch (how) {
            case "missed", "menu", "cancel", "no-record", "ringall-missed" -> 1110;
            case "noanswer" -> 1111;
            case "busy" -> 1121;
            case "agent" -> 1122;
            case "failed" -> isIncoming() ? 1131 : 1133;
            default -> 0;
        };
    }
}
