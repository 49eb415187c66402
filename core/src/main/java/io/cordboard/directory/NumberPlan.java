// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.cordboard.call.Extension;
import io.cordboard.call.PhoneNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads telephone numbers as people and machines write them. Immutable; safe for use by many threads.
 *
 * <p>A text is read by the first of these rules that fits:
 *
 * <ol>
 *   <li>A name and an address ({@code "Anna" <sip:101@host>}), {@code sip:}, {@code sips:} and {@code tel:} are
 *       unwrapped; an extension behind the number ({@code доб. 12}, {@code ext. 12}, {@code x12}, {@code #12},
 *       {@code ;ext=12}) is taken off and kept.
 *   <li>Nothing, only zeros, and the words with which exchanges say so ({@code anonymous}, {@code unknown} ...) are
 *       {@link Reading.Hidden}.
 *   <li>2 to 6 digits are {@link Reading.Internal} - emergency and service numbers too, for they mean something only on
 *       their own line - unless they are a valid whole number of the region, written with its national prefix where it
 *       has one.
 *   <li>A number with {@code +}: valid in its country; or else valid in the region without the {@code +}, which was
 *       written by mistake; or else of a length that its country has.
 *   <li>A number without {@code +}: valid behind the region's own country code, with 11 digits or more; or else valid
 *       in the region; or else, behind {@code 00}, as with {@code +}; or else of a length that the region has, if it
 *       begins with the national prefix, the international prefix or the region's own country code; or else
 *       <em>valid</em> in the country with whose code it begins, if it has 11 digits or more or a length that no number
 *       of the region has; or else of a length that the region has, unless it begins with the region's own country
 *       code.
 * </ol>
 *
 * <p>So new ranges that the metadata does not know yet are accepted where the text says in which country they are, and
 * a national number with a wrong digit stays in its country or is unreadable; it never becomes somebody abroad. Letters
 * that are no label or extension make a text unreadable.
 */
public final class NumberPlan {
    private static final int LONGEST_TEXT = 250;
    private static final int LONGEST_FIELD = 1000;
    private static final int MOST_PARTS = 40;
    private static final Pattern SHORT = Pattern.compile("[0-9*#]*[0-9][0-9*#]*");
    private static final Pattern BETWEEN = Pattern.compile(
            "[,;/|\\n]|(?<!\\p{L})(?:или|or)(?!\\p{L})|(?=[+])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern LETTERS = Pattern.compile("[\\p{L}:<>\"']+\\.?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final String region;
    private final NumberingRules rules;

    /**
     * Creates a plan.
     *
     * @param region the default region of national numbers, ISO 3166, such as {@code RU}
     * @throws IllegalArgumentException if there is no such region
     */
    public NumberPlan(String region) {
        this.region = region.toUpperCase(Locale.ROOT);
        this.rules = new NumberingRules(PhoneNumberUtil.getInstance());
        if (!rules.knows(this.region)) {
            throw new IllegalArgumentException(
                    "not a region: \"" + region + "\"; write an ISO 3166 code with two letters, such as RU");
        }
    }

    /**
     * {@return what a text of one number is, in the default region}
     *
     * @param text as a PBX or a person wrote it
     */
    public Reading read(String text) {
        return read(text, region);
    }

    /**
     * {@return what a text of one number is; a text with several numbers is unreadable}
     *
     * @param text as a PBX or a person wrote it
     * @param lineRegion the region of the line, ISO 3166; the default region is taken if there is no such region
     */
    public Reading read(String text, String lineRegion) {
        if (text.length() > LONGEST_TEXT) {
            return new Reading.Unreadable("The text is longer than 250 characters.");
        }
        return readClean(Spelling.clean(text), regionOf(lineRegion));
    }

    /**
     * {@return every number in a field that may hold several, each once; short numbers and text are left out}
     *
     * @param text the content of a CRM's phone field
     */
    public List<PhoneNumber> readAll(String text) {
        return readAll(text, region);
    }

    /**
     * {@return every number in a field that may hold several, each once; short numbers and text are left out}
     *
     * @param text the content of a CRM's phone field; nothing is read from more than 1,000 characters
     * @param accountRegion the region of the account, ISO 3166; the default region is taken if there is no such region
     */
    public List<PhoneNumber> readAll(String text, String accountRegion) {
        if (text.length() > LONGEST_FIELD) {
            return List.of();
        }
        String clean = Spelling.clean(text);
        String in = regionOf(accountRegion);
        if (readClean(clean, in) instanceof Reading.Phone phone) {
            return List.of(phone.number());
        }
        Set<PhoneNumber> numbers = new LinkedHashSet<>();
        for (String part : BETWEEN.split(Spelling.joinExtensions(clean), -1)) {
            readPart(part, in, numbers);
        }
        return List.copyOf(numbers);
    }

    /**
     * {@return a number as the engine reads it best: with a plus, where a PBX that writes numbers in international form
     * left it out; empty when it is hidden; anything else as it is}
     *
     * @param text such as {@code 442037691880}, {@code +442037691880} or {@code 0}
     */
    public String withPlus(String text) {
        String number = text.strip();
        if (number.matches("0*")) {
            return "";
        }
        // A short number may be one of the region all the same.
        boolean international = number.matches("[1-9][0-9]{7,14}")
                && (number.length() > 10 || !(read(number) instanceof Reading.Phone));
        return international && read("+" + number) instanceof Reading.Phone ? "+" + number : number;
    }

    private void readPart(String part, String in, Set<PhoneNumber> numbers) {
        for (String piece : LETTERS.split(part, -1)) {
            if (readClean(piece.strip(), in) instanceof Reading.Phone phone) {
                numbers.add(phone.number());
            } else {
                numbers.addAll(readBlanks(piece.strip(), in));
            }
        }
    }

    /** Several numbers with nothing but blanks between them: the first way of cutting them that leaves no rest. */
    private List<PhoneNumber> readBlanks(String piece, String in) {
        String[] words = BLANKS.split(piece, -1);
        if (words.length < 2 || words.length > MOST_PARTS) {
            return List.of();
        }
        // best[i] holds the numbers that the words from i on make up; the last entry is the end of the text
        List<List<PhoneNumber>> best = new ArrayList<>();
        for (int i = 0; i <= words.length; i++) {
            best.add(List.of());
        }
        for (int from = words.length - 1; from >= 0; from--) {
            for (int to = from + 1; to <= words.length && best.get(from).isEmpty(); to++) {
                if (to < words.length && best.get(to).isEmpty()) {
                    continue;
                }
                String joined = String.join(" ", List.of(words).subList(from, to));
                if (mayBeNumber(joined) && readClean(joined, in) instanceof Reading.Phone phone) {
                    List<PhoneNumber> numbers = new ArrayList<>(List.of(phone.number()));
                    numbers.addAll(best.get(to));
                    best.set(from, numbers);
                }
            }
        }
        return best.get(0);
    }

    private static boolean mayBeNumber(String text) {
        long digits = text.chars().filter(sign -> sign >= '0' && sign <= '9').count();
        return text.length() <= 30 && digits >= 7 && digits <= 20;
    }

    private String regionOf(String wanted) {
        if (rules.knows(wanted)) {
            return wanted;
        }
        String upper = wanted.toUpperCase(Locale.ROOT);
        return rules.knows(upper) ? upper : region;
    }

    private Reading readClean(String clean, String in) {
        // some signs become many when they are normalised, so the length is looked at once more
        if (clean.length() > LONGEST_TEXT) {
            return new Reading.Unreadable("The text is longer than 250 characters.");
        }
        if (Spelling.isHidden(clean)) {
            return new Reading.Hidden();
        }
        if (clean.length() <= 6 && SHORT.matcher(clean).matches()) {
            return readShort(clean, in);
        }
        Spelling spelling = Spelling.of(clean);
        if (spelling.extension().isEmpty()) {
            return readBody(spelling, in);
        }
        if (spelling.extension().length() > 11) {
            return new Reading.Unreadable("The extension has more than 11 digits.");
        }
        if (spelling.body().isEmpty()) {
            return new Reading.Internal(new Extension(spelling.extension()));
        }
        return readBody(spelling, in) instanceof Reading.Phone phone
                ? new Reading.Phone(new PhoneNumber(phone.number().e164(), spelling.extension()))
                : new Reading.Unreadable("There is an extension, but no whole number before it.");
    }

    private Reading readBody(Spelling spelling, String in) {
        if (Spelling.isHidden(spelling.body())) {
            return new Reading.Hidden();
        }
        boolean international = false;
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < spelling.body().length(); i++) {
            char sign = spelling.body().charAt(i);
            if (sign >= '0' && sign <= '9') {
                digits.append(sign);
            } else if (sign == '+' && digits.isEmpty()) {
                international = true;
            } else if (Character.isLetter(sign)) {
                return new Reading.Unreadable("There are letters where a number was expected.");
            } else if (sign == '+' || ",;|".indexOf(sign) >= 0) {
                return new Reading.Unreadable("There is more than one number.");
            } else if (" -.()[]/~_'\n".indexOf(sign) < 0) {
                return new Reading.Unreadable("There are signs that no number has.");
            }
        }
        return readDigits(digits.toString(), international, spelling.context(), in);
    }

    private Reading readDigits(String digits, boolean international, String context, String in) {
        if (!context.isEmpty() && !international && rules.international(context.substring(1) + digits, in) != null) {
            return phone(rules.international(context.substring(1) + digits, in));
        }
        if (!international && digits.length() <= 6) {
            return readShort(digits, in);
        }
        if (digits.length() > 20) {
            return new Reading.Unreadable("There are more digits than a number has.");
        }
        return phone(international ? rules.international(digits, in) : rules.national(digits, in));
    }

    private Reading readShort(String digits, String in) {
        if (digits.length() < 2) {
            return new Reading.Unreadable("One digit is no number.");
        }
        PhoneNumber whole = rules.shortest(digits, in);
        return whole == null ? new Reading.Internal(new Extension(digits)) : new Reading.Phone(whole);
    }

    private static Reading phone(@Nullable PhoneNumber number) {
        return number == null
                ? new Reading.Unreadable("No country has a number like this.")
                : new Reading.Phone(number);
    }
}
