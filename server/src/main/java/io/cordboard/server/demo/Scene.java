// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.util.List;
import java.util.Map;

/**
 * One kind of call: what the PBX plays, and whether something goes wrong meanwhile. Immutable.
 *
 * @param title what it shows
 * @param kind the kind that the PBX's sandbox knows, or {@link #DESK_CLICK} or {@link #CRM_CLICK}
 * @param wants whose call it is
 * @param extra more for the PBX's sandbox
 * @param trouble what goes wrong meanwhile
 */
record Scene(String title, String kind, Wants wants, Map<String, Object> extra, Trouble trouble) {
    /** An agent dials from the desk. */
    static final String DESK_CLICK = "desk-click";

    /** A user clicks a number in the CRM. */
    static final String CRM_CLICK = "crm-click";

    static final List<Scene> ALL = List.of(
            of("a customer calls, the owner answers", "answered", Wants.OWNED),
            of("nobody answers", "noanswer", Wants.OWNED),
            of("the customer gives up", "missed", Wants.OWNED),
            of("the customer gives up in the menu", "menu", Wants.OWNED),
            of("all agents are busy", "busy", Wants.UNOWNED),
            new Scene(
                    "three phones ring, one answers",
                    "ringall",
                    Wants.UNOWNED,
                    Map.of("ring", List.of("101", "102", "103")),
                    Trouble.NONE),
            new Scene("handed over to a colleague", "transfer", Wants.UNOWNED, Map.of("target", "104"), Trouble.NONE),
            of("the caller hides the number", "anonymous", Wants.HIDDEN),
            of("a stranger calls and is answered", "answered", Wants.STRANGER),
            of("a stranger calls and nobody answers", "noanswer", Wants.STRANGER),
            new Scene("an agent calls a customer", "outgoing", Wants.OWNED, Map.of("from", "102"), Trouble.NONE),
            new Scene(
                    "an agent calls, the customer is busy",
                    "outgoing-busy",
                    Wants.OWNED,
                    Map.of("from", "103"),
                    Trouble.NONE),
            of("click-to-call on the desk", DESK_CLICK, Wants.OWNED),
            of("click-to-call in the CRM", CRM_CLICK, Wants.OWNED),
            of("the recording is ready late", "late-record", Wants.OWNED),
            of("the PBX tells everything twice", "duplicate", Wants.OWNED),
            of("the PBX tells the end before the answer", "end-before-answer", Wants.OWNED),
            new Scene("the PBX mixes up the order", "answered", Wants.OWNED, Map.of(), Trouble.REORDER),
            new Scene("the CRM is down for some seconds", "answered", Wants.OWNED, Map.of(), Trouble.CRM_DOWN),
            new Scene("the CRM's answer gets lost", "answered", Wants.OWNED, Map.of(), Trouble.LOST_ANSWER),
            new Scene("the CRM asks to slow down", "noanswer", Wants.OWNED, Map.of(), Trouble.RATE_LIMIT));

    private static Scene of(String title, String kind, Wants wants) {
        return new Scene(title, kind, wants, Map.of(), Trouble.NONE);
    }

    /** What goes wrong while a scene plays. */
    enum Trouble {
        /** Nothing. */
        NONE,
        /** The PBX sends its webhooks in the wrong order. */
        REORDER,
        /** The CRM answers with errors from before the end of the call until some seconds after it. */
        CRM_DOWN,
        /** The CRM does what it is asked and its answer does not arrive. */
        LOST_ANSWER,
        /** The CRM refuses some requests because there were too many. */
        RATE_LIMIT
    }
}
