// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.call.CallEvent;
import io.cordboard.delivery.Delivery;
import io.cordboard.playbook.CallCard;
import java.util.List;

/**
 * What is written in one step: all of it is on disk, or none. Immutable.
 *
 * @param events what happened; of an event whose call and key are there already only an earlier time is taken over
 * @param cards the newest state of calls
 * @param deliveries new deliveries; one whose account and key are there already is ignored
 */
public record Changes(List<CallEvent> events, List<CallCard> cards, List<Delivery> deliveries) {
    /** Copies the lists. */
    public Changes {
        events = List.copyOf(events);
        cards = List.copyOf(cards);
        deliveries = List.copyOf(deliveries);
    }

    /**
     * {@return only events}
     *
     * @param events what happened
     */
    public static Changes events(List<CallEvent> events) {
        return new Changes(events, List.of(), List.of());
    }
}
