// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.Reason;
import io.cordboard.crm.WorkTime;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The portal's working days ({@code timeman.*}). A day that somebody forgot to end, {@code EXPIRED}, counts as over;
 * the portal wants a report before the next one begins, which only the person can give.
 */
final class Bitrix24WorkTime implements WorkTime {
    private final Bitrix24Api api;

    Bitrix24WorkTime(Bitrix24Api api) {
        this.api = api;
    }

    @Override
    public Map<String, Day> days(Set<String> users) {
        List<String> ids = List.copyOf(users);
        List<Reply> replies = api.batch(
                Traffic.SYNC,
                ids.stream().map(user -> command("timeman.status", user)).toList());
        Map<String, Day> days = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Reply reply = replies.get(i);
            if (isUnknown(reply)) {
                continue;
            }
            String user = ids.get(i);
            day(reply.orThrow()).ifPresent(day -> days.put(user, day));
        }
        return days;
    }

    @Override
    public void change(String user, Day wanted) {
        Day now = day(api.call(Traffic.WRITE, command("timeman.status", user)).orThrow())
                .orElse(Day.CLOSED);
        for (String method : steps(now, wanted)) {
            JsonNode unused = api.call(Traffic.WRITE, command(method, user)).orThrow();
        }
    }

    /** {@return what leads from one to the other; a day that has not begun cannot be interrupted} */
    static List<String> steps(Day now, Day wanted) {
        List<String> steps = new ArrayList<>();
        if (now == wanted) {
            return steps;
        }
        switch (wanted) {
            case OPEN -> steps.add("timeman.open");
            case CLOSED -> steps.add("timeman.close");
            case PAUSED -> {
                if (now == Day.CLOSED) {
                    steps.add("timeman.open");
                }
                steps.add("timeman.pause");
            }
        }
        return steps;
    }

    private static boolean isUnknown(Reply reply) {
        Fault fault = reply.fault();
        return fault != null && (fault.reason() == Reason.NOT_FOUND || fault.says("user not found"));
    }

    private static Optional<Day> day(JsonNode status) {
        return switch (Json.text(status, "STATUS")) {
            case "OPENED" -> Optional.of(Day.OPEN);
            case "PAUSED" -> Optional.of(Day.PAUSED);
            case "CLOSED", "EXPIRED" -> Optional.of(Day.CLOSED);
            default -> Optional.empty();
        };
    }

    private static Command command(String method, String user) {
        return new Command(method, Map.of("USER_ID", user));
    }
}
