// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.Map;

/**
 * A note on a card; calls are notes too. Its fields are what answers hold.
 *
 * @param id its number
 * @param kind the kind of card that it stands on
 * @param card the card's number
 * @param fields everything else
 */
record Note(int id, Kind kind, int card, Map<String, Object> fields) {
    String type() {
        return String.valueOf(fields.get("note_type"));
    }

    Map<String, Object> params() {
        return Body.map(fields.get("params"));
    }

    boolean isCall() {
        return type().equals("call_in") || type().equals("call_out");
    }

    long updatedAt() {
        return fields.get("updated_at") instanceof Number number ? number.longValue() : 0;
    }

    String text(String param) {
        Object value = params().get(param);
        return value == null ? "" : value.toString();
    }
}
