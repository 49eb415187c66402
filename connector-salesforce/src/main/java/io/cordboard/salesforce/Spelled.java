// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to search for when somebody's number is wanted. How the vendor's search cuts a number into words is not
 * documented, so that it is asked for as one word and as the words into which people part it.
 */
final class Spelled {
    private static final int NATIONAL = 10;

    private Spelled() {}

    /** {@return the terms, to be joined by OR} */
    static String terms(PhoneNumber number) {
        String digits = number.digits();
        Set<String> terms = new LinkedHashSet<>(List.of(digits));
        if (digits.length() > NATIONAL) {
            String national = digits.substring(digits.length() - NATIONAL);
            terms.add(national);
            if (digits.startsWith("7")) {
                terms.add("8" + national);
            }
            String area = national.substring(0, 3);
            String first = national.substring(3, 6);
            terms.add(phrase(area, first, national.substring(6, 8), national.substring(8)));
            terms.add(phrase(area, first, national.substring(6)));
            terms.add(phrase(area, national.substring(3)));
        }
        // Countries whose codes have two or three digits, with and without the zero of a long-distance call.
        for (int code = 2;
                code <= 3 && digits.length() - code >= 7 && !digits.startsWith("7") && !digits.startsWith("1");
                code++) {
            terms.add(digits.substring(code));
            terms.add("0" + digits.substring(code));
        }
        return String.join(" OR ", terms);
    }

    private static String phrase(String... words) {
        return "\"" + String.join(" ", words) + "\"";
    }

    /** {@return the texts in which this program and well-kept organisations write a number} */
    static List<String> exact(PhoneNumber number) {
        String digits = number.digits();
        Set<String> texts = new LinkedHashSet<>(List.of(number.e164(), digits));
        if (digits.startsWith("7") && digits.length() == 11) {
            texts.add("8" + digits.substring(1));
        }
        if (digits.startsWith("1") && digits.length() == 11) {
            texts.add("(" + digits.substring(1, 4) + ") " + digits.substring(4, 7) + "-" + digits.substring(7));
        }
        return List.copyOf(texts);
    }
}
