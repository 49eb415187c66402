// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.time.Instant;

/**
 * What an attempt came to, as the courier sees it: the connector's outcome, and what it counts.
 *
 * @param outcome the outcome
 * @param counts what it counts
 */
record Verdict(Outcome outcome, Counts counts) {
    private static final Duration PERMISSION = Duration.ofMinutes(5);

    static Verdict of(Outcome outcome) {
        return new Verdict(outcome, Counts.AS_ATTEMPT);
    }

    /** {@return the verdict on a recording that will come} */
    static Verdict notYet(Duration after) {
        return new Verdict(new Outcome.Retry(after, "The recording is not ready yet."), Counts.NOT_WITHIN_LIMIT);
    }

    /** What a vendor's fault means for every write of the call in which it happened. */
    static Verdict of(ConnectorException fault) {
        String message = String.valueOf(fault.getMessage());
        if (fault.reason() == Reason.REAUTHORISE) {
            return new Verdict(new Outcome.Retry(fault.retryAfter().orElse(PERMISSION), message), Counts.NEVER);
        }
        if (fault.reason() == Reason.UNCLEAR) {
            return of(new Outcome.Unclear(message));
        }
        return of(
                fault.reason().retryable()
                        ? new Outcome.Retry(fault.retryAfter().orElse(null), message)
                        : new Outcome.Refused(message));
    }

    /** {@return whether the account did not do its work, so that asking it for more is no use for now} */
    boolean isFailure() {
        return outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unclear;
    }

    Delivery apply(RetryPolicy policy, Delivery before, Instant now, double jitter) {
        boolean free = counts == Counts.NEVER || (counts == Counts.NOT_WITHIN_LIMIT && !policy.isTooOld(before, now));
        if (free && outcome instanceof Outcome.Retry retry) {
            Duration after = retry.after();
            return policy.postponed(before, after == null ? PERMISSION : after, retry.reason(), now);
        }
        return policy.next(before, outcome, now, jitter);
    }

    /** What is counted as an attempt, of which there may be only so many days. */
    enum Counts {
        AS_ATTEMPT,
        /** Nothing was tried; but that does not go on for ever. */
        NOT_WITHIN_LIMIT,
        /** A person has to do something first, and may take as long as it takes. */
        NEVER
    }
}
