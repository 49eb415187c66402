// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

import io.cordboard.call.Call;
import io.cordboard.call.Why;
import io.cordboard.contact.Match;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call and what is known about it beyond the line: whose it is and who owns the outcome. Immutable.
 *
 * @param call the call
 * @param matches everybody who has the customer's number, best first
 * @param responsible who owns the outcome, by the id of the CRM, because each CRM may have its own owner
 * @param dialRefs the CRMs' own ids of the call where it was started from a CRM, by the id of the CRM
 * @param why the decisions beyond the line and their reasons
 */
public record CallCard(
        Call call,
        List<Match> matches,
        Map<String, Responsible> responsible,
        Map<String, String> dialRefs,
        List<Why> why) {
    /** Copies the collections. */
    public CallCard {
        matches = List.copyOf(matches);
        responsible = Map.copyOf(responsible);
        dialRefs = Map.copyOf(dialRefs);
        why = List.copyOf(why);
    }

    /**
     * {@return a card that knows only the call}
     *
     * @param call the call
     */
    public static CallCard of(Call call) {
        return new CallCard(call, List.of(), Map.of(), Map.of(), List.of());
    }

    /**
     * {@return the same card with a newer state of the call}
     *
     * @param newer the call
     */
    public CallCard withCall(Call newer) {
        return new CallCard(newer, matches, responsible, dialRefs, why);
    }

    /** {@return who owns the outcome where only one answer is wanted: the first CRM's, by the CRM's id} */
    public @Nullable Responsible anyResponsible() {
        return responsible.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse(null);
    }
}
