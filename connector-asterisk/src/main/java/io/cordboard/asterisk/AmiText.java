// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import java.util.regex.Pattern;

/**
 * Guards what goes into an action. asterisk-java writes values as they are, and a line break in one of them makes
 * Asterisk run a second action that somebody else wrote.
 */
final class AmiText {
    private static final Pattern PART = Pattern.compile("[0-9*#+A-Za-z_.\\-]{1,80}");
    private static final Pattern CHANNEL = Pattern.compile("[0-9*#+A-Za-z_./@;:\\-]{1,160}");
    private static final int LONGEST = 200;

    private AmiText() {}

    /** {@return the text, which may only be an extension, a context, a number or an id} */
    static String part(String what, String text) {
        return matching(PART, what, text);
    }

    /** {@return the text, which may only be the name of a channel or of a device} */
    static String channel(String what, String text) {
        return matching(CHANNEL, what, text);
    }

    /** {@return the text, which may be anything that is printed on one line} */
    static String line(String what, String text) {
        boolean control = text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        if (control || text.length() > LONGEST) {
            throw refused(what);
        }
        return text;
    }

    private static String matching(Pattern pattern, String what, String text) {
        if (!pattern.matcher(text).matches()) {
            throw refused(what);
        }
        return text;
    }

    private static ConnectorException refused(String what) {
        return new ConnectorException(
                Reason.REFUSED, "the " + what + " has characters that must not reach Asterisk, or is too long");
    }
}
