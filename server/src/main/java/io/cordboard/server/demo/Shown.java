// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.testkit.PlayedCall;
import java.util.List;

/**
 * A scene that was played: whose call it was, and what the PBX says of it. Immutable.
 *
 * @param scene the scene
 * @param person whose call it was
 * @param call what the PBX's sandbox did
 */
record Shown(Scene scene, Person person, PlayedCall call) {
    boolean isAnswered() {
        return call.end() == PlayedCall.End.ANSWERED;
    }

    /** {@return whether something was said, by somebody whom the CRM can know: a hidden number is nobody's} */
    boolean takesNote() {
        return isAnswered() && scene.wants() != Wants.HIDDEN;
    }

    /** {@return what happened, in a few words} */
    String summary() {
        if (isAnswered()) {
            return "answered by " + last(call.answeredBy()) + ", " + call.seconds() + " s";
        }
        String rang = String.join(" ", call.rang());
        return (call.inbound() ? "missed" : "not reached")
                + (call.end() == PlayedCall.End.BUSY ? ", busy" : "")
                + (call.inbound() && !rang.isEmpty() ? ", rang " + rang : "");
    }

    static String last(List<String> list) {
        return list.isEmpty() ? "nobody" : list.get(list.size() - 1);
    }
}
