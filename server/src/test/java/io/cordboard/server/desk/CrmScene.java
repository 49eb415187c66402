// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a CRM knows of a number, and how far the writes to it are, as the API tells it. */
final class CrmScene {
    static final String PAGES = "https://portal.example/crm/";

    private CrmScene() {}

    /** {@return a company with Maria's number} */
    static Map<String, Object> company() {
        return match("COMPANY", "9", "Vector LLC", PAGES + "company/details/9/", "A company comes before a lead.");
    }

    /** {@return a lead with Maria's number} */
    static Map<String, Object> lead(String url) {
        return match("LEAD", "41", "Enquiry from the website", url, "A lead comes after a company.");
    }

    private static Map<String, Object> match(String type, String id, String name, String url, String because) {
        Map<String, Object> match = Scene.map("account", "main", "type", type, "id", id, "name", name);
        match.putAll(Scene.map("owner", "Boris", "url", url, "because", because));
        return match;
    }

    /** {@return the call with these matches, best first} */
    static Map<String, Object> matched(Map<String, Object> call, List<Map<String, Object>> matches) {
        return Scene.with(call, "contact", matches.get(0), "matchList", matches, "matches", matches.size());
    }

    /** {@return the call with a note of an agent} */
    static Map<String, Object> noted(
            Map<String, Object> call, String agent, @Nullable String disposition, String text) {
        List<Object> notes = new ArrayList<>((List<?>) call.getOrDefault("notes", List.of()));
        String at = Scene.ago(60).toString();
        notes.add(Scene.map("at", at, "agent", agent, "disposition", disposition, "text", text));
        return Scene.with(call, "notes", notes);
    }

    /** {@return the call with these writes, each made by {@link #write}} */
    static Map<String, Object> written(Map<String, Object> call, List<Map<String, Object>> writes) {
        return Scene.with(call, "deliveries", writes);
    }

    static Map<String, Object> write(String kind, String state, @Nullable Object... more) {
        Map<String, Object> write = Scene.map("account", "main", "kind", kind, "state", state);
        write.putAll(Scene.map(more));
        return write;
    }

    /** {@return a record of the call that has a page in the CRM} */
    static Map<String, Object> record() {
        return write("LogCall", "DONE", "ref", "VI-77", "url", PAGES + "activity/77/");
    }

    /** {@return the status of a server whose CRM hands tickets on to these departments} */
    static Map<String, Object> departments(String... names) {
        Map<String, Object> crm = Scene.map("id", "main", "kind", "crm", "can", List.of("escalate"));
        return Map.of("accounts", List.of(crm), "departments", List.of(names));
    }

    /** {@return accounts of which the PBX does not answer and the CRM wants to be asked for permission} */
    static Map<String, Object> trouble() {
        Map<String, Object> pbx = Scene.map("status", "down", "detail", "Connection refused.");
        Map<String, Object> crm = Scene.map("status", "reauthorise", "detail", "The refresh token was refused.");
        return Scene.map("status", "degraded", "accounts", Scene.map("hq", pbx, "main", crm));
    }
}
