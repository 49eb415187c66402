// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A vendor on this machine: speaks its wire format over real HTTP, holds its state in memory, and fails on request.
 *
 * <p>Safe for use by many threads.
 */
public interface Sandbox extends AutoCloseable {
    /** {@return the vendor's name as configuration files write it, such as {@code bitrix24}} */
    String vendor();

    /** {@return where it listens, without a path, such as {@code http://127.0.0.1:49152}} */
    URI url();

    /**
     * {@return the certificate that a client has to trust, in PEM, made for this run; none where the sandbox does not
     * speak TLS}
     */
    default Optional<String> certificate() {
        return Optional.empty();
    }

    /** {@return the keys to put into a configuration, {@code type} among them} */
    Map<String, Object> config();

    /** {@return everything that the vendor would now hold, ready to be written as JSON} */
    Map<String, Object> state();

    /** {@return what goes wrong at the moment} */
    Faults faults();

    /** Forgets everything that happened since it started, faults too. */
    void reset();

    /** Stops listening. */
    @Override
    void close();
}
