// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One method and its parameters; a value may be a text, number, list, map or a {@link Ref}. Immutable.
 *
 * @param method such as {@code crm.lead.add}
 * @param params its parameters
 */
record Command(String method, Map<String, ?> params) {
    /** {@return the places of the commands that it refers to} */
    Set<Integer> needs() {
        Set<Integer> found = new HashSet<>();
        resolved(ref -> {
            found.add(ref.command());
            return "";
        });
        return found;
    }

    /** {@return the parameters with each reference replaced} */
    Map<String, Object> resolved(Function<Ref, Object> replacement) {
        Map<String, Object> copy = new LinkedHashMap<>();
        params.forEach((key, value) -> copy.put(key, replaced(value, replacement)));
        return copy;
    }

    /** {@return the same command further down in a longer list} */
    Command shifted(int places) {
        return new Command(method, resolved(ref -> new Ref(ref.command() + places, ref.path())));
    }

    /** {@return a text that the portal does not read as a reference, whoever wrote it} */
    static String harmless(String text) {
        return text.replace("$result[", "$result [");
    }

    private static Object replaced(Object value, Function<Ref, Object> replacement) {
        if (value instanceof Ref ref) {
            return replacement.apply(ref);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, member) -> copy.put(String.valueOf(key), replaced(member, replacement)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(member -> replaced(member, replacement)).collect(Collectors.toList());
        }
        if (value instanceof String text) {
            return harmless(text);
        }
        return value;
    }

    @Override
    public String toString() {
        return method;
    }
}
