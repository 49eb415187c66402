// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What calls leave behind, as far as a business chooses it. Immutable.
 *
 * @param responsible who owns an answered inbound call
 * @param missedTo who owns a missed call, tried in turn: the contact's owner in the CRM (CRM_OWNER) or the last agent
 *     whose phone rang (LAST_RANG); the other one follows, then {@code fallbackAgent}
 * @param fallbackAgent the name of the agent who owns what nobody else owns, or null for the CRM account's default
 * @param unknownCaller what becomes of an inbound caller whom no CRM knows
 * @param missedTicket which missed inbound calls leave a ticket to call back
 * @param logInternal whether internal calls are logged
 * @param recordings whether recordings are put to the calls in the CRM
 */
public record Rules(
        Responsible.Policy responsible,
        Responsible.Policy missedTo,
        @Nullable String fallbackAgent,
        UnknownCaller unknownCaller,
        MissedTicket missedTicket,
        boolean logInternal,
        boolean recordings) {
    /** The last agent who talked owns a call, the contact's owner a missed one; unknown callers become leads. */
    public static final Rules DEFAULT = new Rules(
            Responsible.Policy.LAST_TALKED,
            Responsible.Policy.CRM_OWNER,
            null,
            UnknownCaller.LEAD,
            MissedTicket.NEVER,
            false,
            true);

    /** Checks that the policies fit. */
    public Rules {
        switch (responsible) {
            case LAST_TALKED, FIRST_TALKED, LONGEST_TALKED, CRM_OWNER -> {}
            default -> throw new IllegalArgumentException("responsible cannot be " + responsible);
        }
        if (missedTo != Responsible.Policy.CRM_OWNER && missedTo != Responsible.Policy.LAST_RANG) {
            throw new IllegalArgumentException("missedTo cannot be " + missedTo);
        }
    }

    /** {@return who owns what nobody else owns} */
    public Optional<String> fallback() {
        return Optional.ofNullable(fallbackAgent);
    }

    /** What becomes of an inbound caller whom no CRM knows. */
    public enum UnknownCaller {
        /** Nothing. */
        NONE,
        /** A lead. */
        LEAD,
        /** A contact. */
        CONTACT
    }

    /** Which missed inbound calls leave a ticket. */
    public enum MissedTicket {
        /** None. */
        NEVER,
        /** Those of callers whom a CRM knows. */
        KNOWN,
        /** All whose number is known. */
        ALWAYS
    }
}
