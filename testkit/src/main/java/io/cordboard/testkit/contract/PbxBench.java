// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import java.util.List;

/** A PBX connector on the bench: started, wired to its vendor's sandbox, telling its calls to a store. */
public interface PbxBench {
    /** {@return the connector, started} */
    Connector connector();

    /** {@return where it tells its calls} */
    StoredCalls calls();

    /** {@return the agents' extensions; at least three, the first is the one that answers} */
    List<Extension> extensions();

    /** {@return the customer's number in E.164} */
    String customer();

    /** {@return the number that customers dial, as the PBX writes it} */
    String line();

    /**
     * Plays a call to its end.
     *
     * @param scene what happens
     * @return the call
     */
    CallId play(Scene scene);

    /** Closes the connector's ears: from now on the PBX cannot tell it anything. */
    void beginOutage();

    /** Opens the connector's ears again; what was told meanwhile is lost. */
    void endOutage();

    /** {@return what the phones showed for the last call, or empty} */
    String shownName();

    /** What happens to a call. */
    enum Scene {
        /** The customer calls, the first extension rings and answers, somebody hangs up. */
        ANSWERED,
        /** The customer calls, the first extension rings, the customer gives up. */
        MISSED,
        /** The customer calls, every extension rings, the last one answers. */
        RING_ALL,
        /** As {@link #ANSWERED}, but the PBX says everything twice. */
        REPEATED,
        /** As {@link #ANSWERED}, but the PBX says the end before the answer. */
        SHUFFLED,
        /** As {@link #ANSWERED}, and the recording's file comes late. */
        LATE_RECORDING
    }
}
