// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.salesforce.Soql.Column;
import io.cordboard.testkit.salesforce.SoqlText.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a query: the part of SOQL that a bridge between a telephone and a CRM may ask for. */
final class SoqlParser {
    static final int MAX_LENGTH = 100_000;
    private static final Set<String> FUNCTIONS = Set.of("COUNT", "COUNT_DISTINCT", "MIN", "MAX", "SUM", "AVG");
    private static final Set<String> CLAUSES =
            Set.of("WHERE", "WITH", "GROUP", "ORDER", "LIMIT", "OFFSET", "FOR", "ALL", "USING");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int MAX_OFFSET = 2000;

    private final Org org;
    private final SoqlText text;
    private int expressions;

    private SoqlParser(Org org, SoqlText text) {
        this.org = org;
        this.text = text;
    }

    static Soql parse(Org org, String soql) {
        if (soql.length() > MAX_LENGTH) {
            throw SoapFault.query(
                    "MALFORMED_QUERY", "SOQL statements cannot be longer than " + MAX_LENGTH + " characters.", -1);
        }
        SoqlParser parser = new SoqlParser(org, new SoqlText(soql));
        Soql query = parser.select(null);
        if (parser.text.peek().kind() != Token.Kind.END) {
            throw parser.text.unexpected(parser.text.peek());
        }
        return query;
    }

    /** Reads a query; as a part of one when there is a parent whose children it asks for. */
    private Soql select(@org.jspecify.annotations.Nullable ObjectType parent) {
        text.expect("SELECT");
        int begin = text.mark();
        skipColumns();
        text.expect("FROM");
        Token name = text.expectWord();
        ObjectType from = parent == null
                ? org.schema().find(name.text()).orElseThrow(() -> SoapFault.object(name.text()))
                : children(parent, name).object();
        if (text.peek().kind() == Token.Kind.WORD && !CLAUSES.contains(upper(text.peek()))) {
            text.alias(text.next().text(), from.name());
        }
        int end = text.mark();
        text.back(begin);
        List<Column> columns = columns(from);
        text.back(end);
        return tail(from, columns);
    }

    private Soql tail(ObjectType from, List<Column> columns) {
        ConditionParser conditions = new ConditionParser(org, text, from, this::values);
        ConditionParser.Condition where = text.skip("WHERE") ? conditions.or() : ConditionParser.Condition.ANY;
        if (text.skip("WITH")) {
            text.expectWord();
        }
        List<Path> groups = new ArrayList<>();
        if (text.skip("GROUP")) {
            text.expect("BY");
            do {
                groups.add(path(from, text.expectWord()));
            } while (text.skip(","));
        }
        List<Soql.Order> orders = orders(from);
        int limit = text.skip("LIMIT") ? number(Integer.MAX_VALUE) : Integer.MAX_VALUE;
        int offset = text.skip("OFFSET") ? number(MAX_OFFSET) : 0;
        if (text.skip("FOR")) {
            text.expectWord();
        }
        if (text.skip("ALL")) {
            text.expect("ROWS");
        }
        return new Soql(from, columns, where.test(), where.ids(), groups, orders, limit, offset);
    }

    private void skipColumns() {
        int depth = 0;
        while (!(depth == 0 && text.peek().is("FROM"))) {
            Token token = text.next();
            if (token.kind() == Token.Kind.END) {
                throw text.unexpected(token);
            }
            boolean follows = depth == 0
                    && token.kind() == Token.Kind.WORD
                    && text.peek().kind() == Token.Kind.WORD
                    && !text.peek().is("FROM")
                    && !text.previousIs(")");
            if (follows) {
                throw text.unexpected(text.peek());
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
    }

    private List<Column> columns(ObjectType from) {
        List<Column> columns = new ArrayList<>();
        do {
            if (text.skip("(")) {
                Token name = text.childName();
                Soql query = select(from);
                text.expect(")");
                Schema.Child child = children(from, name);
                columns.add(new Soql.Children(child.reference().children(), child.reference(), query));
                continue;
            }
            Token word = text.expectWord();
            if (!text.skip("(")) {
                columns.add(new Soql.Value(path(from, word)));
                continue;
            }
            if (!FUNCTIONS.contains(upper(word))) {
                throw text.malformed(word.column(), "unknown function: " + word.text());
            }
            if (text.skip(")")) {
                return List.of();
            }
            Path path = path(from, text.expectWord());
            text.expect(")");
            boolean named =
                    text.peek().kind() == Token.Kind.WORD && !text.peek().is("FROM");
            String alias = named ? text.next().text() : "expr" + expressions++;
            columns.add(new Soql.Aggregate(upper(word), path, alias));
        } while (text.skip(","));
        return columns;
    }

    private Schema.Child children(ObjectType parent, Token name) {
        return org.schema()
                .children(parent, name.text())
                .orElseThrow(() -> text.query(
                        name.column(),
                        "Didn't understand relationship '" + name.text() + "' in FROM part of query call."));
    }

    private List<Soql.Order> orders(ObjectType from) {
        List<Soql.Order> orders = new ArrayList<>();
        if (!text.skip("ORDER")) {
            return orders;
        }
        text.expect("BY");
        do {
            Token word = text.expectWord();
            Path path = path(from, word);
            if (!path.field().filterable()) {
                throw text.field(word.column(), "field '" + word.text() + "' can not be sorted in a query call");
            }
            boolean down = text.skip("DESC");
            boolean up = !down && text.skip("ASC");
            boolean last = false;
            if (text.skip("NULLS")) {
                last = text.skip("LAST");
                if (!last) {
                    text.expect("FIRST");
                }
            }
            orders.add(new Soql.Order(path, down && !up, last));
        } while (text.skip(","));
        return orders;
    }

    /** The values that a query inside IN (...) finds. */
    private List<String> values() {
        Soql inner = select(null);
        List<String> values = new ArrayList<>();
        if (inner.columns().size() == 1 && inner.columns().get(0) instanceof Soql.Value column) {
            new Queries(org).rows(inner, false).forEach(row -> {
                String value = column.path().value(org, row);
                if (value != null) {
                    values.add(value);
                }
            });
            return values;
        }
        throw text.malformed(text.peek().column(), "the inner select must have exactly one field");
    }

    private Path path(ObjectType from, Token word) {
        return Path.resolve(org.schema(), from, text, word);
    }

    private int number(int most) {
        Token token = text.next();
        if (!NUMBER.matcher(token.text()).matches()) {
            throw text.unexpected(token);
        }
        int number = Integer.parseInt(token.text());
        if (number > most) {
            throw SoapFault.query(
                    "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is " + most, token.column());
        }
        return number;
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }
}
