// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.LinkedHashMap;
import java.util.Map;

/** The working days of the employees. */
final class WorkDays {
    private static final String OPENED = "OPENED";
    private static final String PAUSED = "PAUSED";
    private static final String CLOSED = "CLOSED";

    private final Portal portal;

    WorkDays(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("timeman.status", (p, auth) -> status(user(p, auth)));
        methods.put("timeman.open", (p, auth) -> become(user(p, auth), OPENED, ""));
        methods.put("timeman.pause", (p, auth) -> become(user(p, auth), PAUSED, OPENED));
        methods.put("timeman.close", this::close);
    }

    private Answer close(Params p, Auth auth) {
        User user = user(p, auth);
        if (p.has("TIME") && user.workDay().equals(PAUSED)) {
            throw new RestError(400, "TIME", "Unable to set time, work day is paused");
        }
        return become(user, CLOSED, "");
    }

    private User user(Params p, Auth auth) {
        User user = portal.users().get(p.number("USER_ID").orElse(auth.user()));
        if (user == null) {
            throw RestError.nameless("User not found");
        }
        return user;
    }

    private Answer become(User user, String day, String before) {
        if (!before.isEmpty() && !user.workDay().equals(before)) {
            throw RestError.nameless("The work day is not " + before);
        }
        User changed = user.withWorkDay(day);
        portal.users().put(user.id(), changed);
        return status(changed);
    }

    private Answer status(User user) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("STATUS", user.workDay());
        status.put("TIME_START", Portal.iso(portal.now().minusSeconds(3600)));
        status.put("TIME_FINISH", null);
        status.put("DURATION", "01:00:00");
        status.put("TIME_LEAKS", "00:00:00");
        status.put("ACTIVE", user.workDay().equals(OPENED));
        status.put("TZ_OFFSET", 10800);
        return Answer.of(status);
    }
}
