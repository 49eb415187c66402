// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Knobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The employees and the one group of the account. */
final class Users {
    private static final long FIRST = 300_000_000L;

    private Users() {}

    /** {@return the user id of an extension: statistics name people by it; -1 for nobody} */
    static long id(String extension) {
        return extension.matches("[0-9]{1,6}") ? FIRST + Long.parseLong(extension) : -1;
    }

    static Map<String, Object> users(Knobs knobs, Map<String, Object> params) {
        List<Object> users = new ArrayList<>();
        boolean ids = String.valueOf(params.get("ext_fields")).contains("general.user_id");
        for (String extension : knobs.texts("extensions")) {
            Object only = params.get("extension");
            if (only != null && !only.equals(extension)) {
                continue;
            }
            Map<String, Object> general = new LinkedHashMap<>();
            general.put("name", "Employee " + extension);
            general.put("email", "");
            general.put("department", "");
            general.put("position", "");
            if (ids) {
                general.put("user_id", id(extension));
            }
            Map<String, Object> number = new LinkedHashMap<>();
            number.put("number", "sip:u" + extension + "@vpbx400000000.mangosip.ru");
            number.put("protocol", "sip");
            number.put("order", "0");
            number.put("wait_sec", "60");
            number.put("status", "on");
            Map<String, Object> telephony = new LinkedHashMap<>();
            telephony.put("extension", extension);
            telephony.put("outgoingline", knobs.text("line"));
            telephony.put("numbers", List.of(number));
            users.add(Map.of("general", general, "telephony", telephony, "groups", List.of(10_051_250)));
        }
        return Map.of("users", users);
    }

    static Map<String, Object> groups(Knobs knobs) {
        List<Object> operators = new ArrayList<>();
        for (String extension : knobs.texts("extensions")) {
            operators.add(Map.of(
                    "id", id(extension), "name", "Employee " + extension, "extension", extension, "priority", 1));
        }
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("id", 10_051_250);
        group.put("name", "Sales");
        group.put("extension", knobs.text("group"));
        group.put("dial_alg_group", 2);
        group.put("operators", operators);
        return Map.of("result", 1000, "groups", List.of(group));
    }
}
