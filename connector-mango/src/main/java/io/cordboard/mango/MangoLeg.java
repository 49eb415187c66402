// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.http.Json;
import io.cordboard.mango.MangoNotice.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one leg by now, in the order of {@code seq}: there is no order but that. Immutable once it is made.
 */
final class MangoLeg {
    private final String id;
    private final TreeMap<Integer, MangoNotice> notices = new TreeMap<>();

    MangoLeg(String id, List<MangoNotice> told) {
        this.id = id;
        told.forEach(notice -> notices.putIfAbsent(notice.seq(), notice));
    }

    String id() {
        return id;
    }

    List<MangoNotice> notices() {
        return List.copyOf(notices.values());
    }

    MangoNotice first() {
        return notices.firstEntry().getValue();
    }

    MangoNotice last() {
        return notices.lastEntry().getValue();
    }

    /** {@return whether nothing can be missing up to a place} */
    boolean isWhole(int upToSeq) {
        return notices.headMap(upToSeq, true).size() == upToSeq;
    }

    boolean any(Predicate<MangoNotice> test) {
        return notices.values().stream().anyMatch(test);
    }

    Optional<MangoNotice> find(Predicate<MangoNotice> test) {
        return notices.values().stream().filter(test).findFirst();
    }

    boolean isCallback() {
        return any(notice -> !notice.initiator().isEmpty());
    }

    boolean isPhone() {
        return any(notice -> notice.location().equals("abonent"));
    }

    boolean wasConnected() {
        return any(notice -> notice.state() == State.CONNECTED);
    }

    boolean isOver() {
        return any(notice -> notice.state() == State.DISCONNECTED);
    }

    boolean isTalking() {
        return !isOver() && (last().state() == State.CONNECTED || last().state() == State.ON_HOLD);
    }

    Instant began() {
        return notices.values().stream()
                .map(MangoNotice::at)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** {@return the leg that this one's caller was taken from, or empty} */
    String takenFrom() {
        return find(notice -> !notice.takenFrom().isEmpty())
                .map(MangoNotice::takenFrom)
                .orElse("");
    }

    /** {@return whether it is certain that its caller was not taken from another leg} */
    boolean isOrigin() {
        return takenFrom().isEmpty() && notices.containsKey(1);
    }

    Optional<Extension> extension(String side) {
        return notices.values().stream()
                .map(notice -> notice.extension(side))
                .flatMap(Optional::stream)
                .findFirst();
    }

    String number(String side) {
        return notices.values().stream()
                .map(notice -> notice.number(side))
                .filter(number -> !number.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** {@return the line of the business that the call came by, or null} */
    @Nullable
    String line() {
        for (MangoNotice notice : notices.values()) {
            String line = Json.text(notice.json().path("to"), "line_number");
            if (!line.isEmpty()) {
                return line;
            }
        }
        return isPhone() || number("to").isEmpty() ? null : number("to");
    }

    /** {@return whether customer and agent talk on it: the agent's pick-up of a callback is no conversation} */
    boolean isConversation() {
        return isPhone() && !(isCallback() && takenFrom().isEmpty());
    }

    /** {@return the agent who is on it, if it is certain who that is} */
    Optional<Extension> agent() {
        if (!isPhone()) {
            return Optional.empty();
        }
        return party().filter(Party.CUSTOMER::equals).isPresent() ? extension("from") : extension("to");
    }

    /**
     * {@return whose phone it calls, once that is certain; empty for what is no phone, and for one that an agent calls
     * while another call waits}
     */
    Optional<Party> party() {
        if (!isPhone()) {
            return Optional.empty();
        }
        if (isCallback()) {
            return callbackParty();
        }
        if (any(MangoNotice::isFromOutside)) {
            return extension("to").map(Party::agent);
        }
        return isOrigin() && extension("to").isEmpty() ? Optional.of(Party.CUSTOMER) : Optional.empty();
    }

    /** Whoever is called first is known by nobody being taken from anywhere. */
    private Optional<Party> callbackParty() {
        if (!takenFrom().isEmpty()) {
            return extension("from").isPresent()
                    ? Optional.of(Party.CUSTOMER)
                    : extension("to").map(Party::agent);
        }
        if (!notices.containsKey(1)) {
            return Optional.empty();
        }
        return Optional.of(extension("to").map(Party::agent).orElse(Party.CUSTOMER));
    }
}
