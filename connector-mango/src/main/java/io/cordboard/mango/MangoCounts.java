// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

/** The names of what is counted. */
final class MangoCounts {
    static final String TAKEN = "webhooks_taken";
    static final String AGAIN = "webhooks_repeated";
    static final String UNKNOWN = "webhooks_unknown_event";
    static final String MALFORMED = "webhooks_refused_malformed";
    static final String SIGNATURE = "webhooks_refused_signature";
    static final String SENDER = "webhooks_refused_sender";
    static final String REPLAYED = "webhooks_refused_replayed";
    static final String ROUTED = "routes_sent";
    static final String ROUTE_REFUSED = "routes_refused";
    static final String ROUTE_LATE = "routes_too_late";
    static final String INVALID = "requests_invalid";
    static final String NO_RESULT = "commands_without_result";
    static final String NO_SUMMARY = "calls_without_summary";
    static final String TOLD_BY_HISTORY = "history_calls";

    private MangoCounts() {}
}
