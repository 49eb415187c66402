// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one write to a CRM. */
public sealed interface Outcome {
    /**
     * The CRM has it. Immutable.
     *
     * @param ref the CRM's id of what was written
     */
    record Done(String ref) implements Outcome {}

    /**
     * It was not done, and trying again may help. Immutable.
     *
     * @param after how long the vendor or the connector asks to wait, or null for the engine's own backoff
     * @param reason one sentence for a person
     */
    record Retry(@Nullable Duration after, String reason) implements Outcome {}

    /**
     * It was sent and the answer was lost: it may have been done. The next attempt has {@link Attempt#lookFirst()}.
     * Immutable.
     *
     * @param reason one sentence for a person
     */
    record Unclear(String reason) implements Outcome {}

    /**
     * It was not done, and nothing will be until a person gives the permission again: the account's writes wait,
     * without a limit and without being counted. Immutable.
     *
     * @param reason one sentence for a person
     */
    record Reauthorise(String reason) implements Outcome {}

    /**
     * The CRM refused and will refuse again: parked for a person, never dropped. Immutable.
     *
     * @param reason one sentence for a person
     */
    record Refused(String reason) implements Outcome {}
}
