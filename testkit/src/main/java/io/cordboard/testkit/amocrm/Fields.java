// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields that an account adds to its cards: phone and e-mail with codes, one text of its own without. */
final class Fields {
    private static final List<String> PHONE_KINDS = List.of("WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER");
    private static final List<String> MAIL_KINDS = List.of("WORK", "PRIV", "OTHER");
    private static final List<Field> ALL = List.of(
            new Field(264911, "Телефон", "PHONE", "multitext", PHONE_KINDS, 193199),
            new Field(264913, "Email", "EMAIL", "multitext", MAIL_KINDS, 193211),
            new Field(264909, "Должность", "POSITION", "text", List.of(), 0),
            new Field(271177, "Договор", "", "text", List.of(), 0));

    private Fields() {}

    static List<Map<String, Object>> definitions() {
        return ALL.stream().map(Field::definition).toList();
    }

    static List<Map<String, Object>> phones(List<String> texts) {
        List<Map<String, Object>> values = new ArrayList<>();
        for (String text : texts) {
            values.add(Map.of("value", text, "enum_code", values.isEmpty() ? "MOB" : "WORK"));
        }
        return read(List.of(Map.of("field_code", "PHONE", "values", values)), "enum_code");
    }

    /** What is wrong with the values of a body. */
    static List<Map<String, Object>> check(Object given) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        List<Map<String, Object>> fields = Body.maps(given);
        for (int i = 0; i < fields.size(); i++) {
            String path = "custom_fields_values." + i;
            Map<String, Object> one = fields.get(i);
            Optional<Field> field = find(one);
            if (field.isEmpty()) {
                wrong.add(Shape.problem(
                        "NotSupportedChoice", path + (one.containsKey("field_id") ? ".field_id" : ".field_code")));
            } else if (one.get("values") instanceof List<?> values) {
                for (int v = 0; v < values.size(); v++) {
                    Object code = Body.map(values.get(v)).get("enum_code");
                    if (code != null && !field.get().kinds.contains(code)) {
                        wrong.add(Shape.problem("NotSupportedChoice", path + ".values." + v + ".enum_code"));
                    }
                }
            }
        }
        return wrong;
    }

    private static Optional<Field> find(Map<String, Object> one) {
        return ALL.stream()
                .filter(field -> (field.code.isEmpty() || !field.code.equals(one.get("field_code")))
                        ? one.get("field_id") instanceof Number id && id.intValue() == field.id
                        : true)
                .findFirst();
    }

    /** The values of a body in the form in which answers have them. */
    static List<Map<String, Object>> read(Object given, String enumName) {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (Map<String, Object> one : Body.maps(given)) {
            List<Map<String, Object>> values = Body.maps(one.get("values"));
            find(one).filter(field -> !values.isEmpty()).ifPresent(field -> fields.add(field.filled(values, enumName)));
        }
        return fields;
    }

    private record Field(int id, String name, String code, String type, List<String> kinds, int firstKind) {
        Map<String, Object> definition() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", id);
            map.put("name", name);
            map.put("type", type);
            map.put("code", code.isEmpty() ? null : code);
            List<Map<String, Object>> enums = new ArrayList<>();
            for (String kind : kinds) {
                enums.add(Map.of("id", kindId(kind), "value", kind, "sort", enums.size() + 1));
            }
            map.put("enums", enums.isEmpty() ? null : enums);
            return map;
        }

        private int kindId(String kind) {
            return firstKind + 2 * kinds.indexOf(kind);
        }

        Map<String, Object> filled(List<Map<String, Object>> given, String enumName) {
            List<Map<String, Object>> values = new ArrayList<>();
            for (Map<String, Object> one : given) {
                Map<String, Object> value = new LinkedHashMap<>();
                value.put("value", one.getOrDefault("value", ""));
                if (!kinds.isEmpty()) {
                    String kind = kind(one);
                    value.put("enum_id", kindId(kind));
                    value.put(enumName, kind);
                }
                values.add(value);
            }
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("field_id", id);
            map.put("field_name", name);
            map.put("field_code", code.isEmpty() ? null : code);
            map.put("field_type", type);
            map.put("values", values);
            return map;
        }

        private String kind(Map<String, Object> value) {
            return kinds.stream()
                    .filter(kind -> kind.equals(value.get("enum_code"))
                            || Integer.valueOf(kindId(kind)).equals(value.get("enum_id")))
                    .findFirst()
                    .orElse(kinds.get(0));
        }
    }
}
