// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The telephony of the portal, as its documents and its users describe it. */
class Bitrix24TelephonyTest {
    private static final String NOT_FOUND = "400 : Call is not found (call should be registered prior to finishing";
    private final Bitrix24Sandbox portal = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withLimits(false));
    private final Wire wire = new Wire(portal.webhookUrl());

    @AfterEach
    void stop() {
        portal.close();
    }

    private static Map<String, Object> call(String external) {
        return new HashMap<>(Map.of(
                "USER_ID", 17, "PHONE_NUMBER", "+74951112233", "TYPE", 2, "SHOW", 0, "EXTERNAL_CALL_ID", external));
    }

    private String register(String external) {
        return wire.json("telephony.externalCall.register", call(external)).text("CALL_ID");
    }

    private Wire.Reply finish(String id) {
        return wire.json("telephony.externalCall.finish", Map.of("CALL_ID", id, "USER_ID", 18, "DURATION", 95));
    }

    @Test
    void unknownCallerIsRegisteredWithoutAnEntity() {
        Map<String, Object> result =
                wire.json("telephony.externalCall.register", call("hq:1")).map();

        assertThat((String) result.get("CALL_ID")).matches("externalCall\\.[0-9a-f]{32}\\.\\d{10}");
        assertThat(result).containsEntry("CRM_ENTITY_TYPE", "").containsEntry("CRM_CREATED_ENTITIES", List.of());
        assertThat(result).containsKey("CRM_ENTITY_ID").doesNotContainEntry("CRM_ENTITY_ID", 0);
    }

    @Test
    void sameCallRegisteredTwiceKeepsItsIdAndAnotherExternalIdIsAnotherCall() {
        String first = register("hq:1");

        assertThat(register("hq:1")).isEqualTo(first);
        assertThat(register("hq:2")).isNotEqualTo(first);
    }

    @Test
    void finishedCallIsRegisteredAnew() {
        String first = register("hq:1");
        finish(first);

        assertThat(register("hq:1")).isNotEqualTo(first);
    }

    @Test
    void finishAnswersWithTheQuirksOfItsTypes() {
        portal.addContact("Анна Иванова", List.of("8 (495) 111-22-33"), 18);
        Map<String, Object> row = finish(register("hq:1")).map();

        assertThat(row)
                .containsEntry("CALL_START_DATE", Map.of())
                .containsEntry("INCOMING", "2")
                .containsEntry("PORTAL_USER_ID", 18)
                .containsEntry("CALL_FAILED_CODE", "200")
                .containsEntry("CALL_DURATION", 95)
                .containsEntry("CRM_ENTITY_TYPE", "CONTACT")
                .containsEntry("REST_APP_ID", "3");
        assertThat(row.get("CRM_ACTIVITY_ID")).isEqualTo(1);
    }

    @Test
    void secondFinishFailsWithoutACode() {
        String id = register("hq:1");
        finish(id);

        assertThat(finish(id).error()).isEqualTo(NOT_FOUND);
        assertThat(finish("externalCall.unknown").error()).isEqualTo(NOT_FOUND);
        assertThat(portal.calls()).hasSize(1);
    }

    @Test
    void finishWithoutDurationIsMissed() {
        String id = register("hq:1");
        Map<String, Object> row = wire.json(
                        "telephony.externalcall.FINISH.json", Map.of("CALL_ID", id, "USER_PHONE_INNER", "103"))
                .map();

        assertThat(row)
                .containsEntry("CALL_FAILED_CODE", "304")
                .containsEntry("CALL_STATUS", 0)
                .containsEntry("PORTAL_USER_ID", 19);
    }

    @Test
    void registerNamesWhatIsWrong() {
        assertThat(wire.json("telephony.externalCall.register", Map.of("PHONE_NUMBER", "1"))
                        .error())
                .isEqualTo("400 ERROR_CORE: USER_ID or USER_PHONE_INNER should be set.");
        assertThat(wire.json("telephony.externalCall.register", Map.of("USER_ID", 22, "PHONE_NUMBER", "1", "TYPE", 2))
                        .error())
                .isEqualTo("400 ERROR_CORE: User is not found or is not active");
        assertThat(wire.json("telephony.externalCall.register", Map.of("USER_ID", 17, "PHONE_NUMBER", "1", "TYPE", 9))
                        .error())
                .isEqualTo("400 ERROR_CORE: Unknown TYPE");
    }

    @Test
    void unknownCallerBecomesALeadOnRequestUnlessThePortalRefuses() {
        Map<String, Object> wanted = call("hq:1");
        wanted.put("CRM_CREATE", 1);
        Map<String, Object> created =
                wire.json("telephony.externalCall.register", wanted).map();
        portal.faults().set(Map.of("leadCreationError", true));
        wanted.put("PHONE_NUMBER", "+74959998877");
        Map<String, Object> refused =
                wire.json("telephony.externalCall.register", wanted).map();

        assertThat(created).containsEntry("CRM_ENTITY_TYPE", "LEAD");
        assertThat(created.get("CRM_CREATED_ENTITIES"))
                .isEqualTo(List.of(Map.of("ENTITY_TYPE", "LEAD", "ENTITY_ID", created.get("CRM_ENTITY_ID"))));
        assertThat(refused)
                .containsEntry("CRM_ENTITY_TYPE", "")
                .containsEntry("LEAD_CREATION_ERROR", "Lead creation is disabled for local users");
    }

    @Test
    void cardIsShownToManyAndHiddenByFinish() {
        String id = register("hq:1");
        wire.json("telephony.externalCall.show", Map.of("CALL_ID", id, "USER_ID", List.of(17, 18)));
        wire.form("telephony.externalCall.hide", Map.of("CALL_ID", id, "USER_ID", 18));

        assertThat(portal.calls().get(0).visibleTo()).containsExactly(17);
        assertThat(wire.json("telephony.externalCall.show", Map.of("CALL_ID", "nobody"))
                        .result())
                .isEqualTo(false);
        finish(id);
        assertThat(portal.calls().get(0).visibleTo()).isEmpty();
        assertThat(portal.calls().get(0).card()).containsExactly("show 17", "show 18", "hide 18");
    }

    @Test
    void recordingIsTakenAfterFinishOnly() {
        String id = register("hq:1");
        String content = Base64.getEncoder().encodeToString("sound".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> file = Map.of("CALL_ID", id, "FILENAME", "a.mp3", "FILE_CONTENT", content);

        assertThat(wire.json("telephony.externalCall.attachRecord", file).error())
                .isEqualTo("400 ERROR_CORE: Call is not found in the statistic table. It looks like it is not finished"
                        + " yet.");
        finish(id);
        assertThat(wire.json("telephony.externalCall.attachRecord", file).map()).containsOnlyKeys("FILE_ID");
        assertThat(portal.calls().get(0).recordBytes()).asString().isEqualTo("sound");
    }

    @Test
    void recordingCanBeUploadedAndReplaced() {
        String id = register("hq:1");
        finish(id);
        for (String sound : List.of("first", "second\r\n--xy")) {
            Wire.Reply upload =
                    wire.json("telephony.externalCall.attachRecord", Map.of("CALL_ID", id, "FILENAME", "a.wav"));
            wire.multipart(
                    upload.text("uploadUrl"),
                    upload.text("fieldName"),
                    "a.wav",
                    sound.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(portal.calls().get(0).recordBytes()).asString().isEqualTo("second\r\n--xy");
        assertThat(portal.calls().get(0).recordName()).isEqualTo("a.wav");
    }

    @Test
    void onlyWavAndMp3AreTaken() {
        String id = register("hq:1");
        finish(id);

        assertThat(wire.json("telephony.externalCall.attachRecord", Map.of("CALL_ID", id, "FILENAME", "a.webm"))
                        .error())
                .isEqualTo("400 ERROR_CORE: Wrong file extension. Only wav and mp3 are allowed");
    }

    @Test
    void statisticsAreStrings() {
        finish(register("hq:1"));
        finish(register("hq:2"));
        List<Map<String, Object>> rows = wire.json(
                        "voximplant.statistic.get", Map.of("FILTER", Map.of("EXTERNAL_CALL_ID", "hq:2")))
                .rows();

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0))
                .containsEntry("ID", "2")
                .containsEntry("CALL_DURATION", "95")
                .containsEntry("PORTAL_USER_ID", "18")
                .containsEntry("COST", "0.0000");
    }

    @Test
    void strictPortalRefusesWebhooksWhatTheDocumentsRefuseThem() {
        portal.faults().set(Map.of("strictWebhook", true));

        assertThat(wire.json("telephony.externalCall.register", call("hq:1")).error())
                .isEqualTo("403 WRONG_AUTH_TYPE: Current authorization type is denied for this method");
        assertThat(wire.json("telephony.externalLine.get", Map.of()).status()).isEqualTo(403);
        assertThat(wire.json("telephony.externalCall.searchCrmEntities", Map.of("PHONE_NUMBER", "1"))
                        .result())
                .isEqualTo(List.of());
    }
}
