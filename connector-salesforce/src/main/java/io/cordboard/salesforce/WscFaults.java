// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import com.sforce.ws.ConnectionException;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the SOAP library throws, in the words of the house. */
final class WscFaults {
    static final String INVALID_SESSION = "INVALID_SESSION_ID";
    static final String TOO_MANY_SEARCHES = "EXCEEDED_SEARCH_QUERY_RATE_LIMIT";

    private static final Duration DAY_IS_FULL = Duration.ofMinutes(15);
    private static final Duration CROWDED = Duration.ofSeconds(5);
    private static final Duration SEARCHED_TOO_OFTEN = Duration.ofMinutes(1);
    private static final Duration LOCKED = Duration.ofSeconds(2);
    private static final Duration CLOSED = Duration.ofMinutes(10);

    private static final Set<String> BUSY = Set.of(
            "SERVER_UNAVAILABLE",
            "API_CURRENTLY_DISABLED",
            "ORG_IN_MAINTENANCE",
            "ORG_LOCKED",
            "API_DISABLED_FOR_ORG",
            "QUERY_TIMEOUT",
            "TOO_MANY_OPEN_CONNECTIONS");
    /** What the organisation would say again; whatever is not named anywhere here may have been done. */
    private static final Set<String> FOR_GOOD = Set.of(
            "INVALID_FIELD",
            "INVALID_TYPE",
            "INVALID_SOBJECT",
            "INVALID_OPERATION",
            "INVALID_QUERY_LOCATOR",
            "INVALID_REPLICATION_DATE",
            "INVALID_SEARCH",
            "INVALID_SOAP_HEADER",
            "MALFORMED_ID",
            "MALFORMED_QUERY",
            "MALFORMED_SEARCH",
            "EXCEEDED_ID_LIMIT",
            "LIMIT_EXCEEDED",
            "UNSUPPORTED_API_VERSION",
            "UNSUPPORTED_CLIENT",
            "Client");

    private static final Set<String> SIGN_IN =
            Set.of(INVALID_SESSION, "INVALID_LOGIN", "LOGIN_MUST_USE_SECURITY_TOKEN", "PASSWORD_LOCKOUT");
    private static final Set<String> RIGHTS = Set.of(
            "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "API_DISABLED", "FUNCTIONALITY_NOT_ENABLED");

    private WscFaults() {}

    /** {@return what a failed request means} */
    static ConnectorException read(ConnectionException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectorException known) {
                return known;
            }
        }
        // The text may hold a part of the answer, so it stays out of the message.
        return new ConnectorException(
                Reason.UNCLEAR,
                "salesforce answered something that its own library cannot read",
                null,
                new FaultCode(FaultCode.UNREADABLE, failure.getClass().getSimpleName()));
    }

    static ConnectorException of(String code, @Nullable String words) {
        String text = words == null
                ? ""
                : words.replaceFirst("^" + code + ": ", "").lines().findFirst().orElse("");
        String said = "salesforce said " + code + (text.isEmpty() ? "" : ": " + shortened(text));
        FaultCode cause = new FaultCode(code, said);
        if (code.equals("REQUEST_LIMIT_EXCEEDED")) {
            boolean day = text.toLowerCase(Locale.ROOT).contains("total");
            return new ConnectorException(Reason.RATE_LIMITED, said, day ? DAY_IS_FULL : CROWDED, cause);
        }
        if (code.equals(TOO_MANY_SEARCHES)) {
            return new ConnectorException(Reason.RATE_LIMITED, said, SEARCHED_TOO_OFTEN, cause);
        }
        if (BUSY.contains(code)) {
            boolean closed = code.startsWith("ORG_") || code.startsWith("API_");
            return new ConnectorException(Reason.UNAVAILABLE, said, closed ? CLOSED : null, cause);
        }
        if (code.equals("UNABLE_TO_LOCK_ROW")) {
            return new ConnectorException(Reason.UNAVAILABLE, said, LOCKED, cause);
        }
        Reason reason = SIGN_IN.contains(code)
                ? Reason.REAUTHORISE
                : RIGHTS.contains(code) ? Reason.FORBIDDEN : FOR_GOOD.contains(code) ? Reason.REFUSED : Reason.UNCLEAR;
        return new ConnectorException(reason, said, null, cause);
    }

    /** {@return a sentence of the organisation that fits into one line; numbers in it are hidden} */
    static String shortened(String text) {
        String masked = text.replaceAll("\\+?\\d[\\d ()-]{7,}\\d", "(number)")
                .replaceAll("\\s+", " ")
                .strip();
        return masked.length() <= 200 ? masked : masked.substring(0, 199) + "…";
    }
}
