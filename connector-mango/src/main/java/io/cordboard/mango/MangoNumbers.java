// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.directory.NumberPlan;
import java.util.regex.Pattern;

/** Reads the numbers in events: mostly without a plus, sometimes as {@code sip:} addresses. Immutable. */
final class MangoNumbers {
    private static final Pattern OUTSIDE = Pattern.compile("\\+?[0-9]{7,15}");

    private final NumberPlan plan;

    MangoNumbers(String region) {
        this.plan = new NumberPlan(region);
    }

    String read(String text) {
        return plan.withPlus(text);
    }

    static boolean isOutside(String number) {
        return OUTSIDE.matcher(number).matches();
    }

    static String digits(String number) {
        StringBuilder digits = new StringBuilder();
        number.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }
}
