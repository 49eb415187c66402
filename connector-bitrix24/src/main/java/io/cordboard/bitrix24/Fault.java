// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a command failed: the portal's own code and text, and what they mean. Immutable.
 *
 * @param reason what it means
 * @param code the portal's code; often empty
 * @param text the portal's text, without markup and long numbers
 * @param after how long to wait, or null
 */
record Fault(
        Reason reason, String code, String text, @Nullable Duration after) {
    private static final Pattern MARKUP = Pattern.compile("<[^>]*>");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\+?[0-9]{7,}");
    private static final Duration WHEN_OVERLOADED = Duration.ofMinutes(10);
    private static final Duration WHEN_LIMITED = Duration.ofSeconds(2);
    private static final Duration WHEN_BLOCKED = Duration.ofMinutes(1);

    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("expired_token", Reason.REAUTHORISE),
            Map.entry("invalid_token", Reason.REAUTHORISE),
            Map.entry("no_auth_found", Reason.REAUTHORISE),
            Map.entry("invalid_credentials", Reason.REAUTHORISE),
            Map.entry("payment_required", Reason.REAUTHORISE),
            Map.entry("application_not_found", Reason.REAUTHORISE),
            Map.entry("error_oauth", Reason.REAUTHORISE),
            Map.entry("authorization_error", Reason.REAUTHORISE),
            Map.entry("not_installed", Reason.REAUTHORISE),
            Map.entry("portal_deleted", Reason.REAUTHORISE),
            Map.entry("invalid_grant", Reason.REAUTHORISE),
            Map.entry("invalid_client", Reason.REAUTHORISE),
            Map.entry("wrong_client", Reason.REAUTHORISE),
            Map.entry("insufficient_scope", Reason.FORBIDDEN),
            Map.entry("access_denied", Reason.FORBIDDEN),
            Map.entry("user_access_error", Reason.FORBIDDEN),
            Map.entry("wrong_auth_type", Reason.FORBIDDEN),
            Map.entry("method_confirm_denied", Reason.FORBIDDEN),
            Map.entry("allowed_only_intranet_user", Reason.FORBIDDEN),
            Map.entry("query_limit_exceeded", Reason.RATE_LIMITED),
            Map.entry("operation_time_limit", Reason.RATE_LIMITED),
            Map.entry("overload_limit", Reason.UNAVAILABLE),
            Map.entry("method_confirm_waiting", Reason.UNAVAILABLE),
            Map.entry("internal_server_error", Reason.UNCLEAR),
            Map.entry("error_unexpected_answer", Reason.UNCLEAR),
            Map.entry("not_found", Reason.NOT_FOUND),
            Map.entry("owner_not_found", Reason.NOT_FOUND));

    /**
     * {@return what a code and a text of the portal mean; codes are compared without case, texts only without a code}
     */
    static Fault of(String code, String text, int status) {
        String plain = plain(text);
        Reason known = REASONS.get(code.toLowerCase(Locale.ROOT));
        if (known != null) {
            return new Fault(known, code, plain, after(code));
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        Reason reason;
        if (status >= 500 || lower.contains("unexpected database error")) {
            reason = Reason.UNCLEAR;
        } else if (lower.equals("not found") || lower.endsWith("is not found.") || lower.endsWith(" not found")) {
            reason = Reason.NOT_FOUND;
        } else if (lower.startsWith("access denied")) {
            reason = Reason.FORBIDDEN;
        } else {
            reason = Reason.REFUSED;
        }
        return new Fault(reason, code, plain, null);
    }

    static Fault of(ConnectorException e) {
        return new Fault(
                e.reason(), "", String.valueOf(e.getMessage()), e.retryAfter().orElse(null));
    }

    static Fault unclear(String text) {
        return new Fault(Reason.UNCLEAR, "", text, null);
    }

    boolean is(String wanted) {
        return code.equalsIgnoreCase(wanted);
    }

    boolean says(String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** {@return whether the access token has ended, so that the command was not done} */
    boolean isExpired() {
        return is("expired_token") || is("invalid_token");
    }

    /** {@return whether the portal does not know the user, or the user no longer works there} */
    boolean isAboutTheUser() {
        return says("user is not found or is not active");
    }

    /** {@return whether the portal has no unfinished call with this id: finished before, or never registered} */
    boolean isCallNotFound() {
        return says("call is not found") && !says("statistic table");
    }

    /** {@return the way an account has that may not use telephony methods} */
    boolean isWrongAuthType() {
        return is("WRONG_AUTH_TYPE");
    }

    ConnectorException asException() {
        return new ConnectorException(reason, "bitrix24: " + sentence(), after, null);
    }

    /** {@return what becomes of a write that failed so} */
    Outcome asOutcome() {
        String why = "Bitrix24: " + sentence();
        return switch (reason) {
            case UNCLEAR -> new Outcome.Unclear(why);
            case REAUTHORISE -> new Outcome.Reauthorise(why);
            case UNAVAILABLE, RATE_LIMITED -> new Outcome.Retry(after, why);
            case FORBIDDEN, NOT_FOUND, REFUSED -> new Outcome.Refused(why);
        };
    }

    /** {@return the same for a write that may be repeated without harm} */
    Outcome asRepeatable() {
        return reason == Reason.UNCLEAR ? new Outcome.Retry(after, "Bitrix24: " + sentence()) : asOutcome();
    }

    private String sentence() {
        String what = text.isEmpty() ? "refused without a word" : text;
        return code.isEmpty() ? what : code + ", " + what;
    }

    private static @Nullable Duration after(String code) {
        return switch (code.toLowerCase(Locale.ROOT)) {
            case "overload_limit", "method_confirm_waiting" -> WHEN_OVERLOADED;
            case "query_limit_exceeded" -> WHEN_LIMITED;
            case "operation_time_limit" -> WHEN_BLOCKED;
            default -> null;
        };
    }

    private static String plain(String text) {
        String clean = LONG_NUMBER
                .matcher(MARKUP.matcher(text).replaceAll(" "))
                .replaceAll("***")
                .strip();
        return clean.length() > 200 ? clean.substring(0, 200) : clean;
    }
}
