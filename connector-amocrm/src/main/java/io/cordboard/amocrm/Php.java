// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Form encoding as PHP has it: {@code contacts[add][0][id]=...}. */
final class Php {
    private static final int MOST_PAIRS = 20_000;

    private Php() {}

    /** {@return the pairs by their names as PHP writes them; empty when the form is broken} */
    static Optional<Map<String, String>> decode(String form) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals == 0 || pairs.size() >= MOST_PAIRS) {
                return Optional.empty();
            }
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            try {
                pairs.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(pairs);
    }
}
