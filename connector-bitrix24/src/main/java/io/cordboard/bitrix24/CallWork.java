// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.CallId;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import org.jspecify.annotations.Nullable;

/** One call's record on its way through the steps. Not safe for use by many threads. */
final class CallWork {
    private final Attempt<CrmWrite.LogCall> attempt;
    private String user;
    private String callId = "";
    private boolean registeredAgain;
    private @Nullable Outcome outcome;

    CallWork(Attempt<CrmWrite.LogCall> attempt, String user) {
        this.attempt = attempt;
        this.user = user;
    }

    CrmWrite.LogCall write() {
        return attempt.write();
    }

    CallId call() {
        return attempt.write().call();
    }

    String key() {
        return attempt.key();
    }

    boolean mayBeDone() {
        return attempt.lookFirst();
    }

    String user() {
        return user;
    }

    /** {@return whether there is somebody else to try} */
    boolean changeUser(@Nullable String other) {
        if (other == null || other.equals(user)) {
            return false;
        }
        user = other;
        return true;
    }

    String callId() {
        return callId;
    }

    void callId(String id) {
        callId = id;
    }

    /** {@return whether it was not registered again before} */
    boolean registerAgain() {
        boolean first = !registeredAgain;
        registeredAgain = true;
        callId = "";
        return first;
    }

    boolean isOpen() {
        return outcome == null;
    }

    void end(Outcome how) {
        outcome = how;
    }

    Outcome outcome() {
        return outcome == null ? new Outcome.Retry(null, "Bitrix24 needs another try") : outcome;
    }
}
