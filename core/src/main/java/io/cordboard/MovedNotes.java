// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.call.CallId;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.delivery.Outbox;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Planned;
import io.cordboard.playbook.Playbook;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Notes on a call that turned out to be a part of another one: the part has no record, so they go to the whole. */
final class MovedNotes {
    private final Outbox outbox;

    MovedNotes(Outbox outbox) {
        this.outbox = outbox;
    }

    /** {@return the notes of the part, as notes of the whole; the same each time, so that none is there twice} */
    List<Delivery> toTheWhole(CallCard part, Instant now) {
        CallId whole = part.call().absorbedInto();
        if (whole == null) {
            return List.of();
        }
        return waiting(part).map(delivery -> moved(delivery, whole, now)).toList();
    }

    /** Lets the notes of the part rest, once those of the whole are on disk. */
    void rest(CallCard part) {
        CallId whole = part.call().absorbedInto();
        if (whole != null) {
            outbox.update(waiting(part)
                    .map(delivery -> delivery.replacedBy(whole.toString()))
                    .toList());
        }
    }

    private Stream<Delivery> waiting(CallCard part) {
        String record = Playbook.logKey(part.call().id(), 0);
        return outbox.of(part.call().id()).stream()
                .filter(delivery -> delivery.state() == Delivery.State.PENDING)
                .filter(delivery -> delivery.write() instanceof CrmWrite.AddNote && record.equals(delivery.after()));
    }

    private static Delivery moved(Delivery delivery, CallId whole, Instant now) {
        CrmWrite.AddNote note = (CrmWrite.AddNote) delivery.write();
        return CallSteps.delivery(
                delivery.account(),
                new Planned(
                        delivery.key() + "/moved",
                        Playbook.lane(whole) + "/note",
                        Playbook.logKey(whole, 0),
                        new CrmWrite.AddNote(whole, note.text(), note.disposition(), note.user()),
                        "the call is a part of " + whole),
                now);
    }
}
