// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The envelope of the portal's answers: credentials, batches, limits. */
class Bitrix24RestTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T09:00:00Z"));
    private final Bitrix24Sandbox portal =
            Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withClock(clock).withContacts(200));
    private final Wire wire = new Wire(portal.webhookUrl());

    @AfterEach
    void stop() {
        portal.close();
    }

    private Map<String, Object> batch(int halt, String... commands) {
        Map<String, Object> cmd = new LinkedHashMap<>();
        for (int i = 0; i < commands.length; i++) {
            cmd.put("k" + i, commands[i]);
        }
        return wire.json("batch", Map.of("halt", halt, "cmd", cmd)).map();
    }

    @Test
    void wrongSecretAndMissingCredentialsAreRefused() {
        Wire wrong = new Wire(portal.url().resolve("/rest/1/wrong/"));
        Wire nobody = new Wire(portal.url().resolve("/rest/"));

        assertThat(wrong.json("profile", Map.of()).error())
                .isEqualTo("401 INVALID_CREDENTIALS: Invalid request credentials");
        assertThat(nobody.json("profile", Map.of()).error()).isEqualTo("401 NO_AUTH_FOUND: Wrong authorization data");
        assertThat(nobody.json("profile", Map.of("auth", "stale")).error())
                .isEqualTo("401 invalid_token: Unable to get application by token");
        assertThat(wire.json("no.such.method", Map.of()).error())
                .isEqualTo("404 ERROR_METHOD_NOT_FOUND: Method not found!");
    }

    @Test
    void methodsAreFoundInAnyCaseAndParametersInAnyShape() {
        Map<String, Object> filter = Map.of("filter", Map.of("ID", 7), "select", List.of("ID", "PHONE"));

        assertThat(wire.json("CRM.Contact.LIST.json", filter).rows())
                .isEqualTo(wire.form("crm.contact.list", filter).rows())
                .isEqualTo(wire.get("crm.contact.list", filter).rows())
                .hasSize(1);
    }

    @Test
    void emptyMapsOfABatchAreLists() {
        assertThat(batch(0, "user.current"))
                .containsEntry("result_error", List.of())
                .containsEntry("result_total", List.of())
                .containsEntry("result_next", List.of());
        assertThat(batch(0, "no.such.method")).containsEntry("result", List.of());
    }

    @Test
    void batchWhoseKeysCountFromZeroIsAList() {
        Map<String, Object> result =
                wire.json("batch", Map.of("cmd", List.of("profile", "scope"))).map();

        assertThat(result.get("result"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void laterCommandsUseWhatEarlierOnesReturned() {
        Map<String, Object> result = batch(
                0,
                "telephony.externalCall.register?USER_ID=17&TYPE=2&PHONE_NUMBER=%2B74951112233&SHOW=0",
                "telephony.externalCall.finish?CALL_ID=$result[k0][CALL_ID]&USER_ID=17&DURATION=3",
                "telephony.externalCall.hide?CALL_ID=%24result%5Bk0%5D%5BCALL_ID%5D",
                "telephony.externalCall.finish?CALL_ID=$result[nothing][CALL_ID]&USER_ID=17");

        assertThat(portal.calls()).singleElement().satisfies(call -> {
            assertThat(call.finished()).isTrue();
            assertThat(call.card()).contains("hide 17");
        });
        assertThat(Wire.Reply.asMap(result))
                .extractingByKey("result_error")
                .asString()
                .contains("CALL_ID must be a string");
    }

    @Test
    void batchStopsAtTheFirstErrorOnlyWhenAsked() {
        assertThat(batch(1, "no.such.method", "profile")).containsEntry("result", List.of());
        assertThat(batch(0, "no.such.method", "profile").get("result"))
                .asString()
                .contains("k1");
        assertThat(batch(0, "batch?cmd[0]=profile").get("result_error"))
                .asString()
                .contains("ERROR_BATCH_METHOD_NOT_ALLOWED");
    }

    @Test
    void batchTakesFiftyCommands() {
        String[] commands = new String[51];
        java.util.Arrays.fill(commands, "profile");
        Map<String, Object> cmd = new LinkedHashMap<>();
        for (int i = 0; i < commands.length; i++) {
            cmd.put("k" + i, "profile");
        }

        assertThat(wire.json("batch", Map.of("cmd", cmd)).error()).startsWith("400 ERROR_BATCH_LENGTH_EXCEEDED");
        cmd.remove("k50");
        assertThat(wire.json("batch", Map.of("cmd", cmd)).status()).isEqualTo(200);
        assertThat(portal.asked("profile")).isEqualTo(50);
    }

    @Test
    void faultOfOneCommandLeavesTheOthersOfABatch() {
        portal.faults().set(Map.of("insufficient_scope", 1, "only", "crm.contact.list"));
        Map<String, Object> result = batch(0, "profile", "crm.contact.list", "scope");

        assertThat(result.get("result")).asString().contains("k0", "k2").doesNotContain("k1");
        assertThat(result.get("result_error"))
                .isEqualTo(Map.of("k1", Map.of("error", "insufficient_scope", "error_description", "")));
    }

    @Test
    void bucketOverflowsAtFiftyAndDrainsTwoInASecond() {
        for (int i = 0; i < 50; i++) {
            assertThat(wire.json("profile", Map.of()).status()).isEqualTo(200);
        }
        assertThat(wire.json("profile", Map.of()).error()).isEqualTo("503 QUERY_LIMIT_EXCEEDED: Too many requests");
        clock.advance(Duration.ofSeconds(1));

        assertThat(wire.json("profile", Map.of()).status()).isEqualTo(200);
        assertThat(wire.json("profile", Map.of()).status()).isEqualTo(200);
        assertThat(wire.json("profile", Map.of()).status()).isEqualTo(503);
    }

    @Test
    void methodThatWorkedTooLongIsBlockedUntilItsMinutesAreOver() {
        portal.cost("crm.contact.list", 250);
        wire.json("crm.contact.list", Map.of());
        Wire.Reply crossing = wire.json("crm.contact.list", Map.of());

        assertThat(crossing.status()).isEqualTo(200);
        assertThat(Wire.Reply.asMap(crossing.body().getOrDefault("time", Map.of())))
                .containsEntry("operating", 500.0);
        assertThat(wire.json("crm.contact.list", Map.of()).error())
                .isEqualTo("429 OPERATION_TIME_LIMIT: Method is blocked due to operation time limit.");
        assertThat(wire.json("crm.company.list", Map.of()).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(11));
        assertThat(wire.json("crm.contact.list", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void renamedPortalSendsClientsElsewhere() {
        portal.faults().set(Map.of("redirect", 1));
        Wire.Reply reply = wire.json("profile", Map.of());

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.response()
                        .headers()
                        .firstValue("location")
                        .map(URI::create)
                        .map(URI::getPath))
                .hasValue(portal.webhookUrl().getPath() + "profile");
    }

    @Test
    void resetPortalIsAsItWasAtTheStart() {
        Map<String, Object> before = portal.state();
        portal.addContact("Anna", List.of("1"), 17);
        wire.json("crm.lead.add", Map.of("fields", Map.of("TITLE", "x")));
        portal.reset();

        assertThat(portal.state()).isEqualTo(before);
    }
}
