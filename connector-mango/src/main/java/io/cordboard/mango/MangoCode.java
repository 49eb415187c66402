// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.LegEnd;
import io.cordboard.connector.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Mango's numbers mean: why a leg or a call ended, and why a request was refused. */
final class MangoCode {
    static final int SUCCESS = 1000;
    static final int BY_CALLER = 1110;
    static final int BY_CALLEE = 1120;

    // The classes below are the vendor's; a number that is not among them counts as the class it belongs to.
    private static final Set<Integer> KNOWN = Set.of(
            1000, 1001, 1100, 1110, 1111, 1120, 1121, 1122, 1123, 1124, 1125, 1130, 1131, 1132, 1133, 1134, 1135, 1140,
            1150, 1151, 1152, 1160, 1161, 1162, 1163, 1164, 1170, 1171, 1180, 1181, 1182, 1183, 1190, 1191, 1192, 1193,
            1200, 1300, 2000, 2100, 2200, 2210, 2300, 2400, 3000, 3100, 3102, 3105, 3200, 3300, 3310, 3320, 3330, 3340,
            4000, 4001, 4002, 4100, 4101, 4102, 4200, 4290, 4300, 4400, 4500, 5000, 5001, 5008, 5100, 5200, 5201, 5300,
            6000);

    private MangoCode() {}

    /** {@return the code itself if it is known, or else its class: 2219 is 2210, 1090 is 1000} */
    static int fold(int code) {
        for (int unit = 1; unit <= 1000; unit *= 10) {
            int folded = code / unit * unit;
            if (KNOWN.contains(folded)) {
                return folded;
            }
        }
        return code;
    }

    static boolean isSuccess(int code) {
        return code / 100 == 10;
    }

    /** {@return why a leg ended} */
    static LegEnd leg(int code, boolean connected) {
        if (connected) {
            return LegEnd.HUNG_UP;
        }
        return switch (fold(code)) {
            case 1111, 1125 -> LegEnd.NO_ANSWER;
            case 1110, 1180, 1181 -> LegEnd.CANCELLED;
            case 1121, 1193 -> LegEnd.BUSY;
            case 1120, 1122, 1123, 1124, 1151, 1152 -> LegEnd.REJECTED;
            case 1182, 1183 -> LegEnd.ANSWERED_ELSEWHERE;
            case 1130, 1131, 1132, 1133, 1134, 1135, 1140, 1150, 1171, 1190, 1191, 1192 -> LegEnd.FAILED;
            default -> code / 1000 >= 2 ? LegEnd.FAILED : LegEnd.UNKNOWN;
        };
    }

    /** {@return why a call ended in which nobody talked} */
    static EndReason unanswered(int code, Direction direction) {
        boolean inbound = direction == Direction.INBOUND;
        return switch (leg(code, false)) {
            case CANCELLED -> fold(code) == BY_CALLER ? EndReason.ABANDONED : EndReason.NO_ANSWER;
            case BUSY -> EndReason.BUSY;
            case REJECTED -> inbound && code == BY_CALLEE ? EndReason.NO_ANSWER : EndReason.REJECTED;
            // A group or a schedule that lets nobody answer is no fault of the line.
            case FAILED -> fold(code) >= 1190 && fold(code) < 1200 ? EndReason.NO_ANSWER : EndReason.FAILED;
            case NO_ANSWER, ANSWERED_ELSEWHERE, HUNG_UP, UNKNOWN -> EndReason.NO_ANSWER;
        };
    }

    /** {@return who ended it, where the code tells} */
    static @Nullable EndedBy by(int code, Direction direction) {
        boolean inbound = direction == Direction.INBOUND;
        return switch (fold(code)) {
            case BY_CALLER -> inbound ? EndedBy.CUSTOMER : EndedBy.AGENT;
            case BY_CALLEE, 1121, 1122 -> inbound ? EndedBy.AGENT : EndedBy.CUSTOMER;
            case 1180 -> EndedBy.AGENT;
            case 1000, 1100, 1182, 1183 -> null;
            default -> EndedBy.PBX;
        };
    }

    /** {@return what a refusal means for what to do next} */
    static Reason reason(int code) {
        return switch (fold(code)) {
            case 3102, 3105 -> Reason.REAUTHORISE;
            case 3300, 3310, 3320, 3330, 3340, 4101 -> Reason.NOT_FOUND;
            case 4290 -> Reason.RATE_LIMITED;
            case 4500, 5201 -> Reason.FORBIDDEN;
            case 5000, 5001, 5008 -> Reason.UNAVAILABLE;
            default -> Reason.REFUSED;
        };
    }

    /** {@return whether the code blames the request: a second one within two minutes locks the account} */
    static boolean isInvalidRequest(int code) {
        return code / 1000 == 3;
    }
}
