// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts, sums and extremes, of everything or by groups. */
final class Aggregates {
    private final Org org;
    private final Soql soql;

    Aggregates(Org org, Soql soql) {
        this.org = org;
        this.soql = soql;
    }

    String result(List<Row> rows) {
        Map<List<String>, List<Row>> groups = new LinkedHashMap<>();
        if (soql.groups().isEmpty()) {
            groups.put(List.of(), rows);
        }
        for (Row row : soql.groups().isEmpty() ? List.<Row>of() : rows) {
            List<String> key = soql.groups().stream()
                    .map(path -> Objects.requireNonNullElse(path.value(org, row), ""))
                    .toList();
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        Out records = new Out();
        groups.values().forEach(group -> write(records, group));
        return Queries.result(true, null, records.toString(), groups.size());
    }

    private void write(Out out, List<Row> group) {
        out.open("records", "sf:sObject").leaf("sf:type", "AggregateResult").nil("sf:Id");
        for (Soql.Column column : soql.columns()) {
            if (column instanceof Soql.Value value) {
                String text = group.isEmpty() ? null : value.path().value(org, group.get(0));
                typed(out, value.path().field().name(), value.path().field(), text);
            } else if (column instanceof Soql.Aggregate aggregate) {
                aggregate(out, aggregate, group);
            }
        }
        out.close("records");
    }

    private void aggregate(Out out, Soql.Aggregate aggregate, List<Row> group) {
        Path path = Objects.requireNonNull(aggregate.path());
        FieldType field = path.field();
        List<String> values = group.stream()
                .map(row -> path.value(org, row))
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
        values.sort((a, b) -> Comparison.compare(field.kind(), a, b));
        String name = "sf:" + aggregate.alias();
        switch (aggregate.function()) {
            case "COUNT" -> out.typed(name, "xsd:int", values.size());
            case "COUNT_DISTINCT" ->
                out.typed(name, "xsd:int", values.stream().distinct().count());
            case "MIN" -> typed(out, aggregate.alias(), field, values.isEmpty() ? null : values.get(0));
            case "MAX" -> typed(out, aggregate.alias(), field, values.isEmpty() ? null : values.get(values.size() - 1));
            default -> {
                BigDecimal sum = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
                boolean average = aggregate.function().equals("AVG") && !values.isEmpty();
                out.typed(name, "xsd:double", average ? sum.doubleValue() / values.size() : sum.doubleValue());
            }
        }
    }

    private static void typed(Out out, String name, FieldType field, @Nullable String value) {
        if (value == null) {
            out.nil("sf:" + name);
        } else {
            String type = field.kind().id() ? "xsd:string" : field.kind().soap;
            out.typed("sf:" + name, type, value);
        }
    }
}
