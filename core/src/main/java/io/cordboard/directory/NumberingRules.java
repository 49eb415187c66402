// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber.CountryCodeSource;
import io.cordboard.call.PhoneNumber;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which country digits belong to; the rules stand at {@link NumberPlan}. Immutable; safe for use by many threads. */
final class NumberingRules {
    /** From this length on, digits without {@code +} are rather a whole international number than a mistyped one. */
    private static final int CLEARLY_INTERNATIONAL = 11;

    private static final String NOWHERE = "ZZ";

    private final PhoneNumberUtil util;
    private final Set<String> regions;

    NumberingRules(PhoneNumberUtil util) {
        this.util = util;
        this.regions = util.getSupportedRegions();
    }

    boolean knows(String region) {
        return regions.contains(region);
    }

    /** {@return the number that was written with {@code +}, or null} */
    @Nullable
    PhoneNumber international(String digits, String region) {
        var abroad = parse("+" + digits, NOWHERE);
        if (isValid(abroad)) {
            return number(abroad);
        }
        var home = parse(digits, region);
        if (isValid(home)) {
            return number(home);
        }
        return isPossible(abroad) ? number(abroad) : null;
    }

    /** {@return the number that was written without {@code +}, or null} */
    @Nullable
    PhoneNumber national(String digits, String region) {
        String code = String.valueOf(util.getCountryCodeForRegion(region));
        if (isLong(digits) && digits.startsWith(code)) {
            // where lengths vary, as in Germany, an area code may look like the country code
            var own = parse("+" + digits, NOWHERE);
            if (isValid(own)) {
                return number(own);
            }
        }
        var home = parse(digits, region);
        if (isValid(home)) {
            return number(home);
        }
        if (digits.startsWith("00")) {
            return international(digits.substring(2), region);
        }
        boolean possible = isPossible(home);
        if (possible && saysItsCountry(home, digits, region)) {
            return number(home);
        }
        if (!possible || isLong(digits)) {
            var abroad = parse("+" + digits, NOWHERE);
            if (isValid(abroad)) {
                return number(abroad);
            }
        }
        boolean looksCutOff = digits.startsWith(code);
        return possible && !looksCutOff ? number(home) : null;
    }

    private static boolean isLong(String digits) {
        return digits.length() >= CLEARLY_INTERNATIONAL;
    }

    /** {@return the whole number that 2 to 6 digits are, or null when they are a short number} */
    @Nullable
    PhoneNumber shortest(String digits, String region) {
        String prefix = util.getNddPrefixForRegion(region, true);
        if (prefix != null && !digits.startsWith(prefix)) {
            return null;
        }
        var home = parse(digits, region);
        return isValid(home) ? number(home) : null;
    }

    private boolean saysItsCountry(Phonenumber.@Nullable PhoneNumber home, String digits, String region) {
        if (home == null) {
            return false;
        }
        String prefix = util.getNddPrefixForRegion(region, true);
        return home.getCountryCodeSource() != CountryCodeSource.FROM_DEFAULT_COUNTRY
                || (prefix != null && digits.startsWith(prefix));
    }

    private Phonenumber.@Nullable PhoneNumber parse(String text, String region) {
        try {
            return util.parseAndKeepRawInput(text, region);
        } catch (NumberParseException e) {
            // what is no number anywhere is an answer, not an error
            return null;
        }
    }

    private boolean isValid(Phonenumber.@Nullable PhoneNumber number) {
        return number != null && util.isValidNumber(number);
    }

    private boolean isPossible(Phonenumber.@Nullable PhoneNumber number) {
        return number != null && util.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    }

    private @Nullable PhoneNumber number(Phonenumber.@Nullable PhoneNumber number) {
        if (number == null) {
            return null;
        }
        String e164 = util.format(number, PhoneNumberFormat.E164);
        // a few countries have numbers longer than E.164 allows
        return e164.length() <= 16 ? PhoneNumber.of(e164) : null;
    }
}
