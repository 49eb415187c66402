// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls to write about, and an account to write them to. */
final class Samples {
    private Samples() {}

    static AmoCrmUnderTest account(String... settings) {
        Map<String, String> all = new HashMap<>(AmoCrmContractTest.FAST);
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        AmoCrmUnderTest account = AmoCrmUnderTest.longLived(new AmoCrmFactory(), all, c -> {});
        awaitStarted(account);
        return account;
    }

    /** What the connector asks for by itself when it starts is neither counted nor disturbed by the test. */
    static void awaitStarted(AmoCrmUnderTest account) {
        await().until(() -> account.connector().counts().getOrDefault("upkeep_rounds", 0L) > 0);
    }

    static PhoneNumber number(int index) {
        return PhoneNumber.of(String.format(Locale.ROOT, "+7499%07d", 5_000_000 + index));
    }

    static CallId call(int index) {
        return new CallId("hq", "1795365999." + index);
    }

    static CrmWrite.LogCall log(int index, @Nullable String user, @Nullable ContactRef contact) {
        return log(index, user, contact, 0);
    }

    static CrmWrite.LogCall log(int index, @Nullable String user, @Nullable ContactRef contact, int revision) {
        return new CrmWrite.LogCall(
                call(index),
                Direction.INBOUND,
                number(index),
                number(index).digits(),
                "74951110001",
                user,
                true,
                EndReason.COMPLETED,
                Instant.parse("2026-11-20T09:15:00Z").plusSeconds(index),
                Duration.ofSeconds(95 + revision),
                contact,
                null,
                revision);
    }

    static CrmWrite.CreateCustomer customer(int index, @Nullable String user) {
        return new CrmWrite.CreateCustomer(
                call(index),
                ContactRef.Type.LEAD,
                number(index).e164(),
                number(index),
                user,
                "74951110001",
                Instant.parse("2026-11-20T09:15:00Z").plusSeconds(index),
                Duration.ZERO);
    }

    static Outcome write(AmoCrmUnderTest crm, CrmWrite.LogCall log) {
        return crm.connector()
                .role(CallLog.class)
                .orElseThrow()
                .log(List.of(new Attempt<>(log, "log/" + log.call() + "/" + log.revision(), 1, false)))
                .get(0);
    }

    static Outcome write(AmoCrmUnderTest crm, CrmWrite.CreateCustomer customer) {
        return crm.connector()
                .role(CustomerDesk.class)
                .orElseThrow()
                .create(List.of(new Attempt<>(customer, customer.call() + "/customer", 1, false)))
                .get(0);
    }

    static List<Map<String, Object>> callNotes(AmoCrmUnderTest crm) {
        return crm.account().notes().stream()
                .filter(note -> String.valueOf(note.get("note_type")).startsWith("call_"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> params(Map<String, Object> note) {
        return (Map<String, Object>) Objects.requireNonNull(note.get("params"));
    }
}
