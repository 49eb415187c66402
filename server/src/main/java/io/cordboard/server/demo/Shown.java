// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.util.List;
import java.util.Map;

/**
 * A scene that was played: whose call it was, and what the PBX says of it. Immutable.
 *
 * @param scene the scene
 * @param person whose call it was
 * @param told what the PBX's sandbox tells of the call
 */
record Shown(Scene scene, Person person, Map<String, Object> told) {
    /** Copies the map, which has nulls. */
    Shown {
        told = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(told));
    }

    String id() {
        return text("pbx_call_id");
    }

    boolean isInbound() {
        return text("direction").equals("INBOUND");
    }

    boolean isAnswered() {
        return text("disposition").equals("answered");
    }

    /** {@return whether something was said, by somebody whom the CRM can know: a hidden number is nobody's} */
    boolean takesNote() {
        return isAnswered() && scene.wants() != Wants.HIDDEN;
    }

    int seconds() {
        return told.get("seconds") instanceof Number number ? number.intValue() : 0;
    }

    boolean isRecorded() {
        return told.get("recording") != null;
    }

    List<String> rang() {
        return texts("rang");
    }

    List<String> answeredBy() {
        return texts("answeredBy");
    }

    String text(String key) {
        return String.valueOf(told.get(key));
    }

    private List<String> texts(String key) {
        return told.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** {@return what happened, in a few words} */
    String summary() {
        if (isAnswered()) {
            return "answered by " + last(answeredBy()) + ", " + seconds() + " s";
        }
        return (isInbound() ? "missed, " : "not reached, ")
                + text("disposition")
                + (isInbound() && !rang().isEmpty() ? ", rang " + String.join(" ", rang()) : "");
    }

    static String last(List<String> list) {
        return list.isEmpty() ? "nobody" : list.get(list.size() - 1);
    }
}
