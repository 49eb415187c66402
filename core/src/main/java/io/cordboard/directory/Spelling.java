// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a number field taken apart into its number and the extension behind it, both still unread.
 *
 * @param body the number as it was written, without name, scheme, host and parameters
 * @param extension the digits of the extension, or empty
 * @param context the global number before a local one ({@code phone-context}), or empty
 */
record Spelling(String body, String extension, String context) {
    private static final int CASELESS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** Words that begin an extension; {@code x} is a Latin or a Cyrillic letter, {@code no} is what becomes of №. */
    private static final String MARK =
            "(?:;ext=|#|\\*|(?<!\\p{L})(?:доб(?:ав(?:очный)?)?|вн(?:утр(?:енний)?)?|ext(?:ension|n)?|[xх×]))";

    private static final Pattern EXTENSION =
            Pattern.compile(MARK + "[.:=\\s]{0,4}(?:no\\.?\\s?)?([0-9]{1,20})[\\s)\\]]{0,4}$", CASELESS);
    private static final Pattern INNER_EXTENSION = Pattern.compile(
            "[\\s,;(]{0,4}" + MARK + "[.:=\\s]{0,4}(?:no\\.?\\s?)?([0-9]{1,11})(?![0-9])\\)?", CASELESS);
    private static final Pattern NAMED = Pattern.compile("[^<>]*<([^<>]*)>[^<>]*");
    private static final Pattern SCHEME = Pattern.compile("^(sips?|tel|callto):(?://)?", CASELESS);
    private static final Pattern LABEL = Pattern.compile(
            "^(?:телефон|тел|мобильный|моб|сот|рабочий|раб|домашний|дом|факс|т|telephone|tel|mobile|mob|phone|cell|fax"
                    + "|work|home)(?!\\p{L})[.:\\s]{0,4}",
            CASELESS);
    private static final Set<String> HIDDEN = Set.of(
            "",
            "+",
            "-",
            "s",
            "anonymous",
            "anonymous caller",
            "unknown",
            "unknown number",
            "unknown caller",
            "private",
            "private number",
            "restricted",
            "withheld",
            "number withheld",
            "unavailable",
            "not available",
            "blocked",
            "hidden",
            "no number",
            "no caller id",
            "null",
            "none",
            "скрыт",
            "скрытый",
            "скрытый номер",
            "номер скрыт",
            "номер не определен",
            "неизвестно",
            "неизвестный",
            "неизвестный номер",
            "аноним",
            "анонимный");

    /** {@return the text with ASCII digits, plain blanks and dashes, and without signs that nobody sees} */
    static String clean(String text) {
        if (isPlain(text)) {
            return text.strip();
        }
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder clean = new StringBuilder(normal.length());
        normal.codePoints().forEach(sign -> {
            int digit = Character.digit(sign, 10);
            int type = Character.getType(sign);
            if (digit >= 0) {
                clean.append((char) ('0' + digit));
            } else if (type == Character.DASH_PUNCTUATION || sign == 0x2212) {
                clean.append('-');
            } else if (sign == '\n' || sign == '\r' || type == Character.LINE_SEPARATOR) {
                clean.append('\n');
            } else if (type == Character.SPACE_SEPARATOR || sign == '\t') {
                clean.append(' ');
            } else if (type != Character.FORMAT && type != Character.CONTROL && type != Character.NON_SPACING_MARK) {
                clean.appendCodePoint(sign);
            }
        });
        return clean.toString().strip();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if ((sign < ' ' && sign != '\n') || sign > '~') {
                return false;
            }
        }
        return true;
    }

    /** {@return whether a cleaned text says that there is no number to be known} */
    static boolean isHidden(String clean) {
        String word = trim(clean, "<>\"'()[] ").toLowerCase(Locale.ROOT).replace('ё', 'е');
        return HIDDEN.contains(word) || word.chars().allMatch(sign -> sign == '0');
    }

    /** {@return a cleaned text taken apart} */
    static Spelling of(String clean) {
        Matcher named = NAMED.matcher(clean);
        String address = named.matches() ? named.group(1).strip() : clean;
        Matcher scheme = SCHEME.matcher(address);
        boolean hasScheme = scheme.find();
        if (hasScheme) {
            address = address.substring(scheme.end());
        }
        int at = address.indexOf('@');
        if (hasScheme || at >= 0) {
            return ofAddress(at >= 0 ? address.substring(0, at) : address);
        }
        return split(address, "", "");
    }

    private static Spelling ofAddress(String user) {
        String[] parts = decode(user).split("[;?]", 20);
        String extension = "";
        String context = "";
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip().toLowerCase(Locale.ROOT);
            if (part.startsWith("ext=")) {
                extension = part.substring(4).replaceAll("[^0-9*#]", "");
            } else if (part.startsWith("phone-context=+")) {
                context = part.substring(14).replaceAll("[^0-9+]", "");
            }
        }
        // what follows a colon in a SIP address is a password or a port
        return split(parts.length == 0 ? "" : parts[0].split(":", 2)[0], extension, context);
    }

    private static Spelling split(String text, String extension, String context) {
        String body = trim(text, " ,;.\n");
        if (extension.isEmpty()) {
            Matcher mark = EXTENSION.matcher(body);
            if (mark.find()) {
                extension = mark.group(1);
                body = trim(body.substring(0, mark.start()), " ,;.([\n");
            }
        }
        Matcher label = LABEL.matcher(body);
        return new Spelling(label.find() ? body.substring(label.end()) : body, extension, context);
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a percent sign that escapes nothing is a sign like any other
            return text;
        }
    }

    /** {@return a cleaned text in which every extension is written {@code #12} right behind its number} */
    static String joinExtensions(String clean) {
        return INNER_EXTENSION.matcher(clean).replaceAll("#$1");
    }

    private static String trim(String text, String signs) {
        int from = 0;
        int to = text.length();
        while (from < to && signs.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && signs.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }
}
