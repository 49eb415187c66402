// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one command. Immutable.
 *
 * @param result what the portal answered; missing when it failed
 * @param fault why it failed, or null
 * @param time what the portal says about its own time; missing when it says nothing
 */
record Reply(JsonNode result, @Nullable Fault fault, JsonNode time) {
    static Reply ok(JsonNode result, JsonNode time) {
        return new Reply(result, null, time);
    }

    static Reply failed(Fault fault) {
        return new Reply(MissingNode.getInstance(), fault, MissingNode.getInstance());
    }

    JsonNode orThrow() {
        if (fault != null) {
            throw fault.asException();
        }
        return result;
    }
}
