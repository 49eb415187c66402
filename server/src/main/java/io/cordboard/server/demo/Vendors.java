// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.util.List;

/**
 * Whose systems a demo shows. Immutable.
 *
 * @param pbx one of {@link #PBXS}
 * @param crm one of {@link #CRMS}
 */
record Vendors(String pbx, String crm) {
    static final List<String> PBXS = List.of("mango", "zadarma");
    static final List<String> CRMS = List.of("amocrm", "bitrix24", "salesforce");
}
