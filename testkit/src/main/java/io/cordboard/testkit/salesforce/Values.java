// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** What a field makes of the text that somebody sends: the form in which it is kept, or the reason why not. */
final class Values {
    private Values() {}

    static String normal(FieldType field, String text, boolean truncate) {
        if (text.isEmpty()) {
            return "";
        }
        return switch (field.kind()) {
            case BOOLEAN -> bool(field, text.strip());
            case INT -> whole(field, text.strip());
            case DOUBLE -> number(field, text.strip());
            case DATE -> date(field, text.strip());
            case DATETIME -> time(field, text.strip());
            case ID, REFERENCE -> id(field, text.strip());
            case BASE64 -> bytes(field, text);
            default -> text(field, text, truncate);
        };
    }

    private static String text(FieldType field, String text, boolean truncate) {
        boolean odd = field.is("restricted") && field.values().stream().noneMatch(text::equalsIgnoreCase);
        if (odd) {
            throw RecordError.of(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    field.name() + ": bad value for restricted picklist field: " + text,
                    field.name());
        }
        if (field.length() == 0 || text.length() <= field.length()) {
            return text;
        }
        if (truncate) {
            return text.substring(0, field.length());
        }
        throw RecordError.of(
                "STRING_TOO_LONG",
                field.name() + ": data value too large: " + text + " (max length=" + field.length() + ")",
                field.name());
    }

    private static String bool(FieldType field, String text) {
        return switch (text) {
            case "true", "1" -> "true";
            case "false", "0" -> "false";
            default -> throw wrong(field, text);
        };
    }

    private static String whole(FieldType field, String text) {
        try {
            String number = Long.toString(Long.parseLong(text));
            if (field.length() > 0 && number.length() > field.length()) {
                throw RecordError.of(
                        "NUMBER_OUTSIDE_VALID_RANGE",
                        field.name() + ": value outside of valid range on numeric field: " + text,
                        field.name());
            }
            return number;
        } catch (NumberFormatException e) {
            throw wrong(field, text);
        }
    }

    private static String number(FieldType field, String text) {
        try {
            return new BigDecimal(text).toPlainString();
        } catch (NumberFormatException e) {
            throw wrong(field, text);
        }
    }

    /** A date; of a whole time, the day that it is in UTC, whatever the sender meant. */
    private static String date(FieldType field, String text) {
        try {
            return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text)
                    .toString();
        } catch (DateTimeParseException e) {
            throw wrong(field, text);
        }
    }

    private static String time(FieldType field, String text) {
        try {
            return Org.stamp(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeParseException e) {
            throw wrong(field, text);
        }
    }

    private static String id(FieldType field, String text) {
        if (!Ids.valid(text)) {
            throw RecordError.of("MALFORMED_ID", field.name() + ": id value of incorrect type: " + text, field.name());
        }
        return Ids.full(Ids.key(text));
    }

    private static String bytes(FieldType field, String text) {
        try {
            Base64.getMimeDecoder().decode(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw wrong(field, "(binary)");
        }
    }

    private static RecordError wrong(FieldType field, String text) {
        return RecordError.of(
                "INVALID_TYPE_ON_FIELD_IN_RECORD",
                field.name() + ": value not of required type: " + text,
                field.name());
    }
}
