// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.call.CallId;
import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is to be in the account; {@code toString} hides the number. Immutable.
 *
 * @param call the call that made them known
 * @param type what they become by the rule
 * @param title what to call them
 * @param number the number
 * @param user who is responsible
 * @param at when the call was, or null
 * @param talked how long they talked, or null
 * @param key marks the attempt
 * @param unsure whether an earlier attempt may have been done
 * @param linked whether a link stands in for the recording
 */
record Newcomer(
        CallId call,
        ContactRef.Type type,
        String title,
        PhoneNumber number,
        Optional<String> user,
        @Nullable Instant at,
        @Nullable Duration talked,
        String key,
        boolean unsure,
        boolean linked) {
    private static final String OF_CALL = "/card";

    static Newcomer of(Attempt<CrmWrite.CreateCustomer> attempt, Optional<String> responsible) {
        CrmWrite.CreateCustomer write = attempt.write();
        Optional<String> user = Optional.ofNullable(write.user())
                .filter(AmoCrmSettings::isNumber)
                .or(() -> responsible);
        return new Newcomer(
                write.call(),
                write.type(),
                write.title(),
                write.customer().main(),
                user,
                write.startedAt(),
                write.connected(),
                attempt.key(),
                attempt.lookFirst() || attempt.number() > 1,
                false);
    }

    /** {@return whoever a call belongs to that has no card} */
    static Newcomer of(CrmWrite.LogCall call, Optional<String> user, String key) {
        PhoneNumber number = call.customer();
        if (number == null) {
            throw new IllegalArgumentException("a hidden number cannot be made a customer: " + call.call());
        }
        return new Newcomer(
                call.call(),
                ContactRef.Type.CONTACT,
                number.e164(),
                number.main(),
                user,
                call.startedAt(),
                call.connected(),
                key + OF_CALL,
                false,
                false);
    }

    Newcomer with(Optional<String> other) {
        return new Newcomer(call, type, title, number, other, at, talked, key, unsure, linked);
    }

    /** {@return whether the customer is made for a call's record, because the account has no card for it} */
    boolean isOfCall() {
        return key.endsWith(OF_CALL);
    }

    Newcomer withLink() {
        return new Newcomer(call, type, title, number, user, at, talked, key, unsure, true);
    }

    @Override
    public String toString() {
        return key;
    }
}
