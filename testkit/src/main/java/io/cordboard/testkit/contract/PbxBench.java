// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import io.cordboard.pbx.AgentStates;
import java.util.List;
import java.util.Set;

/** A PBX connector on the bench: started, wired to its vendor's sandbox, telling its calls to a store. */
public interface PbxBench {
    /** {@return the connector, started} */
    Connector connector();

    /** {@return where it tells its calls} */
    StoredCalls calls();

    /** {@return the roles that the connector plays as it is set up here, and no others} */
    Set<Class<?>> roles();

    /** {@return the agents' extensions; at least two, the first is the one that answers} */
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

    /**
     * Begins a call from the customer that the first extension answers and that goes on; for {@code CallControl}.
     *
     * @return the call, maybe before it is told
     */
    default CallId talk() {
        throw new IllegalStateException("who plays CallControl needs a call that goes on");
    }

    /** {@return what was told of the agents, in order; for {@code AgentStates}} */
    default List<AgentStates.Change> changes() {
        throw new IllegalStateException("who plays AgentStates needs to be heard");
    }

    /**
     * {@return whether the PBX itself has paused an agent; for {@code Pausing}}
     *
     * @param agent the agent's extension
     */
    default boolean isPaused(Extension agent) {
        throw new IllegalStateException("who plays Pausing needs a PBX that can be asked");
    }

    /** Closes the connector's ears: from now on the PBX cannot tell it anything. */
    void beginOutage();

    /** Opens the connector's ears again; what was told meanwhile is lost. */
    void endOutage();

    /**
     * Lets recordings break off before their end; for {@code Recordings}.
     *
     * @param breakOff whether they do from now on
     */
    default void breakOffRecordings(boolean breakOff) {
        throw new IllegalStateException("who plays Recordings needs files that break off");
    }

    /**
     * Takes the PBX away, as a whole: it answers nothing that makes sense.
     *
     * @param away whether it is away from now on
     */
    void away(boolean away);

    /** {@return what the phones showed for the last call, or empty} */
    String shownName();

    /**
     * {@return what of a name this PBX can show; all of it unless it forbids some signs}
     *
     * @param name a name
     */
    default String showable(String name) {
        return name;
    }

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
        /** As {@link #ANSWERED}, but in another order that the PBX may use, such as the end before the answer. */
        SHUFFLED,
        /** As {@link #ANSWERED}, and the recording's file comes late. */
        LATE_RECORDING
    }
}
