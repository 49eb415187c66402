// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.call.CallEvent;
import java.util.List;

/** A PBX that can be asked which calls there were, to fill what was missed during an outage. */
public interface CallHistory {
    /**
     * {@return calls that ended after a cursor; a call may be told twice, and may be known already}
     *
     * @param cursor where to go on: the last page's {@link Page#next()}, or empty at the very first start: nothing is
     *     told then, and later nothing from before
     * @throws io.cordboard.connector.ConnectorException when the PBX could not be asked
     */
    Page since(String cursor);

    /**
     * One page of calls. Immutable.
     *
     * @param events of each call an arrival and a record
     * @param next the cursor of the next page
     * @param more whether the next page has something now
     */
    record Page(List<CallEvent> events, String next, boolean more) {
        /** Copies the list. */
        public Page {
            events = List.copyOf(events);
        }
    }
}
