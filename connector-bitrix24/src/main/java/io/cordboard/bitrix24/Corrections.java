// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.Direction;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes the record of a call when a later record of the PBX says otherwise. The portal cannot finish a call twice, so
 * its activity is changed and the timeline says what changed.
 */
final class Corrections {
    private final Bitrix24Api api;
    private final Journal journal;

    Corrections(Bitrix24Api api, Journal journal) {
        this.api = api;
        this.journal = journal;
    }

    /** Ends every work whose call has a record; the others are written as new records by whoever asked. */
    void correct(List<CallWork> works) {
        List<CallWork> recorded = new ArrayList<>();
        for (CallWork work : works) {
            if (trace(work).isPresent()) {
                recorded.add(work);
            } else {
                look(work).ifPresent(known -> recorded.add(work));
            }
        }
        recorded.stream().filter(CallWork::isOpen).forEach(this::correct);
    }

    private void correct(CallWork work) {
        Journal.Trace trace = trace(work).orElseThrow();
        if (trace.activity().isEmpty()) {
            work.end(new Outcome.Done(trace.callId()));
            return;
        }
        List<Command> group = new ArrayList<>();
        group.add(new Command(
                "crm.activity.update", Map.of("id", trace.activity(), "fields", fields(work.write(), work.user()))));
        boolean first = !work.mayBeDone() && !journal.tried(work.key());
        // A comment cannot be repeated without a second one: it is sent with the first attempt only.
        if (first && trace.owner().isPresent()) {
            group.add(Bitrix24Notes.comment(trace.owner().get(), "Corrected: " + subject(work.write())));
            journal.trying(List.of(work.key()));
        }
        Reply reply = api.groups(Traffic.WRITE, List.of(group)).get(0).get(0);
        Fault fault = reply.fault();
        work.end(fault == null ? new Outcome.Done(trace.callId()) : fault.asRepeatable());
    }

    private Optional<Journal.Trace> trace(CallWork work) {
        return journal.call(work.call()).filter(Journal.Trace::finished);
    }

    private Optional<Journal.Trace> look(CallWork work) {
        Reply reply = api.call(
                Traffic.WRITE,
                Telephony.statistics("EXTERNAL_CALL_ID", work.call().toString()));
        JsonNode row = reply.result().path(0);
        Fault fault = reply.fault();
        if (fault != null && fault.reason().retryable()) {
            work.end(fault.asRepeatable());
        }
        if (!row.isObject()) {
            return Optional.empty();
        }
        Journal.Trace trace = new Journal.Trace(
                Json.text(row, "CALL_ID"),
                Json.text(row, "PORTAL_USER_ID"),
                true,
                Json.id(row, "CRM_ACTIVITY_ID").orElse(""),
                Owner.of(Json.text(row, "CRM_ENTITY_TYPE"), Json.text(row, "CRM_ENTITY_ID")));
        journal.put(work.call(), trace);
        return Optional.of(trace);
    }

    /** {@return what an activity says of a call} */
    static Map<String, Object> fields(CrmWrite.LogCall call, String user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("SUBJECT", subject(call));
        fields.put("RESPONSIBLE_ID", user);
        fields.put("START_TIME", Telephony.iso(call.startedAt()));
        fields.put("END_TIME", Telephony.iso(call.startedAt().plusSeconds(StatusCodes.seconds(call))));
        // A missed call stays open on somebody's list until it is dealt with.
        fields.put("COMPLETED", StatusCodes.status(call).equals("304") ? "N" : "Y");
        return fields;
    }

    static String subject(CrmWrite.LogCall call) {
        String way = call.direction() == Direction.INBOUND ? "Incoming call" : "Outgoing call";
        if (call.answered()) {
            return way + ", " + StatusCodes.seconds(call) + " s";
        }
        return StatusCodes.status(call).equals("304") && way.startsWith("Incoming")
                ? "Missed call"
                : way + ", not answered";
    }
}
