// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.call.Direction;
import io.cordboard.call.PhoneNumber;
import io.cordboard.crm.CrmWrite;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a call is written down. What is not known is left out: the account takes no nulls and no members that it does not
 * know. Immutable.
 */
final class CallForm {
    private static final int LEFT_MESSAGE = 1;
    private static final int TALKED = 4;
    private static final int NOT_REACHED = 6;
    private static final int BUSY = 7;

    private final String source;
    private final Supplier<String> maker;

    /**
     * Creates the form.
     *
     * @param source where the account is told that calls come from
     * @param maker whose the token is, or empty while that is not known
     */
    CallForm(String source, Supplier<String> maker) {
        this.source = source;
        this.maker = maker;
    }

    /** {@return the call as a note, without its card} */
    Map<String, Object> note(CrmWrite.LogCall call, Optional<String> user) {
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("note_type", call.direction() == Direction.OUTBOUND ? "call_out" : "call_in");
        note.put("params", params(call, user));
        people(note, user);
        note.put("created_at", call.startedAt().getEpochSecond());
        return note;
    }

    /** {@return the call as the account takes it when it looks for the card itself} */
    Map<String, Object> call(CrmWrite.LogCall call, Optional<String> user) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("direction", call.direction() == Direction.OUTBOUND ? "outbound" : "inbound");
        item.putAll(params(call, user));
        people(item, user);
        item.put("created_at", call.startedAt().getEpochSecond());
        return item;
    }

    static String uniq(CrmWrite write) {
        return write.call().toString();
    }

    /** Both are the same person, or the account's analytics do not count the call. */
    private void people(Map<String, Object> item, Optional<String> user) {
        user.or(() -> Optional.of(maker.get()).filter(AmoCrmSettings::isNumber))
                .map(Long::parseLong)
                .ifPresent(id -> {
                    item.put("created_by", id);
                    item.put("responsible_user_id", id);
                });
    }

    private Map<String, Object> params(CrmWrite.LogCall call, Optional<String> user) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("uniq", uniq(call));
        params.put("duration", call.answered() ? call.connected().toSeconds() : 0L);
        params.put("source", source);
        params.put("phone", phone(call));
        params.put("call_status", status(call));
        params.put("call_result", result(call));
        user.map(Long::parseLong).ifPresent(id -> params.put("call_responsible", id));
        return params;
    }

    private static String phone(CrmWrite.LogCall call) {
        PhoneNumber number = call.customer();
        if (number != null) {
            return number.e164();
        }
        return call.customerRaw().isBlank() ? "0" : call.customerRaw().strip();
    }

    private static int status(CrmWrite.LogCall call) {
        if (call.answered()) {
            return TALKED;
        }
        return switch (call.end()) {
            case BUSY, REJECTED -> BUSY;
            case VOICEMAIL -> LEFT_MESSAGE;
            default -> NOT_REACHED;
        };
    }

    private static String result(CrmWrite.LogCall call) {
        if (call.answered()) {
            return "Answered";
        }
        return switch (call.end()) {
            case BUSY -> "Busy";
            case REJECTED -> "Refused";
            case VOICEMAIL -> "Voice mail";
            case ABANDONED -> "Caller gave up";
            case FAILED -> "Could not be set up";
            default -> "Not answered";
        };
    }
}
