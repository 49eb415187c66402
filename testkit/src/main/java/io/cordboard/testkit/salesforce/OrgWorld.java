// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The organisation and everything around it, made anew by a reset. Guarded by its own monitor. */
final class OrgWorld {
    private static final List<String> SHOWN = List.of("Task", "Case", "CaseComment", "Lead", "ContentVersion");
    private static final int SAMPLE = 20;

    private final SandboxOptions options;
    private final Faults faults;
    private final Switches switches;
    private final Assertions assertions = new Assertions();
    private final Map<String, Integer> asked = new TreeMap<>();
    private Org org;
    private Sessions sessions;
    private Queries queries;
    private int apiRequests;
    private URI url = URI.create("http://127.0.0.1");

    OrgWorld(SandboxOptions options, Faults faults) {
        this.options = options;
        this.faults = faults;
        this.switches = new Switches(options);
        this.org = org();
        this.sessions = new Sessions(org, assertions);
        this.queries = new Queries(org);
    }

    private Org org() {
        Org made = new Org(new Schema(), switches, faults);
        new Seed(made).settle(options.contacts());
        return made;
    }

    void begin() {
        switches.clear();
        asked.clear();
        apiRequests = 0;
        org = org();
        sessions = new Sessions(org, assertions);
        queries = new Queries(org);
        at(url);
    }

    void at(URI here) {
        url = here;
        sessions.url(here);
    }

    URI url() {
        return url;
    }

    Org get() {
        return org;
    }

    Faults faults() {
        return faults;
    }

    Switches switches() {
        return switches;
    }

    Sessions sessions() {
        return sessions;
    }

    Assertions assertions() {
        return assertions;
    }

    Queries queries() {
        return queries;
    }

    Map<String, Integer> asked() {
        return asked;
    }

    int apiRequests() {
        return apiRequests;
    }

    /** Counts a call against the day's limit; says whether it is still within. */
    boolean spend() {
        apiRequests++;
        return !options.limits() || apiRequests <= switches.number("apiLimit");
    }

    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("vendor", "salesforce");
        for (String object : SHOWN) {
            state.put(plural(object), rows(object));
        }
        state.put("contacts", org.rows("Contact").size());
        state.put("accounts", org.rows("Account").size());
        state.put("users", rows("User"));
        state.put("queues", rows("Group"));
        state.put("sample", rows("Contact").stream().limit(SAMPLE).toList());
        state.put("methods", new TreeMap<>(asked));
        state.put("apiRequests", apiRequests);
        state.put("tokensIssued", sessions.issued());
        state.put("refusedTokens", sessions.refused());
        state.put("switches", switches.all());
        return state;
    }

    private static String plural(String object) {
        return Character.toLowerCase(object.charAt(0)) + object.substring(1) + "s";
    }

    List<Map<String, Object>> rows(String object) {
        Collection<Row> rows = org.rows(object);
        return rows.stream().map(OrgWorld::row).toList();
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("Id", row.id());
        map.putAll(row.values());
        return map;
    }
}
