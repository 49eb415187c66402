// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps calls apart whose channel was given the same id, one after the other, by whoever ordered them.
 *
 * <p>Ids that Asterisk makes never come again; those that are given with an Originate may. From its second time on,
 * such an id is read with the second of its creation behind it. Not safe for use by many threads.
 */
final class GivenIds {
    private static final Pattern MADE_BY_ASTERISK = Pattern.compile("(?:.*-)?[0-9]+\\.[0-9]+");
    private static final int MOST = 1_000;

    private final Map<String, Use> uses = new LinkedHashMap<>();

    /** The latest use of an id: as what it is read, when its channel was created, whether that is gone. */
    private record Use(String name, Instant created, boolean over) {}

    static boolean isGiven(String id) {
        return !id.isEmpty() && !MADE_BY_ASTERISK.matcher(id).matches();
    }

    /**
     * {@return the event, with ids that are used again replaced}
     *
     * @param event the event
     * @param at when it happened
     */
    AmiEvent read(AmiEvent event, Instant at) {
        String id = event.get("uniqueid");
        if (isGiven(id)) {
            if (event.is("newchannel")) {
                created(id, at);
            } else if (event.is("hangup")) {
                uses.computeIfPresent(id, (key, use) -> new Use(use.name(), use.created(), true));
            }
        }
        return replaced(event);
    }

    private void created(String id, Instant at) {
        Use before = uses.get(id);
        if (before == null) {
            uses.put(id, new Use(id, at, false));
            if (uses.size() > MOST) {
                uses.remove(uses.keySet().iterator().next());
            }
        } else if (before.over() && !at.equals(before.created())) {
            uses.put(id, new Use(id + "~" + at.getEpochSecond(), at, false));
        }
    }

    private AmiEvent replaced(AmiEvent event) {
        Map<String, String> fields = null;
        for (Map.Entry<String, String> field : event.fields().entrySet()) {
            boolean isId = field.getKey().endsWith("uniqueid") || field.getKey().endsWith("linkedid");
            Use use = isId ? uses.get(field.getValue()) : null;
            if (use != null && !use.name().equals(field.getValue())) {
                fields = fields == null ? new HashMap<>(event.fields()) : fields;
                fields.put(field.getKey(), use.name());
            }
        }
        return fields == null ? event : new AmiEvent(event.name(), fields, event.variables());
    }
}
