// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request, or of one member of a batch. Immutable.
 *
 * @param body what the account answered; missing when it had nothing to say
 * @param fault why it failed, or null
 */
record Reply(JsonNode body, @Nullable Fault fault) {
    static Reply of(JsonNode body) {
        return new Reply(body, null);
    }

    static Reply nothing() {
        return new Reply(MissingNode.getInstance(), null);
    }

    static Reply failed(Fault fault) {
        return new Reply(MissingNode.getInstance(), fault);
    }

    /** {@return the members of an embedded list; empty when there are none} */
    JsonNode list(String name) {
        return body.path("_embedded").path(name);
    }

    /** {@return whether the account says that there is another page} */
    boolean hasNext() {
        return !body.path("_links").path("next").path("href").asText("").isEmpty();
    }

    Reply orThrow() {
        if (fault != null) {
            throw fault.asException();
        }
        return this;
    }
}
