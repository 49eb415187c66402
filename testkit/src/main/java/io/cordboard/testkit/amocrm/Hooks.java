// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.Map;

/** Tells the account's subscribers what happened. */
final class Hooks {
    void card(String action, Card card) {}

    void responsible(Card card, int before) {}

    void status(Card card, int before) {}

    void note(Note note) {}

    void task(String action, Map<String, Object> task) {}
}
