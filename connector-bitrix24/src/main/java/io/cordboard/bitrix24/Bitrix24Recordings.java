// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.Answer;
import io.cordboard.http.Json;
import io.cordboard.http.VendorHttp;
import io.cordboard.pbx.Recordings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/**
 * Recordings: a link that the portal fetches, or an upload that streams through. A second attach replaces the first, so
 * an answer that was lost costs only a repetition.
 */
final class Bitrix24Recordings implements RecordingArchive {
    private static final Duration UNTIL_FINISHED = Duration.ofSeconds(20);

    private final CallParts parts;
    private final VendorHttp uploads;
    private final Bitrix24Wire wire;
    private final AccountBudget budget;
    private final boolean byLink;

    Bitrix24Recordings(CallParts parts, VendorHttp uploads, AccountBudget budget, boolean byLink) {
        this.parts = parts;
        this.uploads = uploads;
        this.wire = uploads.service(Bitrix24Wire.class);
        this.budget = budget;
        this.byLink = byLink;
    }

    @Override
    public Outcome attach(Attempt<CrmWrite.AttachRecording> attempt, Recordings.Ready file) {
        Optional<Journal.Trace> trace =
                parts.journal().call(attempt.write().call()).filter(Journal.Trace::finished);
        if (trace.isEmpty()) {
            return new Outcome.Retry(UNTIL_FINISHED, "The call is not in Bitrix24 yet");
        }
        if (trace.get().callId().isEmpty()) {
            return toActivity(trace.get(), file);
        }
        String type =
                file.fileName().substring(file.fileName().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!type.equals("mp3") && !type.equals("wav")) {
            return new Outcome.Refused("Bitrix24 takes recordings as mp3 or wav only, not as " + type);
        }
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("CALL_ID", trace.get().callId());
        boolean link = byLink && file.link() != null;
        params.put(link ? "RECORD_URL" : "FILENAME", link ? String.valueOf(file.link()) : file.fileName());
        Reply reply = parts.api().call(Traffic.WRITE, new Command("telephony.externalCall.attachRecord", params));
        Fault fault = reply.fault();
        if (fault != null) {
            return fault.says("not finished yet")
                    ? new Outcome.Retry(UNTIL_FINISHED, "Bitrix24 has not finished the call yet")
                    : fault.asRepeatable();
        }
        return link ? done(reply) : upload(reply, file, type);
    }

    private Outcome upload(Reply place, Recordings.Ready file, String type) {
        String address = Json.text(place.result(), "uploadUrl");
        String field = Json.text(place.result(), "fieldName");
        if (address.isEmpty()) {
            return new Outcome.Retry(null, "Bitrix24 named no address for the recording");
        }
        RequestBody body = new Streamed(file, MediaType.get(type.equals("mp3") ? "audio/mpeg" : "audio/wav"));
        MultipartBody.Part part =
                MultipartBody.Part.createFormData(field.isEmpty() ? "file" : field, file.fileName(), body);
        try {
            Answer answer = budget.run(Traffic.WRITE.priority(), () -> uploads.exchange(wire.upload(address, part)));
            Reply reply = Bitrix24Messages.reply(answer)
                    .orElseGet(() -> Reply.failed(Fault.unclear("answered " + answer.status() + " without JSON")));
            Fault fault = reply.fault();
            return fault == null ? done(reply) : fault.asRepeatable();
        } catch (ConnectorException e) {
            return Fault.of(e).asRepeatable();
        }
    }

    /** Without telephony there is no place for a file; a link can be shown. */
    private Outcome toActivity(Journal.Trace trace, Recordings.Ready file) {
        if (file.link() == null) {
            return new Outcome.Refused(
                    "Bitrix24 keeps recordings of registered calls only; this one is kept as an activity");
        }
        Reply reply = parts.api()
                .call(
                        Traffic.WRITE,
                        new Command(
                                "crm.activity.update",
                                Map.of(
                                        "id",
                                        trace.activity(),
                                        "fields",
                                        Map.of("DESCRIPTION", "Recording: " + file.link()))));
        Fault fault = reply.fault();
        return fault == null ? new Outcome.Done(trace.activity()) : fault.asRepeatable();
    }

    private static Outcome done(Reply reply) {
        return new Outcome.Done(Json.text(reply.result(), "FILE_ID"));
    }

    /** A file that is never whole in memory. */
    private static final class Streamed extends RequestBody {
        private final Recordings.Ready file;
        private final MediaType type;

        Streamed(Recordings.Ready file, MediaType type) {
            this.file = file;
            this.type = type;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return file.size();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (Source source = Okio.source(file.content().open())) {
                sink.writeAll(source);
            }
        }
    }
}
