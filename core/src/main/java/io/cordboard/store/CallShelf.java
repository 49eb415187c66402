// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.PhoneNumber;
import io.cordboard.playbook.CallCard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls on disk. Safe for use by many threads. */
public interface CallShelf {
    /**
     * {@return the newest stored state of a call; its events included}
     *
     * @param id the call
     */
    Optional<CallCard> find(CallId id);

    /**
     * {@return everything that was stored about a call, in the order in which it was stored}
     *
     * @param id the call
     */
    List<CallEvent> events(CallId id);

    /**
     * {@return calls that are not part of another call, newest first}
     *
     * @param query which
     */
    List<CallCard> list(Query query);

    /** {@return the calls whose stored state does not contain all of their stored events, or that are not settled} */
    Set<CallId> unfinished();

    /**
     * Which calls are wanted. Immutable.
     *
     * @param states only calls in one of these states; empty for all
     * @param since only calls that started at or after this moment, or null
     * @param customer only calls of this number in E.164, or null
     * @param limit the most to return
     */
    record Query(
            Set<CallState> states,
            @Nullable Instant since,
            @Nullable String customer,
            int limit) {
        /** Copies the set. */
        public Query {
            states = Set.copyOf(states);
        }

        /**
         * {@return whether a call is one of those that are wanted}
         *
         * @param call a call
         */
        public boolean accepts(Call call) {
            PhoneNumber number = call.customer().number();
            return call.absorbedInto() == null
                    && (states.isEmpty() || states.contains(call.state()))
                    && (since == null || !call.startedAt().isBefore(since))
                    && (customer == null || (number != null && number.e164().equals(customer)));
        }
    }
}
