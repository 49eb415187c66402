// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An incoming lead that waits for somebody to accept it. Guarded by the account's lock. */
final class Unsorted {
    private final String uid;
    private final Map<String, Object> fields;
    private final List<Card> cards;
    private @Nullable String decision;

    Unsorted(String uid, Map<String, Object> fields, List<Card> cards) {
        this.uid = uid;
        this.fields = fields;
        this.cards = cards;
    }

    String uid() {
        return uid;
    }

    Map<String, Object> fields() {
        return fields;
    }

    List<Card> cards() {
        return cards;
    }

    boolean waits() {
        return decision == null;
    }

    @Nullable
    String decision() {
        return decision;
    }

    void decide(String what) {
        decision = what;
    }

    Map<String, Object> embedded(String base) {
        Map<String, Object> embedded = new LinkedHashMap<>();
        for (Kind kind : List.of(Kind.CONTACTS, Kind.COMPANIES, Kind.LEADS)) {
            List<Map<String, Object>> list = new ArrayList<>();
            for (Card card : cards) {
                if (card.kind() == kind) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("id", card.id());
                    one.put("_links", Ask.link(base + "/api/v4/" + kind.path() + "/" + card.id()));
                    list.add(one);
                }
            }
            embedded.put(kind.path(), list);
        }
        return embedded;
    }
}
