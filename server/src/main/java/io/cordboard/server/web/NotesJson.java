// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.cordboard.AgentView;
import io.cordboard.Cordboard;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What agents wrote about a call, each note once although it goes to several CRMs. */
final class NotesJson {
    /** How far apart the deliveries of one note are planned at most. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final Map<String, String> names = new HashMap<>();

    NotesJson(Cordboard cordboard) {
        for (AgentView view : cordboard.agents()) {
            view.agent()
                    .users()
                    .forEach((crm, user) ->
                            names.put(crm + ":" + user, view.agent().name()));
        }
    }

    /** Adds the notes of a call, oldest first. */
    void add(ArrayNode notes, List<Delivery> deliveries) {
        Map<String, Delivery> last = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery.write() instanceof CrmWrite.AddNote note) {
                Delivery before = last.put(note.text() + "\n" + note.disposition(), delivery);
                if (before == null
                        || before.account().equals(delivery.account())
                        || delivery.createdAt().isAfter(before.createdAt().plus(TOGETHER))) {
                    notes.addObject()
                            .put("at", delivery.createdAt().toString())
                            .put("agent", name(delivery, note))
                            .put("text", note.text())
                            .put("disposition", note.disposition());
                }
            }
        }
    }

    private @Nullable String name(Delivery delivery, CrmWrite.AddNote note) {
        return names.get(delivery.account() + ":" + note.user());
    }
}
