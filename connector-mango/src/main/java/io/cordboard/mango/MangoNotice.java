// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.Extension;
import io.cordboard.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that Mango told of a call. Numbers may be written as texts, and texts as numbers. {@link #toString()} shows
 * no telephone number. Immutable.
 *
 * @param kind what it tells
 * @param json as it came
 * @param shift how far the vendor's clock is ahead of UTC
 */
record MangoNotice(Kind kind, JsonNode json, Duration shift) {
    private static final int LONGEST_ID = 128;
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{1,10}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    /** {@return the name of a member that is missing or cannot be read, if there is one} */
    Optional<String> flaw() {
        if (!isId(entry())) {
            return Optional.of("entry_id");
        }
        return switch (kind) {
            case LEG ->
                !isId(leg())
                        ? Optional.of("call_id")
                        : seq() < 1
                                ? Optional.of("seq")
                                : state() == State.OTHER
                                        ? Optional.of("call_state")
                                        : time("timestamp").isEmpty() ? Optional.of("timestamp") : Optional.empty();
            case SUMMARY -> time("end_time").isEmpty() ? Optional.of("end_time") : Optional.empty();
            case RECORDING, ADDED ->
                !isId(text("recording_id"))
                        ? Optional.of("recording_id")
                        : time("timestamp").isEmpty() ? Optional.of("timestamp") : Optional.empty();
        };
    }

    /** {@return what tells this apart from everything else that is said of the call; a repetition has the same} */
    String key() {
        return switch (kind) {
            case LEG -> "leg/" + leg() + "/" + seq();
            case SUMMARY -> "summary/" + Integer.toHexString(json.hashCode());
            case RECORDING -> "recording/" + text("recording_id") + "/" + text("recording_state") + "/" + seq();
            case ADDED -> "added/" + text("recording_id");
        };
    }

    String entry() {
        return text("entry_id");
    }

    String leg() {
        return text("call_id");
    }

    int seq() {
        String text = text("seq");
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    State state() {
        return State.read(text("call_state"));
    }

    String location() {
        return text("location");
    }

    /** {@return when it happened} */
    Instant at() {
        return time(kind == Kind.SUMMARY ? "end_time" : "timestamp").orElse(Instant.EPOCH);
    }

    /** {@return a moment, if it is given; 0 is none} */
    Optional<Instant> time(String member) {
        String text = text(member);
        return SECONDS.matcher(text).matches() && Long.parseLong(text) > 0
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)).minus(shift))
                : Optional.empty();
    }

    int code() {
        String text = text("disconnect_reason");
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    Optional<Extension> extension(String side) {
        return readExtension(Json.text(json.path(side), "extension"));
    }

    /** {@return the number on one side, or empty} */
    String number(String side) {
        return Json.text(json.path(side), "number");
    }

    String takenFrom() {
        return Json.text(json.path("from"), "taken_from_call_id");
    }

    String group() {
        return Json.text(json.path("to"), "acd_group");
    }

    /** {@return whether the caller is none of the PBX's own phones} */
    boolean isFromOutside() {
        return extension("from").isEmpty();
    }

    String text(String member) {
        return Json.text(json, member);
    }

    /** {@return whose callback it is, in Latin letters: the vendor's own constants have Cyrillic ones in them} */
    String initiator() {
        return text("callback_initiator").replace('\u0421', 'C').replace('\u0441', 'c');
    }

    static Optional<Extension> readExtension(String text) {
        return EXTENSION.matcher(text).matches() ? Optional.of(new Extension(text)) : Optional.empty();
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_ID && text.indexOf(' ') < 0;
    }

    @Override
    public String toString() {
        return kind + " of " + entry();
    }

    /** What is told of calls, and where it is posted. */
    enum Kind {
        /** A leg's state. */
        LEG("events/call"),
        /** The whole call's record. */
        SUMMARY("events/summary"),
        /** A recording begins, goes on or is complete. */
        RECORDING("events/recording"),
        /** A recording is stored. */
        ADDED("events/record/added");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }

        static Optional<Kind> read(String path) {
            return Arrays.stream(values())
                    .filter(kind -> kind.path.equals(path))
                    .findFirst();
        }
    }

    /** A leg's state. */
    enum State {
        APPEARED,
        CONNECTED,
        ON_HOLD,
        DISCONNECTED,
        OTHER;

        static State read(String text) {
            return switch (text) {
                case "Appeared" -> APPEARED;
                case "Connected" -> CONNECTED;
                case "OnHold" -> ON_HOLD;
                case "Disconnected" -> DISCONNECTED;
                default -> OTHER;
            };
        }
    }
}
