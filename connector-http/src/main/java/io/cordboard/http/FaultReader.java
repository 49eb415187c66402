// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import io.cordboard.connector.ConnectorException;
import java.util.Optional;

/** Reads a vendor's own words for what went wrong. */
@FunctionalInterface
public interface FaultReader {
    /** Knows no vendor: the HTTP status decides. */
    FaultReader NONE = answer -> Optional.empty();

    /**
     * {@return what the vendor means, or empty when the HTTP status says it all}
     *
     * @param answer an answer whose status is not one of 200 to 299
     */
    Optional<ConnectorException> read(Answer answer);
}
