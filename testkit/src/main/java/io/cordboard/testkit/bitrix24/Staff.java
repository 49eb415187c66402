// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Employees, their working day, messages to them, and what the portal says about itself. */
final class Staff {
    private static final List<String> SCOPES =
            List.of("crm", "telephony", "user", "task", "timeman", "im", "placement");
    private static final Set<String> NO_FILTER =
            Set.of("FILTER", "START", "SORT", "ORDER", "SELECT", "AUTH", "ADMIN_MODE");

    private final Portal portal;

    Staff(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("user.get", (p, auth) -> users(p));
        methods.put("user.current", (p, auth) -> current(auth));
        methods.put("profile", (p, auth) -> profile(auth));
        methods.put("scope", (p, auth) -> Answer.of(SCOPES));
        methods.put(
                "server.time", (p, auth) -> Answer.of(Portal.iso(portal.clock().instant())));
        methods.put("app.info", (p, auth) -> application(auth));
        new WorkDays(portal).into(methods);
        methods.put("im.notify.personal.add", (p, auth) -> notify(p));
        methods.put("im.notify.system.add", (p, auth) -> notify(p));
        methods.put("im.message.add", (p, auth) -> message(p));
        methods.put("telephony.externalline.add", this::addLine);
        methods.put("telephony.externalline.update", this::updateLine);
        methods.put("telephony.externalline.get", (p, auth) -> lines(auth));
        methods.put("telephony.externalline.delete", this::deleteLine);
    }

    private Answer users(Params p) {
        if (portal.suffers("emptyUsers")) {
            return new Answer(List.of(), 0, null);
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        // Keys of the filter are read at the top too.
        p.all().forEach((name, value) -> {
            if (!NO_FILTER.contains(name.toUpperCase(Locale.ROOT))) {
                wanted.put(name, value);
            }
        });
        wanted.putAll(p.map("FILTER"));
        Filter filter = new Filter(wanted, name -> name.toUpperCase(Locale.ROOT));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (User user : portal.users().values()) {
            Map<String, Object> row = row(user);
            if (user.id() > filter.afterId() && filter.matches(name -> comparable(row.get(name)))) {
                rows.add(row);
            }
        }
        int start = p.number("start").orElse(0);
        int begin = Math.min(Math.max(0, start), rows.size());
        int end = Math.min(begin + Table.PAGE, rows.size());
        boolean more = start >= 0 && end < rows.size();
        return new Answer(rows.subList(begin, end), start < 0 ? 0 : rows.size(), more ? end : null);
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof Boolean bool ? (bool ? "1" : "0") : value;
    }

    private Map<String, Object> row(User user) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", Integer.toString(user.id()));
        row.put("ACTIVE", user.active());
        if (!portal.suffers("missingName")) {
            row.put("NAME", user.name());
        }
        if (!user.lastName().isEmpty()) {
            row.put("LAST_NAME", user.lastName());
        }
        row.put("EMAIL", "user" + user.id() + "@example.com");
        row.put("IS_ONLINE", user.workDay().equals("OPENED") ? "Y" : "N");
        row.put("TIMESTAMP_X", Map.of());
        row.put("LAST_ACTIVITY_DATE", Map.of());
        row.put("PERSONAL_MOBILE", "");
        row.put("WORK_PHONE", "");
        row.put("UF_DEPARTMENT", List.of(1));
        if (user.inner() != null) {
            row.put("UF_PHONE_INNER", user.inner());
        }
        row.put("USER_TYPE", "employee");
        return row;
    }

    private Answer current(Auth auth) {
        return Answer.of(
                portal.activeUser(auth.user()).map(this::row).orElseThrow(() -> RestError.nameless("User not found")));
    }

    private Answer profile(Auth auth) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("ID", Integer.toString(auth.user()));
        profile.put("ADMIN", auth.user() == 1);
        User user = portal.users().get(auth.user());
        profile.put("NAME", user == null ? "" : user.name());
        profile.put("LAST_NAME", user == null ? "" : user.lastName());
        profile.put("TIME_ZONE", "");
        return Answer.of(profile);
    }

    private static Answer application(Auth auth) {
        auth.needsApplication();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("ID", 3);
        info.put("CODE", "local.cordboard");
        info.put("VERSION", 1);
        info.put("STATUS", "L");
        info.put("INSTALLED", true);
        return Answer.of(info);
    }

    private Answer notify(Params p) {
        if (p.number("USER_ID").isEmpty()) {
            throw new RestError(400, "USER_ID_EMPTY", "User ID can't be empty");
        }
        if (p.text("MESSAGE").isBlank()) {
            throw new RestError(400, "MESSAGE_EMPTY", "Message can't be empty");
        }
        return Answer.of(portal.next("message"));
    }

    private Answer message(Params p) {
        if (p.text("DIALOG_ID").isBlank()) {
            throw new RestError(400, "USER_NOT_FOUND", "User not found");
        }
        return Answer.of(portal.next("message"));
    }

    private Answer addLine(Params p, Auth auth) {
        auth.needsApplication();
        String number = p.text("NUMBER");
        if (portal.lines().containsKey(number)) {
            throw RestError.core("Line already exists");
        }
        Map<String, Object> line = new LinkedHashMap<>();
        int id = portal.next("line");
        line.put("ID", id);
        line.put("NUMBER", number);
        line.put("NAME", p.text("NAME"));
        line.put("CRM_AUTO_CREATE", p.some("CRM_AUTO_CREATE").orElse("Y"));
        portal.lines().put(number, line);
        return Answer.of(Map.of("ID", id));
    }

    private Answer updateLine(Params p, Auth auth) {
        auth.needsApplication();
        Map<String, Object> line = portal.lines().get(p.text("NUMBER"));
        if (line == null) {
            throw RestError.core("Could not find line with number " + p.text("NUMBER"));
        }
        if (!p.has("NAME") && !p.has("CRM_AUTO_CREATE")) {
            throw RestError.core("There are no fields to update");
        }
        p.some("NAME").ifPresent(name -> line.put("NAME", name));
        p.some("CRM_AUTO_CREATE").ifPresent(create -> line.put("CRM_AUTO_CREATE", create));
        return Answer.of(Map.of("ID", String.valueOf(line.get("ID"))));
    }

    private Answer lines(Auth auth) {
        auth.needsApplication();
        List<Map<String, Object>> rows = new ArrayList<>();
        portal.lines().values().forEach(line -> {
            Map<String, Object> row = new LinkedHashMap<>(line);
            row.remove("ID");
            rows.add(row);
        });
        return Answer.of(rows);
    }

    private Answer deleteLine(Params p, Auth auth) {
        auth.needsApplication();
        if (portal.lines().remove(p.text("NUMBER")) == null) {
            throw RestError.core("Could not find line with number " + p.text("NUMBER"));
        }
        return Answer.of(List.of());
    }
}
