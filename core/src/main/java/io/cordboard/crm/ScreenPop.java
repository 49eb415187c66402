// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.contact.ContactRef;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A CRM that shows its own card of the caller to the agents whose phones ring. */
public interface ScreenPop {
    /**
     * Says how a live call stands now. Returns at once: the connector sends what changed, in the background, newest
     * state only. Nothing is lost when it fails; the call's record does not depend on it.
     *
     * @param view how the call stands
     */
    void show(View view);

    /**
     * How a live call stands for one CRM account. {@link #toString()} hides the number. Immutable.
     *
     * @param call the call
     * @param direction which way it goes
     * @param customer the customer's number
     * @param line the number that was dialled, or null
     * @param startedAt when it started
     * @param contact the best match in this account, or null
     * @param ringing the CRM's user ids of the agents whose phones ring
     * @param talking the CRM's user id of the agent who talks, or null
     * @param over whether the call is over
     * @param dialRef the CRM's own id of the call when it was started from the CRM, or null
     * @param mayCreateLead whether a CRM that makes leads of unknown callers by itself may do so now
     */
    record View(
            CallId call,
            Direction direction,
            Caller customer,
            @Nullable String line,
            Instant startedAt,
            @Nullable ContactRef contact,
            Set<String> ringing,
            @Nullable String talking,
            boolean over,
            @Nullable String dialRef,
            boolean mayCreateLead) {
        /** Copies the set. */
        public View {
            ringing = Set.copyOf(ringing);
        }

        /**
         * Creates a view of a call of which the CRM makes no lead.
         *
         * @param call the call
         * @param direction which way it goes
         * @param customer the customer's number
         * @param line the number that was dialled, or null
         * @param startedAt when it started
         * @param contact the best match in this account, or null
         * @param ringing the CRM's user ids of the agents whose phones ring
         * @param talking the CRM's user id of the agent who talks, or null
         * @param over whether the call is over
         * @param dialRef the CRM's own id of the call when it was started from the CRM, or null
         */
        public View(
                CallId call,
                Direction direction,
                Caller customer,
                @Nullable String line,
                Instant startedAt,
                @Nullable ContactRef contact,
                Set<String> ringing,
                @Nullable String talking,
                boolean over,
                @Nullable String dialRef) {
            this(call, direction, customer, line, startedAt, contact, ringing, talking, over, dialRef, false);
        }
    }
}
