// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

/** The names of what is counted. */
final class ZadarmaCounts {
    static final String TAKEN = "webhooks_taken";
    static final String UNKNOWN = "webhooks_unknown_event";
    static final String MALFORMED = "webhooks_refused_malformed";
    static final String SIGNATURE = "webhooks_refused_signature";
    static final String SENDER = "webhooks_refused_sender";
    static final String REPLAYED = "webhooks_refused_replayed";
    static final String SLOW = "routes_over_budget";
    static final String ROUTED = "routes_answered";
    static final String TOLD_BY_HISTORY = "history_calls";

    private ZadarmaCounts() {}
}
