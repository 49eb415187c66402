// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a vendor answers; {@link SandboxServer} does the rest: the wire, the faults and the control requests. */
public interface SandboxApp {
    /**
     * {@return the vendor's answer}
     *
     * @param request what was asked
     */
    SandboxReply handle(SandboxRequest request);

    /**
     * {@return the names of the vendor's methods that a request asks for, as {@code only} of a fault names them}
     *
     * @param request what was asked
     */
    Set<String> methods(SandboxRequest request);

    /**
     * {@return how this vendor says that something is wrong}
     *
     * @param fault {@link Faults.Kind#RATE_LIMIT}, {@link Faults.Kind#SERVER_ERROR} or
     *     {@link Faults.Kind#EXPIRED_TOKEN}
     */
    SandboxReply refuse(Faults.Kind fault);

    /**
     * {@return whether a fault makes sense for a request: a login has no access token that could be too old}
     *
     * @param fault the fault
     * @param request what was asked
     */
    default boolean suffers(Faults.Kind fault, SandboxRequest request) {
        return true;
    }

    /** {@return everything that the vendor would now hold} */
    Map<String, Object> state();

    /** Forgets everything that happened since it started. */
    void reset();

    /**
     * {@return the answer to a control request of this vendor alone, such as {@code POST /_sandbox/call}, if it knows
     * it}
     *
     * @param name what stands behind {@code /_sandbox/}
     * @param request what was asked
     */
    default Optional<SandboxReply> control(String name, SandboxRequest request) {
        return Optional.empty();
    }
}
