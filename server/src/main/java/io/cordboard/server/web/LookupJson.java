// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.NumberAnswer;
import io.cordboard.directory.Reading;
import java.util.Locale;

/** Answers to "whose number is this?" as the API writes them. */
public final class LookupJson {
    private LookupJson() {}

    /**
     * {@return an answer as the API writes it}
     *
     * @param answer the answer
     */
    public static ObjectNode of(NumberAnswer answer) {
        ObjectNode json = Json.object();
        json.putNull("number");
        Reading reading = answer.reading();
        if (reading instanceof Reading.Phone phone) {
            json.put("number", phone.number().e164());
            json.put(
                    "extension",
                    phone.number().extension().isEmpty() ? null : phone.number().extension());
            json.put("reading", "PHONE");
        } else if (reading instanceof Reading.Internal internal) {
            json.put("extension", internal.extension().number());
            json.put("reading", "INTERNAL");
        } else if (reading instanceof Reading.Unreadable unreadable) {
            json.put("reading", "UNREADABLE");
            json.put("why", unreadable.why());
        } else {
            json.put("reading", "HIDDEN");
        }
        CallJson.matches(json.putArray("matches"), answer.lookup().matches());
        json.put("source", answer.lookup().source().name().toLowerCase(Locale.ROOT));
        json.put("micros", answer.micros());
        return json;
    }
}
