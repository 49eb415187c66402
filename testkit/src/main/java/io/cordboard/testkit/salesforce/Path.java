// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from a record to a field, maybe over parents: {@code Account.Owner.Name}.
 *
 * @param steps the references that are followed
 * @param field what stands at the end
 */
record Path(List<FieldType> steps, FieldType field) {
    Path {
        steps = List.copyOf(steps);
    }

    static Path resolve(Schema schema, ObjectType from, SoqlText text, SoqlText.Token token) {
        String[] names = token.text().split("\\.", -1);
        List<FieldType> steps = new ArrayList<>();
        ObjectType type = from;
        int first = names.length > 1 && names[0].equalsIgnoreCase(from.name()) ? 1 : 0;
        for (int i = first; i < names.length - 1; i++) {
            String name = names[i];
            FieldType step = type.relationship(name)
                    .orElseThrow(() ->
                            text.field(token.column(), "Didn't understand relationship '" + name + "' in field path."));
            steps.add(step);
            type = parent(schema, step);
        }
        String name = names[names.length - 1];
        ObjectType owner = type;
        FieldType field = type.field(name)
                .filter(found -> !found.is("writeonly"))
                .orElseThrow(() -> text.field(
                        token.column(),
                        "No such column '" + name + "' on entity '" + owner.name()
                                + "'. If you are attempting to use a custom field, be sure to append the '__c' after"
                                + " the custom field name. Please reference your WSDL or the describe call for the"
                                + " appropriate names."));
        return new Path(steps, field);
    }

    /** What a query sees behind a reference: the one object, or what all people, queues and records have in common. */
    static ObjectType parent(Schema schema, FieldType reference) {
        return schema.object(
                reference.polymorphic() ? "Name" : reference.targets().get(0));
    }

    @Nullable
    String value(Org org, Row row) {
        Row current = row;
        for (FieldType step : steps) {
            Optional<Row> next = org.alive(current.text(step.name()));
            if (next.isEmpty()) {
                return null;
            }
            current = next.get();
        }
        boolean kind = !steps.isEmpty()
                && steps.get(steps.size() - 1).polymorphic()
                && field.name().equals("Type");
        if (kind) {
            return current.type().name().equals("Group")
                    ? current.text("Type")
                    : current.type().name();
        }
        return current.get(field.name());
    }
}
