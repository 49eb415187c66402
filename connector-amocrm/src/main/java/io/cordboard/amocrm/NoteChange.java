// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.http.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Changes of a call's note. All of its params are sent: the account puts them in the place of those it has. */
final class NoteChange {
    private NoteChange() {}

    /** {@return a change to what a note would be if it were written now; a recording that it has stays} */
    static Map<String, Object> of(Journal.Trace trace, Map<String, Object> note) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("id", Long.parseLong(trace.note()));
        change.putAll(note);
        change.remove("created_at");
        String link = Json.parse(trace.form())
                .map(form -> Json.text(form.path("params"), "link"))
                .orElse("");
        if (!link.isEmpty() && note.get("params") instanceof Map<?, ?> params) {
            Map<String, Object> all = copy(params);
            all.put("link", link);
            change.put("params", all);
        }
        return change;
    }

    /** {@return a change that adds the recording to a note as it was written} */
    static Map<String, Object> withLink(Journal.Trace trace, JsonNode note, String link) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("id", Long.parseLong(trace.note()));
        change.put("note_type", Json.text(note, "note_type"));
        Map<String, Object> params = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> members =
                note.path("params").properties().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            // What the account adds to a note by itself may come back as null, and is not taken like that.
            if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                params.put(member.getKey(), member.getValue());
            }
        }
        params.put("link", link);
        change.put("params", params);
        return change;
    }

    /** {@return what is kept of a note after a change} */
    static String form(Map<String, Object> change) {
        Map<String, Object> form = new LinkedHashMap<>(change);
        form.remove("id");
        return Json.write(form);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), value);
            }
        });
        return copy;
    }
}
