// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.LegEnd;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a call ended, in Zadarma's words, and what that means. */
enum ZadarmaDisposition {
    ANSWERED(EndReason.COMPLETED, LegEnd.HUNG_UP),
    CANCEL(EndReason.ABANDONED, LegEnd.CANCELLED),
    NO_ANSWER(EndReason.NO_ANSWER, LegEnd.NO_ANSWER),
    BUSY(EndReason.BUSY, LegEnd.BUSY),
    REJECTED(EndReason.REJECTED, LegEnd.REJECTED),
    FAILED(EndReason.FAILED, LegEnd.FAILED);

    private final EndReason end;
    private final LegEnd leg;

    ZadarmaDisposition(EndReason end, LegEnd leg) {
        this.end = end;
        this.leg = leg;
    }

    /**
     * {@return what a disposition means; a text that is not known is a call that nobody answered}
     *
     * @param text such as {@code no answer}
     * @param cause the Q.850 cause, or empty
     */
    static ZadarmaDisposition read(String text, String cause) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "answered" -> ANSWERED;
            case "cancel" -> CANCEL;
            // 21: the phone refused; Zadarma has no word of its own for it.
            case "busy" -> cause.strip().equals("21") ? REJECTED : BUSY;
            case "failed",
                    "call failed",
                    "no money",
                    "unallocated number",
                    "no limit",
                    "no day limit",
                    "line limit",
                    "no money, no limit" -> FAILED;
            default -> NO_ANSWER;
        };
    }

    EndReason end() {
        return end;
    }

    LegEnd leg() {
        return leg;
    }

    /** {@return who ended a call of a direction, where the disposition tells} */
    @Nullable
    EndedBy by(Direction direction) {
        return switch (this) {
            case CANCEL -> direction == Direction.INBOUND ? EndedBy.CUSTOMER : EndedBy.AGENT;
            case NO_ANSWER, FAILED -> EndedBy.PBX;
            default -> null;
        };
    }

    /** {@return the raw code that is kept with the call} */
    static String code(String text, String cause) {
        return cause.isBlank() ? text.strip() : text.strip() + "/" + cause.strip();
    }
}
