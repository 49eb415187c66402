// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.crm.CrmWrite;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way to one CRM account. Immutable.
 *
 * @param id unique in the store; 0 before it is stored
 * @param account the CRM's id
 * @param key the idempotency key, unique within the account
 * @param lane deliveries of one account and lane are made in the order of their ids; one that waits to be tried again
 *     holds the later ones of its lane back, a parked one does not
 * @param after the key of a delivery of the same account that must be done before, or null
 * @param write what to write
 * @param state how far it is
 * @param attempts how many times it was tried
 * @param lookFirst whether an attempt may have been done: the next one looks before it writes
 * @param createdAt when it was planned
 * @param triedSince since when it is tried in vain, from which the days count after which it is parked; null when that
 *     is yet to begin: at first, and when a person had it tried again
 * @param nextAt when it may be tried (again)
 * @param reason the last attempt's reason, a remark on what is done, or null
 * @param ref the CRM's id of what was written, once it is done
 */
public record Delivery(
        long id,
        String account,
        String key,
        String lane,
        @Nullable String after,
        CrmWrite write,
        State state,
        int attempts,
        boolean lookFirst,
        Instant createdAt,
        @Nullable Instant triedSince,
        Instant nextAt,
        @Nullable String reason,
        @Nullable String ref) {
    /**
     * {@return a delivery that is not stored yet}
     *
     * @param account the CRM's id
     * @param key the idempotency key, unique within the account
     * @param lane its lane
     * @param after the key of a delivery that must be done before, or null
     * @param write what to write
     * @param now when it is planned
     */
    // Every argument names a column of the outbox; a builder would only repeat them.
    @SuppressWarnings("ParameterNumber")
    public static Delivery planned(
            String account, String key, String lane, @Nullable String after, CrmWrite write, Instant now) {
        return new Delivery(0, account, key, lane, after, write, State.PENDING, 0, false, now, null, now, null, null);
    }

    Delivery with(RetryPolicy.Result result, int tries) {
        return new Delivery(
                id,
                account,
                key,
                lane,
                after,
                write,
                result.state(),
                tries,
                result.lookFirst(),
                createdAt,
                result.triedSince(),
                result.nextAt(),
                result.reason(),
                result.ref());
    }

    /**
     * What is on disk while an attempt is made: should the process die now, the next attempt looks first. It is not
     * counted before it has come to something: that the process died is no reason to wait longer for the CRM.
     */
    Delivery beingTried() {
        return with(new RetryPolicy.Result(state, true, triedSince, nextAt, reason, ref), attempts);
    }

    /** What a person wants tried again is tried as long as if it were new. */
    Delivery toBeTriedAt(Instant moment) {
        return with(new RetryPolicy.Result(State.PENDING, lookFirst, null, moment, reason, ref), attempts);
    }

    /** What is worth knowing of a write that is done stands where a failed one has its reason. */
    Delivery remarked(String remark) {
        return with(new RetryPolicy.Result(state, lookFirst, triedSince, nextAt, remark, ref), attempts);
    }

    /**
     * {@return this delivery at rest, because another one of the outbox brings the same}
     *
     * @param where what the other one is about
     */
    public Delivery replacedBy(String where) {
        return with(new RetryPolicy.Result(State.DONE, false, null, nextAt, "it goes with " + where, null), attempts);
    }

    /** How far a delivery is. */
    public enum State {
        /** It is to be tried, now or later. */
        PENDING,
        /** The CRM refused, or it was tried for too long: a person decides. */
        PARKED,
        /** The CRM has it. */
        DONE
    }
}
