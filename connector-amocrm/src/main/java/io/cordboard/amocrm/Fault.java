// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a request, or one member of a batch, failed. Immutable.
 *
 * @param reason what it means
 * @param text one sentence, without numbers of people
 * @param after how long to wait, or null
 * @param paths the members of the body that were refused
 */
record Fault(Reason reason, String text, @Nullable Duration after, List<String> paths) {
    private static final Pattern LONG_NUMBER = Pattern.compile("\\+?[0-9]{7,}");

    Fault {
        paths = List.copyOf(paths);
        text = plain(text);
    }

    static Fault of(Reason reason, String text) {
        return new Fault(reason, text, null, List.of());
    }

    static Fault of(Reason reason, String text, @Nullable Duration after) {
        return new Fault(reason, text, after, List.of());
    }

    static Fault of(ConnectorException e) {
        return of(e.reason(), String.valueOf(e.getMessage()), e.retryAfter().orElse(null));
    }

    /** {@return whether a user whom the request names is the matter: gone, or never there} */
    boolean isAboutTheUser() {
        return paths.stream()
                .anyMatch(
                        path -> path.contains("responsible") || path.contains("created_by") || path.contains("users"));
    }

    boolean isAbout(String member) {
        return paths.stream().anyMatch(path -> path.contains(member));
    }

    /** {@return whether the account has no card for what was sent} */
    boolean isNotFound() {
        return reason == Reason.NOT_FOUND;
    }

    /** {@return whether nothing was done, and the same request may be sent again without a look} */
    boolean isHarmless() {
        return reason != Reason.UNCLEAR;
    }

    ConnectorException asException() {
        return new ConnectorException(reason, "amocrm: " + text, after, null);
    }

    /** {@return what becomes of a write that failed so} */
    Outcome asOutcome() {
        String why = "amoCRM: " + text;
        return switch (reason) {
            case UNCLEAR -> new Outcome.Unclear(why);
            case REAUTHORISE -> new Outcome.Reauthorise(why);
            case UNAVAILABLE, RATE_LIMITED -> new Outcome.Retry(after, why);
            case FORBIDDEN, NOT_FOUND, REFUSED -> new Outcome.Refused(why);
        };
    }

    /** {@return the same for a request that may be repeated without harm} */
    Outcome asRepeatable() {
        return reason == Reason.UNCLEAR ? new Outcome.Retry(after, "amoCRM: " + text) : asOutcome();
    }

    private static String plain(String text) {
        String clean = LONG_NUMBER.matcher(text).replaceAll("***").strip();
        return clean.length() > 300 ? clean.substring(0, 300) : clean;
    }
}
