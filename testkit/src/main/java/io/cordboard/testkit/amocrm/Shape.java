// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a body may hold: no member that is not known, no null where none is allowed, no other type. Immutable. */
final class Shape implements Body.Check {
    private final Map<String, Rule> members;
    private final Set<String> required;

    private Shape(Map<String, Rule> members, Set<String> required) {
        this.members = members;
        this.required = required;
    }

    static Shape of(Object... namesAndRules) {
        Map<String, Rule> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndRules.length; i += 2) {
            members.put((String) namesAndRules[i], (Rule) namesAndRules[i + 1]);
        }
        return new Shape(members, Set.of());
    }

    Shape requiring(String... names) {
        return new Shape(members, Set.of(names));
    }

    Shape and(Shape other) {
        Map<String, Rule> all = new LinkedHashMap<>(members);
        all.putAll(other.members);
        Set<String> needed = new java.util.HashSet<>(required);
        needed.addAll(other.required);
        return new Shape(all, needed);
    }

    /** What is wrong with one item; empty when nothing is. */
    @Override
    public List<Map<String, Object>> check(Object item) {
        List<Map<String, Object>> problems = new ArrayList<>();
        check(item, "", (code, path) -> problems.add(problem(code, path)));
        return problems;
    }

    private void check(@Nullable Object value, String path, BiConsumer<String, String> wrong) {
        if (!(value instanceof Map<?, ?> map)) {
            wrong.accept("InvalidType", path);
            return;
        }
        String inside = path.isEmpty() ? "" : path + ".";
        map.forEach((key, member) -> {
            Rule rule = members.get(String.valueOf(key));
            if (rule == null) {
                wrong.accept("FieldNotExpected", inside + key);
            } else {
                rule.check(member, inside + key, wrong);
            }
        });
        for (String name : required) {
            if (!map.containsKey(name)) {
                wrong.accept("FieldMissing", inside + name);
            }
        }
    }

    static Map<String, Object> problem(String code, String path) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("code", code);
        problem.put("path", path);
        problem.put("detail", detail(code));
        return problem;
    }

    private static String detail(String code) {
        return switch (code) {
            case "FieldNotExpected" -> "This field was not expected.";
            case "NotNullable" -> "This value should not be null.";
            case "NotSupportedChoice" -> "The value you selected is not a valid choice.";
            case "FieldMissing" -> "This field is missing.";
            case "NotBlank" -> "This value should not be blank.";
            default -> "This value is not valid.";
        };
    }

    /** What one member may be. */
    interface Rule {
        void check(@Nullable Object value, String path, BiConsumer<String, String> wrong);

        default Rule orNull() {
            return (value, path, wrong) -> {
                if (value != null) {
                    check(value, path, wrong);
                }
            };
        }
    }

    static final Rule TEXT = typed(String.class);
    static final Rule BOOL = typed(Boolean.class);
    static final Rule INT = typed(Integer.class, Long.class);
    static final Rule TEXT_OR_INT = typed(String.class, Integer.class, Long.class);
    static final Rule ANY = typed(Object.class);
    static final Rule LABEL = (value, path, wrong) -> {
        TEXT.check(value, path, wrong);
        if (value instanceof String text && text.isBlank()) {
            wrong.accept("NotBlank", path);
        }
    };

    private static Rule typed(Class<?>... types) {
        return (value, path, wrong) -> {
            if (value == null) {
                wrong.accept("NotNullable", path);
            } else if (java.util.Arrays.stream(types).noneMatch(type -> type.isInstance(value))) {
                wrong.accept("InvalidType", path);
            }
        };
    }

    static Rule choice(Object... choices) {
        return (value, path, wrong) -> {
            if (value == null) {
                wrong.accept("NotNullable", path);
            } else if (!List.of(choices).contains(value)) {
                wrong.accept("NotSupportedChoice", path);
            }
        };
    }

    static Rule object(Shape shape) {
        return (value, path, wrong) -> {
            if (value == null) {
                wrong.accept("NotNullable", path);
            } else {
                shape.check(value, path, wrong);
            }
        };
    }

    static Rule listOf(Shape shape) {
        return (value, path, wrong) -> {
            if (value == null) {
                wrong.accept("NotNullable", path);
            } else if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    shape.check(list.get(i), path + "." + i, wrong);
                }
            } else {
                wrong.accept("InvalidType", path);
            }
        };
    }
}
