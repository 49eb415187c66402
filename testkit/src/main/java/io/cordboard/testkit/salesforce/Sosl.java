// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** search: words in braces, the fields to look in, the objects to return. */
final class Sosl {
    private static final Pattern SHAPE = Pattern.compile("(?is)\\s*FIND\\s*\\{([^}\\\\]*+(?:\\\\.[^}\\\\]*+)*+)\\}"
            + "(?:\\s*IN\\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\\s+FIELDS)?"
            + "(?:\\s*RETURNING\\s+(.*?))?(?:\\s+WITH\\s+.*?)?(?:(?<=[)\\s}])\\s*LIMIT\\s+(\\d+))?\\s*");
    private static final Pattern CLAUSE = Pattern.compile("(?i)\\b(WHERE|ORDER\\s+BY|LIMIT|OFFSET)\\b");
    private static final int MOST = 2000;
    private static final int LONGEST = 4000;

    private final Org org;
    private int left = MOST;

    Sosl(Org org) {
        this.org = org;
    }

    String search(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw SoapFault.search(
                    text.contains("{") && text.contains("}")
                            ? "unexpected text in the search string"
                            : "No search term found. The search term must be enclosed in braces.");
        }
        boolean phones = shape.group(2) == null || shape.group(2).matches("(?i)ALL|PHONE");
        // Beyond this length the operators are dropped, so that every word would have to be there.
        boolean legible = shape.group(1).length() <= LONGEST;
        Set<Row> hits = legible ? new SoslTerms(org, shape.group(1)).hits() : Set.of();
        left = shape.group(4) == null ? MOST : Math.min(MOST, Integer.parseInt(shape.group(4)));
        Out out = new Out().open("result").nil("queryId");
        for (String wanted : split(shape.group(3) == null ? "Contact,Lead,Account" : shape.group(3))) {
            write(out, wanted.strip(), phones ? hits : Set.of());
        }
        return out.close("result").toString();
    }

    private void write(Out out, String wanted, Set<Row> hits) {
        int open = wanted.indexOf('(');
        String object = open < 0 ? wanted : wanted.substring(0, open).strip();
        String inside = open < 0 ? "Id" : wanted.substring(open + 1, wanted.lastIndexOf(')'));
        Matcher clause = CLAUSE.matcher(inside);
        int end = clause.find() ? clause.start() : inside.length();
        String soql = "SELECT " + inside.substring(0, end) + " FROM " + object + " " + inside.substring(end);
        Soql query = SoqlParser.parse(org, soql);
        Set<String> keys = new LinkedHashSet<>();
        hits.stream().filter(row -> row.type() == query.from()).forEach(row -> keys.add(row.key()));
        Soql found = new Soql(
                query.from(),
                query.columns(),
                query.where(),
                List.copyOf(keys),
                List.of(),
                query.orders(),
                query.limit(),
                query.offset());
        RowXml xml = new RowXml(org, query.columns());
        for (Row row : new Queries(org).rows(found, false)) {
            if (left > 0) {
                left--;
                out.open("searchRecords");
                xml.write(out, "record", row);
                out.close("searchRecords");
            }
        }
    }

    /** Cuts at the commas that stand outside of parentheses. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        if (depth != 0 || text.toLowerCase(Locale.ROOT).isBlank()) {
            throw SoapFault.search("unbalanced parentheses");
        }
        return parts;
    }
}
