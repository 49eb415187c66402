// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.call.CallId;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call's record on its way through the steps. Not safe for use by many threads. */
final class CallWork {
    private final Attempt<CrmWrite.LogCall> attempt;
    private Optional<String> user;
    private Optional<Card> card = Optional.empty();
    private @Nullable Outcome outcome;
    private boolean homeless;

    CallWork(Attempt<CrmWrite.LogCall> attempt, Optional<String> user) {
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

    Optional<String> user() {
        return user;
    }

    /** {@return whether there is somebody else to try; nobody at all is the last} */
    boolean changeUser(Optional<String> fallback) {
        if (user.isEmpty()) {
            return false;
        }
        user = user.equals(fallback) ? Optional.empty() : fallback;
        return true;
    }

    Optional<Card> card() {
        return card;
    }

    void card(Card found) {
        card = Optional.of(found);
    }

    void noCard() {
        card = Optional.empty();
    }

    /** {@return whether the account said that it has no card for the number} */
    boolean isHomeless() {
        return homeless;
    }

    void homeless() {
        homeless = true;
    }

    boolean isOpen() {
        return outcome == null;
    }

    void end(Outcome how) {
        outcome = how;
    }

    Outcome outcome() {
        return outcome == null ? new Outcome.Retry(null, "amoCRM needs another try") : outcome;
    }
}
