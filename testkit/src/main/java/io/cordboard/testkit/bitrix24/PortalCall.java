// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One call that was registered. Guarded by the portal's lock. */
final class PortalCall {
    final String id;
    final List<Object> key;
    final @Nullable String externalId;
    final String number;
    final int type;
    final int registeredBy;
    final String line;
    final Instant start;
    final Instant registeredAt;
    final Set<Integer> visible = new TreeSet<>();
    final List<String> cardLog = new ArrayList<>();
    final List<Map<String, Object>> created = new ArrayList<>();
    final List<Map<String, Object>> transcript = new ArrayList<>();
    String entityType = "";

    @Nullable
    Integer entityId;

    int registrations = 1;
    int finishes;
    int refusedFinishes;

    @Nullable
    Finish finish;

    @Nullable
    Sound record;

    PortalCall(String id, Registration registration, Instant registeredAt) {
        this.id = id;
        this.key = registration.key();
        this.externalId = registration.externalId();
        this.number = registration.number();
        this.type = registration.type();
        this.registeredBy = registration.user();
        this.line = registration.line();
        this.start = registration.start();
        this.registeredAt = registeredAt;
    }

    /** What makes two registrations the same call. */
    record Registration(
            String number,
            int type,
            int user,
            String line,
            @Nullable String externalId,
            Instant start) {
        /** The start and the entity are not part of it. */
        List<Object> key() {
            return Arrays.asList(number, type, user, line, externalId);
        }
    }

    /** How it ended: one user, one duration, one code. */
    record Finish(
            int row,
            int user,
            int seconds,
            String code,
            String reason,
            @Nullable Integer activity,
            String vote) {}

    /** The recording. */
    // The bytes are a file: handed out as they are.
    @SuppressWarnings("ArrayRecordComponent")
    record Sound(int fileId, String fileName, byte[] content) {}

    void show(int user) {
        visible.add(user);
        cardLog.add("show " + user);
    }

    void hide(int user) {
        visible.remove(user);
        cardLog.add("hide " + user);
    }

    Map<String, Object> state() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("callId", id);
        map.put("externalCallId", externalId);
        map.put("number", number);
        map.put("type", type);
        map.put("line", line);
        map.put("start", start);
        map.put("registeredBy", registeredBy);
        map.put("registrations", registrations);
        map.put("finished", finish != null);
        map.put("finishes", finishes);
        map.put("refusedFinishes", refusedFinishes);
        Finish end = finish;
        map.put("user", end == null ? registeredBy : end.user());
        map.put("duration", end == null ? null : end.seconds());
        map.put("statusCode", end == null ? null : end.code());
        map.put("activity", end == null ? null : end.activity());
        map.put("crmEntityType", entityType);
        map.put("crmEntityId", entityId);
        map.put("visible", List.copyOf(visible));
        map.put("card", List.copyOf(cardLog));
        Sound file = record;
        map.put("recordFileId", file == null ? null : file.fileId());
        map.put("recordFileName", file == null ? null : file.fileName());
        map.put("recordBytes", file == null ? null : file.content().length);
        map.put("transcript", transcript.size());
        return map;
    }
}
