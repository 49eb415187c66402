// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.http.Json;
import io.cordboard.pbx.Recordings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recordings: the account keeps no files of calls, only an address from which its users' browsers play them. The same
 * address twice changes nothing, so an answer that was lost costs only a repetition.
 */
final class AmoRecordings implements RecordingArchive {
    private static final Duration UNTIL_LOGGED = Duration.ofSeconds(20);

    private final CallParts parts;
    private final Optional<String> template;

    AmoRecordings(CallParts parts, Optional<String> template) {
        this.parts = parts;
        this.template = template;
    }

    @Override
    public Outcome attach(Attempt<CrmWrite.AttachRecording> attempt, Recordings.Ready file) {
        Optional<Journal.Trace> trace = parts.journal().call(attempt.write().call());
        if (trace.isEmpty()) {
            return new Outcome.Retry(UNTIL_LOGGED, "The call is not in amoCRM yet");
        }
        Optional<String> link = link(attempt.write(), file);
        if (link.isEmpty()) {
            return new Outcome.Refused(
                    "amoCRM plays recordings from an address and keeps no files, and the PBX gives no"
                            + " address: set recordingUrl to where the users' browsers find them");
        }
        return attach(attempt.write(), trace.get(), link.get());
    }

    private Outcome attach(CrmWrite.AttachRecording write, Journal.Trace trace, String link) {
        JsonNode form = Json.parse(trace.form()).orElse(null);
        if (form == null) {
            // The note was found and not written: what is in it has to be sent back with the address.
            Reply note = parts.api().get(Traffic.WRITE, "api/v4/" + trace.card().kind() + "/notes/" + trace.note());
            if (note.fault() != null) {
                return note.fault().asRepeatable();
            }
            form = note.body();
        }
        if (!form.isObject()) {
            return new Outcome.Refused("amoCRM: the call's note is there no longer");
        }
        if (Json.text(form.path("params"), "link").equals(link)) {
            return new Outcome.Done(trace.note());
        }
        Map<String, Object> change = NoteChange.withLink(trace, form, link);
        Fault fault = parts.bulk()
                .patch("api/v4/" + trace.card().kind() + "/notes", "notes", List.of(change))
                .get(0)
                .fault();
        if (fault != null) {
            return fault.asRepeatable();
        }
        parts.journal()
                .calls(Map.of(write.call(), new Journal.Trace(trace.note(), trace.card(), NoteChange.form(change))));
        parts.echoes().wrote(List.of(trace.card()));
        return new Outcome.Done(trace.note());
    }

    /** An address that is configured lasts; one from the PBX may not. */
    private Optional<String> link(CrmWrite.AttachRecording write, Recordings.Ready file) {
        return template.map(text -> text.replace("{file}", escape(file.fileName()))
                        .replace("{call}", escape(write.call().value())))
                .or(() -> Optional.ofNullable(file.link()).map(Object::toString));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
