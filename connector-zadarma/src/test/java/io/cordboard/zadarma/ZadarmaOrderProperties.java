// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallTracker;
import io.cordboard.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Connections are independent: webhooks overtake each other, and some come twice. */
final class ZadarmaOrderProperties {
    private static final Instant START = Instant.parse("2026-03-05T14:07:26Z");
    private static final String WALL = "2026-03-05 14:07:26";

    private static @Nullable Path folder;
    private static @Nullable SqliteStore store;

    @BeforeContainer
    static void open() throws IOException {
        Path made = Files.createTempDirectory("zadarma");
        folder = made;
        store = SqliteStore.open(made, Clock.systemUTC());
    }

    @AfterContainer
    static void close() throws IOException {
        if (store != null) {
            store.close();
        }
        if (folder != null) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    @Property(tries = 500)
    void anyOrderAndAnyRepetitionOfACallsWebhooksIsTheSameCall(
            @ForAll("stories") List<Map<String, String>> story, @ForAll long seed) {
        Random random = new Random(seed);
        List<Map<String, String>> shaken = new ArrayList<>(story);
        story.stream().filter(webhook -> random.nextInt(3) == 0).forEach(shaken::add);
        Collections.shuffle(shaken, random);

        Map<String, Object> straight = told(story);

        assertThat(told(shaken)).isEqualTo(straight);
    }

    /** What a CRM would be told of the call. When each thing was heard differs with the order, and is left out. */
    private static Map<String, Object> told(List<Map<String, String>> story) {
        if (store == null) {
            throw new IllegalStateException("not opened");
        }
        ZadarmaEvents events = new ZadarmaEvents(
                "office", "GB", new ZadarmaTime(ZoneOffset.UTC), new ZadarmaCallbacks(store.memory("office"), START));
        Call call = null;
        // All of a call's webhooks come within seconds of its end, when the network was away for that long.
        Instant now = START.plusSeconds(90);
        for (Map<String, String> webhook : story) {
            now = now.plusMillis(20);
            for (CallEvent event : events.of(Wire.notice(webhook), now)) {
                call = CallTracker.apply(call, event);
            }
        }
        return summary(call);
    }

    private static Map<String, Object> summary(@Nullable Call call) {
        assertThat(call).isNotNull();
        Map<String, Object> told = new LinkedHashMap<>();
        if (call != null) {
            told.put("direction", call.direction());
            told.put("customer", call.customer().raw());
            told.put("line", String.valueOf(call.line()));
            told.put("rang", call.rang().stream().sorted().toList());
            told.put("answeredBy", call.answeredBy());
            told.put("agent", String.valueOf(call.agent()));
            told.put("end", String.valueOf(call.end()));
            told.put("by", String.valueOf(call.endedBy()));
            told.put("startedAt", call.startedAt());
            told.put("connected", call.times().connected());
            told.put("transfers", call.transfers());
            told.put("recordings", call.recordings());
        }
        return told;
    }

    @Provide
    Arbitrary<List<Map<String, String>>> stories() {
        Map<String, String> start = Wire.incoming("NOTIFY_START", WALL);
        Map<String, String> rings100 = Wire.incoming("NOTIFY_INTERNAL", WALL, "internal", "100");
        Map<String, String> rings101 = Wire.incoming("NOTIFY_INTERNAL", WALL, "internal", "101");
        Map<String, String> answered = Wire.ended(
                WALL,
                "answered",
                "internal",
                "100",
                "last_internal",
                "100",
                "duration",
                "42",
                "is_recorded",
                "1",
                "call_id_with_rec",
                Wire.RECORDING);
        Map<String, String> transferred =
                Wire.ended(WALL, "answered", "internal", "100", "last_internal", "101", "duration", "42");
        return Arbitraries.of(
                List.of(start, rings100, Wire.answer(WALL, "100"), answered, Wire.record()),
                List.of(start, rings100, rings101, Wire.answer(WALL, "100"), answered, Wire.record()),
                List.of(start, rings100, rings101, Wire.ended(WALL, "cancel")),
                List.of(start, Wire.incoming("NOTIFY_IVR", WALL), Wire.ended(WALL, "cancel")),
                List.of(start, rings100, Wire.ended(WALL, "no answer")),
                List.of(start, rings100, Wire.answer(WALL, "100"), rings101, Wire.answer(WALL, "101"), transferred),
                List.of(
                        Wire.outgoing("NOTIFY_OUT_START", WALL),
                        Wire.outgoing("NOTIFY_ANSWER", WALL),
                        Wire.outgoing("NOTIFY_OUT_END", WALL, "duration", "30", "disposition", "answered")),
                List.of(
                        Wire.outgoing("NOTIFY_OUT_START", WALL),
                        Wire.outgoing("NOTIFY_OUT_END", WALL, "duration", "0", "disposition", "busy")));
    }
}
