// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object of the organisation, such as Contact. Guarded by the sandbox's lock. */
final class ObjectType {
    private final String name;
    private final String prefix;
    private final Set<String> flags;
    private final Map<String, FieldType> fields = new LinkedHashMap<>();
    private final Map<String, FieldType> relationships = new LinkedHashMap<>();

    ObjectType(String name, String prefix, Set<String> flags) {
        this.name = name;
        this.prefix = prefix;
        this.flags = Set.copyOf(flags);
    }

    void add(FieldType field) {
        fields.put(field.name().toLowerCase(Locale.ROOT), field);
        if (!field.relationship().isEmpty()) {
            relationships.put(field.relationship().toLowerCase(Locale.ROOT), field);
        }
    }

    void remove(String field) {
        fields.remove(field.toLowerCase(Locale.ROOT));
    }

    String name() {
        return name;
    }

    String prefix() {
        return prefix;
    }

    boolean is(String flag) {
        return flags.contains(flag);
    }

    Optional<FieldType> field(String field) {
        return Optional.ofNullable(fields.get(field.toLowerCase(Locale.ROOT)));
    }

    /** The reference behind a name such as {@code Account} or {@code Owner}. */
    Optional<FieldType> relationship(String relationship) {
        return Optional.ofNullable(relationships.get(relationship.toLowerCase(Locale.ROOT)));
    }

    Collection<FieldType> fields() {
        return fields.values();
    }
}
