// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A field of an object.
 *
 * @param name its API name
 * @param kind what it holds
 * @param length how many characters at most; 0 where that is not asked
 * @param flags required, readonly, createonly, external, unique, restricted, auto, casesensitive
 * @param targets the objects that a reference may point at
 * @param relationship the name by which a query goes to the parent, or empty
 * @param children the name by which a query comes back from the parent, or empty
 * @param values what a picklist offers; none when everything is allowed
 * @param initial what a new record has, or empty
 */
record FieldType(
        String name,
        Kind kind,
        int length,
        Set<String> flags,
        List<String> targets,
        String relationship,
        String children,
        List<String> values,
        String initial) {
    private static final int FILTERABLE = 255;

    FieldType {
        flags = Set.copyOf(flags);
        targets = List.copyOf(targets);
        values = List.copyOf(values);
    }

    /** Reads {@code Phone; phone 40; required}. */
    static FieldType read(String line) {
        String[] parts = Arrays.stream(line.split(";", -1)).map(String::strip).toArray(String[]::new);
        String[] type = parts[1].split(" ", -1);
        Set<String> flags = new TreeSet<>();
        List<String> targets = List.of();
        List<String> values = List.of();
        String relationship = "";
        String children = "";
        String initial = "";
        for (int i = 2; i < parts.length; i++) {
            String key = parts[i].split(" ", 2)[0];
            String rest = parts[i].substring(key.length()).strip();
            switch (key) {
                case "to" -> targets = List.of(rest.split("\\|", -1));
                case "as" -> relationship = rest;
                case "children" -> children = rest;
                case "values" -> values = List.of(rest.split("\\|", -1));
                case "default" -> initial = rest;
                default -> flags.add(key);
            }
        }
        Kind kind = Kind.valueOf(type[0].toUpperCase(Locale.ROOT));
        int length = type.length > 1 ? Integer.parseInt(type[1]) : kind.length;
        return new FieldType(parts[0], kind, length, flags, targets, relationship, children, values, initial);
    }

    boolean is(String flag) {
        return flags.contains(flag);
    }

    boolean custom() {
        return name.endsWith("__c");
    }

    boolean createable() {
        return !is("readonly") && kind != Kind.ID;
    }

    boolean updateable() {
        return createable() && !is("createonly");
    }

    boolean polymorphic() {
        return targets.size() > 1;
    }

    boolean filterable() {
        return kind != Kind.BASE64 && !(kind == Kind.TEXTAREA && length > FILTERABLE);
    }

    boolean phone() {
        return kind == Kind.PHONE;
    }

    /** What a field holds, and how {@code describeSObject} calls it. */
    enum Kind {
        STRING("string", "xsd:string", 255),
        TEXTAREA("textarea", "xsd:string", 32_000),
        PHONE("phone", "xsd:string", 40),
        EMAIL("email", "xsd:string", 80),
        URL("url", "xsd:string", 255),
        PICKLIST("picklist", "xsd:string", 255),
        COMBOBOX("combobox", "xsd:string", 255),
        REFERENCE("reference", "tns:ID", 18),
        ID("id", "tns:ID", 18),
        BOOLEAN("boolean", "xsd:boolean", 0),
        INT("int", "xsd:int", 0),
        DOUBLE("double", "xsd:double", 0),
        DATE("date", "xsd:date", 0),
        DATETIME("datetime", "xsd:dateTime", 0),
        BASE64("base64", "xsd:base64Binary", 0);

        final String described;
        final String soap;
        final int length;

        Kind(String described, String soap, int length) {
            this.described = described;
            this.soap = soap;
            this.length = length;
        }

        boolean textual() {
            return soap.equals("xsd:string");
        }

        boolean numeric() {
            return this == INT || this == DOUBLE;
        }

        boolean id() {
            return this == ID || this == REFERENCE;
        }
    }
}
