// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

/**
 * The identity of a call: the configured PBX and that PBX's own correlation id.
 *
 * <p>Written {@code hq:1795365484.94}. Immutable.
 *
 * @param pbx the id of the configured PBX; letters, digits, {@code -}, {@code _} and {@code .}
 * @param value the PBX's correlation id (Asterisk Linkedid, Zadarma pbx_call_id, Mango entry_id); not blank
 */
public record CallId(String pbx, String value) implements Comparable<CallId> {
    /** Checks both parts. */
    public CallId {
        if (pbx.isBlank() || pbx.indexOf(':') >= 0 || value.isBlank()) {
            throw new IllegalArgumentException("not a call id: \"" + pbx + ":" + value + "\"");
        }
    }

    /**
     * {@return the call id that {@link #toString()} wrote}
     *
     * @param text such as {@code hq:1795365484.94}
     * @throws IllegalArgumentException if there is no colon, or nothing on one side of it
     */
    public static CallId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a call id: \"" + text + "\"");
        }
        return new CallId(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(CallId other) {
        int byPbx = pbx.compareTo(other.pbx);
        return byPbx != 0 ? byPbx : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return pbx + ":" + value;
    }
}
