// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import io.cordboard.connector.Connector;
import io.cordboard.connector.Memory;
import io.cordboard.server.config.AccountConfig;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The secret parts of webhook URLs: made once for each account and kept with it. */
final class HookSecrets {
    private static final String KEY = "server.hookSecret";
    private static final int BYTES = 16;

    private HookSecrets() {}

    /** {@return the secret of each account that takes webhooks, by its id} */
    static Map<String, String> of(Map<AccountConfig, Connector> connectors, Function<String, Memory> memories) {
        Map<String, String> secrets = new LinkedHashMap<>();
        connectors.forEach((account, connector) -> {
            if (connector.webhook().isPresent()) {
                secrets.put(account.id(), of(account, memories.apply(account.id())));
            }
        });
        return secrets;
    }

    /** {@return the secret of an account, made now if it never had one} */
    static String of(AccountConfig account, Memory memory) {
        return account.hookSecret().orElseGet(() -> kept(memory));
    }

    static URI url(URI publicUrl, String account, String secret) {
        return URI.create(publicUrl + "/hook/" + account + "/" + secret);
    }

    private static String kept(Memory memory) {
        return memory.get(KEY).orElseGet(() -> {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            String made = HexFormat.of().formatHex(random);
            memory.put(KEY, made);
            return made;
        });
    }
}
