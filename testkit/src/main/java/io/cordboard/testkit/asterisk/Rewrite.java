// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Turns recorded text into that of another call: other times, ids and numbers. Immutable. */
final class Rewrite {
    /** What the recorded click-to-call request called itself. */
    static final String ORDER = "crm-42-a";

    private static final Pattern TIMESTAMP = Pattern.compile("(?m)^Timestamp: ([0-9.]+)");
    private static final Pattern ID = Pattern.compile("(?<![0-9.])(17[0-9]{8})\\.([0-9]{1,5})(?![0-9])");
    private static final int IDS_A_PLAY = 100_000;

    private final long shift;
    private final long number;
    private final Map<String, String> texts;
    private final Map<String, String> last = new LinkedHashMap<>();

    private Rewrite(long shift, long number, Map<String, String> texts) {
        this.shift = shift;
        this.number = number;
        this.texts = texts;
    }

    /**
     * {@return how to rewrite a session}
     *
     * @param play what is wanted
     * @param trace the session
     * @param now the time
     * @param number which play it is
     */
    static Rewrite of(Play play, Trace trace, Instant now, long number) {
        Map<String, String> texts = new LinkedHashMap<>();
        String recorded = customer(trace);
        if (!play.customer().isEmpty() && !recorded.isEmpty()) {
            texts.put(recorded, play.customer());
        }
        if (!play.fresh()) {
            return new Rewrite(0, 0, texts);
        }
        texts.put(ORDER, "crm-" + now.getEpochSecond() + "-" + number);
        long first = trace.messages().stream()
                .flatMap(message -> message.field("Timestamp").stream())
                .findFirst()
                .map(text -> new BigDecimal(text).longValue())
                .orElse(now.getEpochSecond());
        return new Rewrite(now.getEpochSecond() - first, number, texts);
    }

    private Rewrite(Rewrite other, Map<String, String> more) {
        this(other.shift, other.number, new LinkedHashMap<>(other.texts));
        texts.putAll(more);
        last.putAll(other.last);
    }

    /** {@return the same with further texts replaced} */
    Rewrite with(Map<String, String> more) {
        return new Rewrite(this, more);
    }

    /** {@return the same that replaces recorded texts by those of a call that exists already, whose ids stay} */
    Rewrite into(Map<String, String> present) {
        Rewrite into = new Rewrite(this, Map.of());
        present.forEach((recorded, now) -> into.last.put(apply(recorded), now));
        return into;
    }

    private static String customer(Trace trace) {
        return trace.messages().stream()
                .filter(message -> message.event().equals("Newchannel"))
                .flatMap(message -> message.field("CallerIDNum").stream().limit(1))
                .filter(number -> number.matches("\\+?[0-9]{7,15}"))
                .findFirst()
                .orElse("");
    }

    String apply(String text) {
        String result = text;
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            result = result.replace(entry.getKey(), entry.getValue());
        }
        if (shift != 0 || number != 0) {
            result = ID.matcher(result).replaceAll(this::id);
            result = TIMESTAMP
                    .matcher(result)
                    .replaceAll(match -> "Timestamp: "
                            + new BigDecimal(match.group(1))
                                    .add(BigDecimal.valueOf(shift))
                                    .toPlainString());
        }
        for (Map.Entry<String, String> entry : last.entrySet()) {
            result = result.replace(entry.getKey(), entry.getValue());
        }
        return result;
    }

    private String id(MatchResult match) {
        long epoch = Long.parseLong(match.group(1)) + shift;
        return epoch + "." + (number * IDS_A_PLAY + Long.parseLong(match.group(2)));
    }
}
