// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A value out of the answer to an earlier command of the same batch. Immutable.
 *
 * @param command the earlier command's place in the list, from 0
 * @param path member names and places, from the outside in
 */
record Ref(int command, List<String> path) {
    static Ref of(int command, String... path) {
        return new Ref(command, List.of(path));
    }

    /** {@return how the portal writes it} */
    String onTheWire() {
        return "$result[" + key(command) + "]"
                + path.stream().map(step -> "[" + step + "]").collect(Collectors.joining());
    }

    static String key(int command) {
        return "c" + command;
    }
}
