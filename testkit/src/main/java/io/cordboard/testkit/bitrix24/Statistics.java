// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.bitrix24.PortalCall.Finish;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code voximplant.statistic.get}, and the same row as finish returns it, with other types. */
final class Statistics {
    private final Portal portal;

    Statistics(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("voximplant.statistic.get", (p, auth) -> list(p));
    }

    private Answer list(Params p) {
        Filter filter = new Filter(p.map("FILTER"), name -> name.toUpperCase(Locale.ROOT));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PortalCall call : portal.calls().values()) {
            Finish finish = call.finish;
            if (finish != null) {
                if (filter.matches(name -> field(call, finish, name))) {
                    rows.add(row(call, finish));
                }
            }
        }
        String sort = p.some("SORT").orElse("ID").toUpperCase(Locale.ROOT);
        rows.sort(Comparator.comparing(sortBy(sort)));
        if (p.text("ORDER").equalsIgnoreCase("DESC")) {
            Collections.reverse(rows);
        }
        int begin = Math.min(Math.max(0, p.number("start").orElse(0)), rows.size());
        int end = Math.min(begin + Table.PAGE, rows.size());
        return new Answer(rows.subList(begin, end), rows.size(), end < rows.size() ? end : null);
    }

    private static @Nullable Object field(PortalCall call, Finish finish, String name) {
        return switch (name) {
            case "CALL_START_DATE" -> call.start;
            case "CALL_ID" -> call.id;
            case "EXTERNAL_CALL_ID" -> call.externalId;
            default -> row(call, finish).get(name);
        };
    }

    private static Function<Map<String, Object>, String> sortBy(String field) {
        return row -> field.equals("ID")
                ? String.format(
                        Locale.ROOT, "%012d", Params.numberOf(row.get("ID")).orElse(0))
                : Params.textOf(row.get(field));
    }

    /** Everything is a string here, except the file's id. */
    private static Map<String, Object> row(PortalCall call, Finish finish) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", Integer.toString(finish.row()));
        row.put("PORTAL_USER_ID", Integer.toString(finish.user()));
        row.put("PORTAL_NUMBER", call.line);
        row.put("PHONE_NUMBER", call.number);
        row.put("CALL_ID", call.id);
        row.put("EXTERNAL_CALL_ID", call.externalId);
        row.put("CALL_CATEGORY", "external");
        row.put("CALL_LOG", null);
        row.put("CALL_DURATION", Integer.toString(finish.seconds()));
        row.put("CALL_START_DATE", Portal.iso(call.start));
        row.put("CALL_RECORD_URL", null);
        row.put("CALL_VOTE", finish.vote().isEmpty() ? null : finish.vote());
        row.put("COST", "0.0000");
        row.put("COST_CURRENCY", "");
        row.put("CALL_FAILED_CODE", finish.code());
        row.put("CALL_FAILED_REASON", finish.reason());
        row.put("CRM_ENTITY_TYPE", call.entityType.isEmpty() ? null : call.entityType);
        row.put("CRM_ENTITY_ID", call.entityId == null ? null : String.valueOf(call.entityId));
        row.put("CRM_ACTIVITY_ID", finish.activity() == null ? null : String.valueOf(finish.activity()));
        row.put("REST_APP_ID", "3");
        row.put("REST_APP_NAME", "Cordboard");
        row.put("TRANSCRIPT_ID", null);
        row.put("TRANSCRIPT_PENDING", "N");
        row.put("SESSION_ID", null);
        row.put("REDIAL_ATTEMPT", null);
        row.put("COMMENT", null);
        row.put("RECORD_DURATION", null);
        PortalCall.@Nullable Sound file = call.record;
        row.put("RECORD_FILE_ID", file == null ? null : file.fileId());
        row.put("CALL_TYPE", Integer.toString(call.type));
        return row;
    }

    /** Ids are numbers here, the type is a string, and the date is an empty object. */
    static Map<String, Object> finished(PortalCall call, Finish finish, Params p) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("CALL_ID", call.id);
        row.put("EXTERNAL_CALL_ID", call.externalId);
        row.put("PORTAL_USER_ID", finish.user());
        row.put("PHONE_NUMBER", call.number);
        row.put("PORTAL_NUMBER", call.line);
        row.put("INCOMING", Integer.toString(call.type));
        row.put("CALL_DURATION", finish.seconds());
        row.put("CALL_START_DATE", Map.of());
        row.put("CALL_STATUS", finish.code().equals("200") ? 1 : 0);
        row.put("CALL_VOTE", p.number("VOTE").orElse(0));
        row.put("COST", p.number("COST").orElse(0));
        row.put("COST_CURRENCY", p.text("COST_CURRENCY"));
        row.put("CALL_FAILED_CODE", finish.code());
        row.put("CALL_FAILED_REASON", finish.reason());
        row.put("REST_APP_ID", "3");
        row.put("REST_APP_NAME", "Cordboard");
        row.put("CRM_ACTIVITY_ID", finish.activity());
        row.put("COMMENT", null);
        row.put("CRM_ENTITY_TYPE", call.entityType);
        row.put("CRM_ENTITY_ID", call.entityId);
        row.put("ID", finish.row());
        return row;
    }
}
