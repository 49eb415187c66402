// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Outcome;
import io.cordboard.salesforce.SalesforceApi.Problem;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.time.Duration;
import java.util.Set;

/** What the organisation's answers mean for a delivery. */
final class Outcomes {
    private static final Duration LOCKED = Duration.ofSeconds(2);
    private static final Duration MENDED = Duration.ofMinutes(1);
    private static final Duration FULL = Duration.ofMinutes(30);
    private static final Set<String> OTHER_SHAPE = Set.of("INVALID_FIELD", "INVALID_TYPE", "INVALID_SOBJECT");
    private static final Set<String> AGAIN = Set.of(
            "REQUEST_LIMIT_EXCEEDED",
            "SERVER_UNAVAILABLE",
            "UNKNOWN_EXCEPTION",
            "DUPLICATE_VALUE",
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "API_CURRENTLY_DISABLED",
            "QUERY_TIMEOUT");

    private final Shapes shapes;

    Outcomes(Shapes shapes) {
        this.shapes = shapes;
    }

    /** {@return what a failed request means for each write that it carried} */
    Outcome of(ConnectorException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (OTHER_SHAPE.contains(FaultCode.of(failure))) {
            // Somebody changed the organisation since it was described.
            shapes.forget();
            return new Outcome.Retry(MENDED, reason);
        }
        return switch (failure.reason()) {
            case UNAVAILABLE, RATE_LIMITED ->
                new Outcome.Retry(failure.retryAfter().orElse(null), reason);
            case UNCLEAR -> new Outcome.Unclear(reason);
            case REAUTHORISE -> new Outcome.Reauthorise(reason);
            case FORBIDDEN, NOT_FOUND, REFUSED -> new Outcome.Refused(reason);
        };
    }

    /** {@return what became of one record} */
    Outcome of(Saved saved) {
        if (saved.done()) {
            return new Outcome.Done(saved.id());
        }
        Problem problem = saved.problems().get(0);
        String reason = "salesforce said " + problem.code() + ": " + problem.message()
                + (problem.fields().isEmpty() ? "" : " (" + String.join(", ", problem.fields()) + ")");
        if (isLock(saved)) {
            return new Outcome.Retry(LOCKED, reason);
        }
        if (problem.code().equals(FaultCode.UNREADABLE)) {
            return new Outcome.Unclear(reason);
        }
        if (problem.code().equals("INVALID_SESSION_ID") || AGAIN.contains(problem.code())) {
            return new Outcome.Retry(null, reason);
        }
        if (problem.code().equals("STORAGE_LIMIT_EXCEEDED")) {
            return new Outcome.Retry(FULL, reason);
        }
        if (OTHER_SHAPE.contains(problem.code())) {
            shapes.forget();
            return new Outcome.Retry(MENDED, reason);
        }
        boolean rights = problem.code().equals("INSUFFICIENT_ACCESS_OR_READONLY");
        return new Outcome.Refused(rights ? reason + "; let the app's user change what agents own" : reason);
    }

    /** Somebody else was writing to the same customer; a flow of the organisation may be the one who says so. */
    private static boolean isLock(Saved saved) {
        return saved.problems().stream()
                .anyMatch(problem -> problem.code().equals("UNABLE_TO_LOCK_ROW")
                        || problem.message().contains("UNABLE_TO_LOCK_ROW"));
    }
}
