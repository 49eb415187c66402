// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One value of a configuration file and the line on which it stands. */
sealed interface Item {
    /** {@return its line, from 1} */
    int line();

    /** {@return what it is, in a word, for messages} */
    String kind();

    /** A text, number or word; the environment is filled in already. */
    record Text(String value, int line) implements Item {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** A list. */
    record Members(List<Item> items, int line) implements Item {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys and their values. */
    record Keys(Map<String, Item> items, Map<String, Integer> keyLines, int line) implements Item {
        @Override
        public String kind() {
            return "keys and values";
        }
    }

    /** A section with its nested keys written with dots and its lists with places. */
    record Flat(Map<String, String> values, Map<String, Integer> lines, int line) {
        /** {@return the line of a key, or of the section when the key is not there} */
        int lineOf(String key) {
            return lines.getOrDefault(key, line);
        }
    }

    /** {@return this section flattened} */
    default Flat flat() {
        Map<String, String> values = new TreeMap<>();
        Map<String, Integer> lines = new TreeMap<>();
        flatten("", this, values, lines);
        return new Flat(values, lines, line());
    }

    private static void flatten(String path, Item item, Map<String, String> values, Map<String, Integer> lines) {
        lines.putIfAbsent(path, item.line());
        if (item instanceof Text text) {
            values.put(path, text.value());
        } else if (item instanceof Members list) {
            for (int i = 0; i < list.items().size(); i++) {
                flatten(path + "[" + i + "]", list.items().get(i), values, lines);
            }
        } else if (item instanceof Keys keys) {
            keys.items().forEach((key, value) -> {
                String below = path.isEmpty() ? key : path + "." + key;
                lines.put(below, keys.keyLines().getOrDefault(key, value.line()));
                flatten(below, value, values, lines);
            });
        }
    }
}
