// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes of agents, as comments on the customer's timeline or as the description of the call's activity. */
final class Bitrix24Notes implements CallNotes {
    private static final Duration UNTIL_LOGGED = Duration.ofSeconds(20);

    private final CallParts parts;
    private final boolean asComments;

    Bitrix24Notes(CallParts parts, boolean asComments) {
        this.parts = parts;
        this.asComments = asComments;
    }

    @Override
    public List<Outcome> add(List<Attempt<CrmWrite.AddNote>> attempts) {
        return attempts.stream().map(this::add).toList();
    }

    private Outcome add(Attempt<CrmWrite.AddNote> attempt) {
        CrmWrite.AddNote note = attempt.write();
        Optional<Journal.Trace> trace = parts.journal().call(note.call()).filter(Journal.Trace::finished);
        Optional<Owner> owner =
                trace.flatMap(Journal.Trace::owner).or(() -> parts.journal().customer(note.call()));
        String activity = trace.map(Journal.Trace::activity).orElse("");
        if (owner.isPresent() && (asComments || activity.isEmpty())) {
            return comment(attempt, owner.get());
        }
        if (!activity.isEmpty()) {
            Reply reply = parts.api().call(Traffic.WRITE, description(activity, text(note)));
            Fault fault = reply.fault();
            return fault == null ? new Outcome.Done(activity) : fault.asRepeatable();
        }
        return trace.isPresent()
                ? new Outcome.Refused("The call belongs to nobody in Bitrix24, so a note has no place there")
                : new Outcome.Retry(UNTIL_LOGGED, "The call is not in Bitrix24 yet");
    }

    private Outcome comment(Attempt<CrmWrite.AddNote> attempt, Owner owner) {
        String text = text(attempt.write());
        if (attempt.lookFirst() || parts.journal().tried(attempt.key())) {
            Reply reply = parts.api().call(Traffic.WRITE, Comments.list(owner.inTimeline(), owner.id()));
            Fault fault = reply.fault();
            if (fault != null) {
                return fault.asRepeatable();
            }
            Optional<String> there = Comments.sameText(reply.result(), text);
            if (there.isPresent()) {
                return new Outcome.Done(there.get());
            }
        }
        parts.journal().trying(List.of(attempt.key()));
        Reply reply = parts.api().call(Traffic.WRITE, comment(owner, text));
        Fault fault = reply.fault();
        return fault == null ? new Outcome.Done(reply.result().asText()) : fault.asOutcome();
    }

    static Command comment(Owner owner, String text) {
        return Comments.add(owner.inTimeline(), owner.id(), text);
    }

    private static Command description(String activity, String text) {
        return new Command("crm.activity.update", Map.of("id", activity, "fields", Map.of("DESCRIPTION", text)));
    }

    private static String text(CrmWrite.AddNote note) {
        if (note.disposition() == null) {
            return note.text();
        }
        return note.text().isBlank() ? note.disposition() : note.disposition() + ": " + note.text();
    }
}
