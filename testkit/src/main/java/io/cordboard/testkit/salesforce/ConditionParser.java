// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.salesforce.FieldType.Kind;
import io.cordboard.testkit.salesforce.SoqlText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind WHERE, and holds a field to be of the type that its value is. */
final class ConditionParser {
    private final Org org;
    private final SoqlText text;
    private final ObjectType from;
    private final Supplier<List<String>> inner;

    ConditionParser(Org org, SoqlText text, ObjectType from, Supplier<List<String>> inner) {
        this.org = org;
        this.text = text;
        this.from = from;
        this.inner = inner;
    }

    Condition or() {
        Condition first = and();
        if (!text.peek().is("OR")) {
            return first;
        }
        List<Predicate<Row>> parts = new ArrayList<>(List.of(first.test()));
        while (text.skip("OR")) {
            parts.add(and().test());
        }
        if (text.peek().is("AND")) {
            throw text.unexpected(text.peek()); // a mixture wants parentheses
        }
        return new Condition(row -> parts.stream().anyMatch(part -> part.test(row)), null);
    }

    private Condition and() {
        Condition first = not();
        if (!text.peek().is("AND")) {
            return first;
        }
        List<Predicate<Row>> parts = new ArrayList<>(List.of(first.test()));
        List<String> ids = first.ids();
        while (text.skip("AND")) {
            Condition next = not();
            parts.add(next.test());
            ids = ids == null ? next.ids() : ids;
        }
        if (text.peek().is("OR")) {
            throw text.unexpected(text.peek()); // a mixture wants parentheses
        }
        return new Condition(row -> parts.stream().allMatch(part -> part.test(row)), ids);
    }

    private Condition not() {
        if (text.skip("NOT")) {
            Predicate<Row> part = not().test();
            return new Condition(part.negate(), null);
        }
        if (text.skip("(")) {
            Condition inside = or();
            text.expect(")");
            return inside;
        }
        return leaf();
    }

    private Condition leaf() {
        Token word = text.expectWord();
        Path path = Path.resolve(org.schema(), from, text, word);
        if (!path.field().filterable()) {
            throw text.field(word.column(), "field '" + word.text() + "' can not be filtered in a query call");
        }
        Token operator = text.next();
        boolean negative = operator.is("NOT");
        if (negative) {
            operator = text.next();
            if (!operator.is("IN")) {
                throw text.unexpected(operator);
            }
        }
        if (operator.is("IN")) {
            return in(path, word, negative);
        }
        Literal literal = literal(path, word, text.next());
        Predicate<@Nullable String> test = Comparison.of(path.field(), operator, literal, text);
        boolean byId =
                operator.is("=") && path.steps().isEmpty() && path.field().kind() == Kind.ID;
        return new Condition(row -> test.test(path.value(org, row)), byId ? List.of(Ids.key(literal.from())) : null);
    }

    private Condition in(Path path, Token word, boolean negative) {
        text.expect("(");
        Kind kind = path.field().kind();
        List<String> keys = new ArrayList<>();
        if (text.peek().is("SELECT")) {
            inner.get().forEach(value -> keys.add(Comparison.key(kind, value)));
        } else {
            do {
                keys.add(Comparison.key(kind, literal(path, word, text.next()).from()));
            } while (text.skip(","));
        }
        text.expect(")");
        Set<String> wanted = Set.copyOf(keys);
        Predicate<Row> test = row -> {
            String value = path.value(org, row);
            return value == null ? wanted.contains("") : wanted.contains(Comparison.key(kind, value));
        };
        boolean byId = !negative && path.steps().isEmpty() && kind == Kind.ID;
        return new Condition(negative ? test.negate() : test, byId ? List.copyOf(wanted) : null);
    }

    private Literal literal(Path path, Token word, Token token) {
        Literal literal = Literal.read(token, org.now())
                .orElseThrow(() -> token.kind() == Token.Kind.WORD
                        ? text.malformed(token.column(), "Bind variables only allowed in Apex code")
                        : text.unexpected(token));
        check(path.field(), literal, word, token);
        return literal;
    }

    private void check(FieldType field, Literal literal, Token word, Token token) {
        Kind kind = field.kind();
        Set<Literal.Kind> allowed = switch (kind) {
            case BOOLEAN -> Set.of(Literal.Kind.BOOLEAN);
            case INT, DOUBLE -> Set.of(Literal.Kind.NUMBER);
            case DATE -> Set.of(Literal.Kind.DATE, Literal.Kind.RANGE);
            case DATETIME -> Set.of(Literal.Kind.TIME, Literal.Kind.RANGE);
            default -> Set.of(Literal.Kind.TEXT);
        };
        if (literal.kind() != Literal.Kind.NULL && !allowed.contains(literal.kind())) {
            String type = kind.soap.replace("tns:ID", "ID").replace("xsd:", "");
            boolean quotes = kind.textual() || kind.id();
            throw text.field(
                    word.column(),
                    "value of filter criterion for field '" + word.text() + "' must be of type " + type + " and should "
                            + (quotes ? "be enclosed in quotes" : "not be enclosed in quotes"));
        }
        if (kind.id()
                && literal.kind() == Literal.Kind.TEXT
                && !literal.from().isEmpty()
                && !Ids.valid(literal.from())) {
            throw text.filter(
                    token.column(), "invalid ID field: " + literal.from().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What must hold.
     *
     * @param test whether it does
     * @param ids the ids that may match at all, or null when that is not known
     */
    record Condition(Predicate<Row> test, @Nullable List<String> ids) {
        static final Condition ANY = new Condition(row -> true, null);
    }
}
