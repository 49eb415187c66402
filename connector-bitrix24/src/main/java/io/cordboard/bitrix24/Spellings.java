// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.PhoneNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ways in which people write a number: the portal compares whole texts, so that each has to be asked for. At most
 * twenty, because the portal takes no more.
 */
final class Spellings {
    private static final int MOST = 20;
    private static final List<String> BEST_FIRST = List.of("CONTACT", "COMPANY", "LEAD");

    private Spellings() {}

    static List<String> of(PhoneNumber number) {
        String digits = number.digits();
        Set<String> texts = new LinkedHashSet<>(List.of(number.e164(), digits, "00" + digits));
        if (digits.startsWith("7") && digits.length() == 11) {
            String area = digits.substring(1, 4);
            String first = digits.substring(4, 7);
            String pair = digits.substring(7, 9);
            String last = digits.substring(9);
            texts.add("8" + digits.substring(1));
            texts.add(digits.substring(1));
            for (String country : List.of("+7", "8")) {
                texts.add(country + "(" + area + ")" + first + pair + last);
                texts.add(country + " (" + area + ") " + first + "-" + pair + "-" + last);
                texts.add(country + "(" + area + ")" + first + "-" + pair + "-" + last);
                texts.add(country + " " + area + " " + first + "-" + pair + "-" + last);
                texts.add(country + " " + area + " " + first + " " + pair + " " + last);
                texts.add(country + "-" + area + "-" + first + "-" + pair + "-" + last);
            }
        }
        return texts.stream().limit(MOST).toList();
    }

    static Command findByPhone(PhoneNumber number) {
        return new Command("crm.duplicate.findbycomm", Map.of("type", "PHONE", "values", of(number)));
    }

    /** {@return who was found, contacts first; the portal answers an array instead of an object when nobody was} */
    static List<Owner> owners(JsonNode found) {
        List<Owner> owners = new ArrayList<>();
        for (String type : BEST_FIRST) {
            found.path(type).forEach(id -> Owner.of(type, id.asText()).ifPresent(owners::add));
        }
        return owners;
    }
}
