// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Calls to write about. */
final class Writes {
    private static final Instant START = Instant.parse("2026-11-20T09:15:00Z");

    private Writes() {}

    static PhoneNumber customer(int index) {
        return PhoneNumber.of(String.format(Locale.ROOT, "+7495%07d", 7_000_000 + index));
    }

    static CallId call(int index) {
        return new CallId("hq", "1795365484." + index);
    }

    static CrmWrite.LogCall answered(int index, String user) {
        return log(index, user, Duration.ofSeconds(95), null, 0);
    }

    static CrmWrite.LogCall missed(int index, String user) {
        return log(index, user, Duration.ZERO, null, 0);
    }

    static CrmWrite.LogCall of(int index, String user, ContactRef contact, int revision) {
        return log(index, user, Duration.ofSeconds(95), contact, revision);
    }

    private static CrmWrite.LogCall log(
            int index, String user, Duration connected, @Nullable ContactRef contact, int revision) {
        boolean answered = !connected.isZero();
        return new CrmWrite.LogCall(
                call(index),
                Direction.INBOUND,
                customer(index),
                customer(index).digits(),
                "74951110001",
                user,
                answered,
                answered ? EndReason.COMPLETED : EndReason.ABANDONED,
                START.plusSeconds(index),
                connected,
                contact,
                null,
                revision);
    }

    static CrmWrite.LogCall dialled(int index, String user, String dialRef) {
        return new CrmWrite.LogCall(
                call(index),
                Direction.OUTBOUND,
                customer(index),
                customer(index).digits(),
                "74951110001",
                user,
                true,
                EndReason.COMPLETED,
                START.plusSeconds(index),
                Duration.ofSeconds(40),
                null,
                dialRef,
                0);
    }

    static CrmWrite.LogCall hidden(int index, String user) {
        return new CrmWrite.LogCall(
                call(index),
                Direction.INBOUND,
                null,
                "",
                "74951110001",
                user,
                true,
                EndReason.COMPLETED,
                START.plusSeconds(index),
                Duration.ofSeconds(7),
                null,
                null,
                0);
    }
}
