// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to, as the courier sees it: the connector's outcome, and what it counts.
 *
 * @param outcome the outcome
 * @param counts what it counts
 * @param remark what is worth knowing of a write that is done, or null
 */
record Verdict(Outcome outcome, Counts counts, @Nullable String remark) {
    static Verdict of(Outcome outcome) {
        return new Verdict(outcome, Counts.AS_ATTEMPT, null);
    }

    Verdict remarked(String text) {
        return new Verdict(outcome, counts, text);
    }

    /** {@return the verdict on a recording that will come} */
    static Verdict notYet(Duration after) {
        return of(new Outcome.Retry(after, "The recording is not ready yet."));
    }

    /** What a CRM's fault means for every write of the call in which it happened. */
    static Verdict of(ConnectorException fault) {
        String message = String.valueOf(fault.getMessage());
        return switch (fault.reason()) {
            case REAUTHORISE -> of(new Outcome.Reauthorise(message));
            case UNCLEAR -> of(new Outcome.Unclear(message));
            case UNAVAILABLE, RATE_LIMITED ->
                of(new Outcome.Retry(fault.retryAfter().orElse(null), message));
            case FORBIDDEN, NOT_FOUND, REFUSED -> of(new Outcome.Refused(message));
        };
    }

    /** {@return whether the account did not do its work, so that asking it for more is no use for now} */
    boolean isFailure() {
        return outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unclear;
    }

    /** {@return whether a person has to give the permission again} */
    boolean needsPerson() {
        return outcome instanceof Outcome.Reauthorise;
    }

    boolean isDone() {
        return outcome instanceof Outcome.Done;
    }

    /**
     * {@return the same, where the account needs nobody but this one write does: it is asked for again in a while,
     * while others go}
     */
    Verdict alone() {
        return outcome instanceof Outcome.Reauthorise person
                ? new Verdict(new Outcome.Retry(Permission.ASK_AGAIN, person.reason()), Counts.NOTHING, null)
                : this;
    }

    Delivery apply(RetryPolicy policy, Delivery before, Instant now, double jitter) {
        if (counts == Counts.NOTHING && outcome instanceof Outcome.Retry retry) {
            Duration after = retry.after() == null ? Permission.ASK_AGAIN : retry.after();
            return policy.untouched(before, after, retry.reason(), now);
        }
        Delivery next = policy.next(before, outcome, now, jitter);
        return isDone() && remark != null ? next.remarked(remark) : next;
    }

    /** What is counted as an attempt, of which there may be only so many days. */
    enum Counts {
        AS_ATTEMPT,
        /** A person has to do something first, and may take as long as it takes. */
        NOTHING
    }
}
