// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The objects and fields of the organisation, read from {@code schema.txt}. Guarded by the sandbox's lock. */
final class Schema {
    private final Map<String, ObjectType> objects = new LinkedHashMap<>();
    private final Map<String, ObjectType> byPrefix = new LinkedHashMap<>();

    Schema() {
        List<String> common = new ArrayList<>();
        ObjectType current = null;
        for (String line : lines()) {
            if (line.startsWith("object ")) {
                current = begin(line.split(" +", -1), common);
            } else if (current == null) {
                common.add(line);
            } else {
                current.add(FieldType.read(line));
            }
        }
    }

    private ObjectType begin(String[] words, List<String> common) {
        Set<String> flags = Set.copyOf(List.of(words).subList(3, words.length));
        ObjectType object = new ObjectType(words[1], words[2], flags);
        common.forEach(field -> object.add(FieldType.read(field)));
        objects.put(words[1].toLowerCase(Locale.ROOT), object);
        byPrefix.put(words[2], object);
        return object;
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream("schema.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("schema.txt cannot be read", e);
        }
    }

    Optional<ObjectType> find(String name) {
        return Optional.ofNullable(objects.get(name.toLowerCase(Locale.ROOT)));
    }

    ObjectType object(String name) {
        return find(name).orElseThrow(() -> SoapFault.object(name));
    }

    /** The object that an id belongs to. */
    Optional<ObjectType> ofId(String id) {
        return Optional.ofNullable(byPrefix.get(Ids.prefix(id)));
    }

    /** The reference by which the children of a name, such as {@code Contacts}, point at their parent. */
    Optional<Child> children(ObjectType parent, String relationship) {
        for (ObjectType object : objects.values()) {
            for (FieldType field : object.fields()) {
                if (field.children().equalsIgnoreCase(relationship)
                        && field.targets().contains(parent.name())) {
                    return Optional.of(new Child(object, field));
                }
            }
        }
        return Optional.empty();
    }

    Collection<ObjectType> objects() {
        return objects.values();
    }

    /** An object whose records point at a parent. */
    record Child(ObjectType object, FieldType reference) {}
}
