// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.Direction;
import io.cordboard.crm.CrmWrite;

/** The portal's words for which way a call went and how it ended. */
final class StatusCodes {
    private StatusCodes() {}

    static int type(Direction direction) {
        return direction == Direction.INBOUND ? 2 : 1;
    }

    /** {@return the status; a customer's call that nobody answered is a missed call, whatever the phones did} */
    static String status(CrmWrite.LogCall call) {
        if (call.answered()) {
            return "200";
        }
        if (call.direction() == Direction.INBOUND) {
            return "304";
        }
        return switch (call.end()) {
            case BUSY -> "486";
            case REJECTED -> "603";
            case FAILED -> "503";
            case ABANDONED -> "603-S";
            case UNKNOWN -> "OTHER";
            case COMPLETED, NO_ANSWER, VOICEMAIL -> "304";
        };
    }

    /** {@return whole seconds; a call that was answered lasted at least one} */
    static long seconds(CrmWrite.LogCall call) {
        return call.answered() ? Math.max(1, Math.round(call.connected().toMillis() / 1000.0)) : 0;
    }
}
