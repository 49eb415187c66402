// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.regex.Pattern;

/** Record ids: 15 characters that tell capital letters from small ones, or 18 that need not. */
final class Ids {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?");
    private static final int SHORT = 15;

    private Ids() {}

    /** The 15 characters of the record with this number. */
    static String of(String prefix, long number) {
        char[] text = "000000000000".toCharArray();
        long rest = number;
        for (int i = text.length - 1; rest > 0; i--) {
            text[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return prefix + new String(text);
    }

    /** The id with the three letters that say which of its letters are capital. */
    static String full(String id) {
        if (id.length() != SHORT) {
            return id;
        }
        StringBuilder text = new StringBuilder(id);
        for (int part = 0; part < 3; part++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = id.charAt(part * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            text.append(SUFFIX.charAt(bits));
        }
        return text.toString();
    }

    /** The 15 characters that count. */
    static String key(String id) {
        return id.length() > SHORT ? id.substring(0, SHORT) : id;
    }

    /** Whether it looks like an id; only the first 15 characters say of what. */
    static boolean valid(String id) {
        return SHAPE.matcher(id).matches();
    }

    static String prefix(String id) {
        return id.substring(0, Math.min(3, id.length()));
    }
}
