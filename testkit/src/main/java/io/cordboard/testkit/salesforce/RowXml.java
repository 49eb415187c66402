// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as the server does: the object's name first, then the id (nil when nobody asked for it), then the
 * columns in their order, the id among them a second time.
 */
final class RowXml {
    private final Org org;
    private final Node root = new Node(null, false);

    RowXml(Org org, List<Soql.Column> columns) {
        this.org = org;
        for (Soql.Column column : columns) {
            if (column instanceof Soql.Value value) {
                add(value.path());
            } else if (column instanceof Soql.Children children) {
                root.children.put(children.name(), children);
            }
        }
    }

    private void add(Path path) {
        Node node = root;
        for (FieldType step : path.steps()) {
            node = (Node)
                    node.children.computeIfAbsent(step.relationship(), name -> new Node(step, step.polymorphic()));
        }
        node.children.put(path.field().name(), path.field());
    }

    void write(Out out, String name, Row row) {
        write(out, name, row, root);
    }

    private void write(Out out, String name, Row row, Node node) {
        out.open(name, "sf:sObject")
                .leaf("sf:type", node.anybody ? "Name" : row.type().name());
        out.leaf("sf:Id", node.children.containsKey("Id") ? row.id() : null);
        node.children.forEach((child, what) -> {
            if (what instanceof FieldType field) {
                out.leaf("sf:" + child, value(row, field, node.anybody));
            } else if (what instanceof Node parent && parent.reference != null) {
                Optional<Row> found = org.alive(row.text(parent.reference.name()));
                if (found.isPresent()) {
                    write(out, "sf:" + child, found.get(), parent);
                } else {
                    out.nil("sf:" + child);
                }
            } else if (what instanceof Soql.Children children) {
                children(out, "sf:" + child, row, children);
            }
        });
        out.close(name);
    }

    private static @Nullable String value(Row row, FieldType field, boolean anybody) {
        if (anybody && field.name().equals("Type")) {
            return row.type().name().equals("Group")
                    ? row.get("Type")
                    : row.type().name();
        }
        return row.get(field.name());
    }

    private void children(Out out, String name, Row parent, Soql.Children children) {
        Soql inner = children.query();
        String reference = children.reference().name();
        Soql own = new Soql(
                inner.from(),
                inner.columns(),
                row -> Ids.key(row.text(reference)).equals(parent.key())
                        && inner.where().test(row),
                inner.ids(),
                List.of(),
                inner.orders(),
                inner.limit(),
                inner.offset());
        List<Row> rows = new Queries(org).rows(own, false);
        if (rows.isEmpty()) {
            out.nil(name);
            return;
        }
        RowXml xml = new RowXml(org, inner.columns());
        out.open(name, "QueryResult").leaf("done", true).nil("queryLocator");
        rows.forEach(row -> xml.write(out, "records", row));
        out.leaf("size", rows.size()).close(name);
    }

    /** What is wanted of a record or of a parent, by its name. */
    private static final class Node {
        private final @Nullable FieldType reference;
        private final boolean anybody;
        private final Map<String, Object> children = new LinkedHashMap<>();

        Node(@Nullable FieldType reference, boolean anybody) {
            this.reference = reference;
            this.anybody = anybody;
        }
    }
}
