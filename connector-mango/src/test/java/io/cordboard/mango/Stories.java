// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallTracker;
import io.cordboard.connector.Memory;
import io.cordboard.http.Json;
import io.cordboard.mango.MangoNotice.Kind;
import io.cordboard.testkit.MapMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls as Mango tells them: shapes of its document, with numbers and times that are made up. */
final class Stories {
    static final Instant START = Instant.ofEpochSecond(1767254400);

    private Stories() {}

    static Map<String, List<MangoNotice>> all() {
        Map<String, List<MangoNotice>> all = new TreeMap<>();
        json("stories.json").properties().forEach(story -> {
            List<MangoNotice> notices = new ArrayList<>();
            for (JsonNode step : story.getValue()) {
                Kind.read(Json.text(step, "path"))
                        .ifPresent(kind -> notices.add(new MangoNotice(kind, step.path("json"), Duration.ZERO)));
            }
            all.put(story.getKey(), notices);
        });
        return all;
    }

    static List<MangoNotice> story(String name) {
        return Objects.requireNonNull(all().get(name));
    }

    static JsonNode json(String file) {
        try (InputStream in = Objects.requireNonNull(Stories.class.getResourceAsStream("/mango/" + file))) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the call that a story amounts to, after it was waited long enough for its record} */
    static Call settled(List<MangoNotice> story) {
        return settled(story, story.size());
    }

    /** {@return the same, with a restart after some of the notices} */
    static Call settled(List<MangoNotice> story, int restartAfter) {
        Told told = new Told();
        Memory memory = new MapMemory();
        MangoBook book = book(memory);
        Instant now = START.plusSeconds(120);
        for (int i = 0; i < story.size(); i++) {
            if (i == restartAfter) {
                book = book(memory);
            }
            now = now.plusMillis(20);
            var unused = book.take(story.get(i), now, told);
        }
        int unused = book.sweep(now.plusSeconds(180), Duration.ofMinutes(2), told);
        return Objects.requireNonNull(told.call);
    }

    static MangoBook book(Memory memory) {
        return new MangoBook("office", memory, new MangoNumbers("RU"), Duration.ZERO);
    }

    private static final class Told implements Consumer<List<CallEvent>> {
        private @Nullable Call call;

        @Override
        public void accept(List<CallEvent> events) {
            events.forEach(event -> call = CallTracker.apply(call, event));
        }
    }
}
