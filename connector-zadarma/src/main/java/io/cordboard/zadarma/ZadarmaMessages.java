// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.call.Extension;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Zadarma writes. All members are texts; unknown ones are left alone. */
final class ZadarmaMessages {
    private static final Pattern CALL_ID = Pattern.compile("(?:in|out)_[A-Za-z0-9_.-]{1,100}");
    private static final Pattern EXTENSION = Pattern.compile("(?:[0-9]+-)?([1-9][0-9]{2,3})");

    private ZadarmaMessages() {}

    /**
     * {@return the extension that a text names: {@code 100}, or {@code 1234-100} where it is a SIP login}
     *
     * @param text what stands in {@code internal}, {@code sip} and the like
     */
    static Optional<Extension> extension(String text) {
        Matcher matcher = EXTENSION.matcher(text.strip());
        return matcher.matches() ? Optional.of(new Extension(matcher.group(1))) : Optional.empty();
    }

    /**
     * {@return the digits of a number}
     *
     * @param text a number as somebody wrote it
     */
    static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    /** The webhooks that tell of calls, what is signed of each and what none may lack. */
    enum Kind {
        /** An incoming call reaches the PBX; its answer decides where the call goes. */
        START("caller_id called_did call_start", "call_start"),
        /** An extension rings; one for each. */
        INTERNAL("caller_id called_did call_start", "call_start internal"),
        /** An extension, or the far side of an outgoing call, answered. */
        ANSWER("caller_id destination call_start", "call_start"),
        /** An incoming call is over. */
        END("caller_id called_did call_start", "call_start disposition"),
        /** An outgoing call begins. */
        OUT_START("internal destination call_start", "call_start destination"),
        /** An outgoing call is over. */
        OUT_END("internal destination call_start", "call_start destination disposition"),
        /** A recording can be fetched soon. */
        RECORD("pbx_call_id call_id_with_rec", "call_id_with_rec"),
        /** The caller pressed a key in a menu, or a phrase was spoken to the end. */
        IVR("caller_id called_did call_start", "call_start");

        private final String signed;
        private final String required;

        Kind(String signed, String required) {
            this.signed = signed;
            this.required = required;
        }

        static Optional<Kind> read(String event) {
            return Arrays.stream(values())
                    .filter(kind -> event.equals("NOTIFY_" + kind.name()))
                    .findFirst();
        }
    }

    /**
     * One webhook that tells of a call. {@link #toString()} shows no number. Immutable.
     *
     * @param kind what it tells
     * @param fields everything that was sent, decoded
     */
    record Notice(Kind kind, Map<String, String> fields) {
        Notice {
            fields = Map.copyOf(fields);
        }

        /** {@return a field; empty when it was not sent} */
        String field(String name) {
            return fields.getOrDefault(name, "");
        }

        /** {@return the values that its signature covers, byte for byte} */
        String signed() {
            return Stream.of(kind.signed.split(" ")).map(this::field).collect(Collectors.joining());
        }

        /** {@return the name of a field that is missing or cannot be read, if there is one} */
        Optional<String> flaw() {
            if (!CALL_ID.matcher(field("pbx_call_id")).matches()) {
                return Optional.of("pbx_call_id");
            }
            Optional<String> missing = Stream.of(kind.required.split(" "))
                    .filter(name -> field(name).isBlank())
                    .findFirst();
            if (missing.isPresent() || kind == Kind.RECORD) {
                return missing.or(() -> Optional.of("call_id_with_rec").filter(n -> field(n).length() > 100));
            }
            return ZadarmaTime.read(field("call_start")).isPresent() ? Optional.empty() : Optional.of("call_start");
        }

        boolean isOutgoing() {
            return field("pbx_call_id").startsWith("out_");
        }

        Optional<Extension> internal() {
            return extension(field("internal"));
        }

        long seconds() {
            String text = field("duration").strip();
            return text.matches("[0-9]{1,6}") ? Long.parseLong(text) : 0;
        }

        @Override
        public String toString() {
            return kind + " of " + field("pbx_call_id");
        }
    }
}
