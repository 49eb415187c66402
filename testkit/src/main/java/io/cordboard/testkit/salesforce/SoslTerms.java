// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words between the braces of a search: AND binds stronger than OR, and stands between words by itself. */
final class SoslTerms {
    private static final String RESERVED = "&|!{}[]^~:'+-";
    private static final String WILD = "*?";

    private final Org org;
    private final Instant now;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    SoslTerms(Org org, String text) {
        this.org = org;
        this.now = org.switches().clock().instant();
        cut(text);
        if (tokens.isEmpty()) {
            throw SoapFault.search("No search term found. The search term must be enclosed in braces.");
        }
    }

    private void cut(String text) {
        StringBuilder word = new StringBuilder();
        boolean phrase = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                word.append(' '); // an escaped sign is no letter of any word
            } else if (c == '"') {
                if (phrase) {
                    tokens.add("\"" + word.toString().strip());
                    word.setLength(0);
                } else {
                    end(word);
                }
                phrase = !phrase;
            } else if (phrase) {
                word.append(c);
            } else if (c == '(' || c == ')') {
                end(word);
                tokens.add(String.valueOf(c));
            } else if (Character.isWhitespace(c)) {
                end(word);
            } else if (RESERVED.indexOf(c) >= 0) {
                throw SoapFault.search("unexpected character in the search term: " + c);
            } else {
                word.append(c);
            }
        }
        if (phrase) {
            throw SoapFault.search("a quotation mark is not closed");
        }
        end(word);
    }

    private void end(StringBuilder word) {
        for (String part : word.toString().strip().split("\\s+", -1)) {
            if (!part.isEmpty()) {
                tokens.add(part);
            }
        }
        word.setLength(0);
    }

    /** The records in whose phones the words are, as far as the search knows. */
    Set<Row> hits() {
        Set<Row> hits = or();
        if (at < tokens.size()) {
            throw SoapFault.search("unexpected " + tokens.get(at));
        }
        return hits;
    }

    private Set<Row> or() {
        Set<Row> hits = new LinkedHashSet<>(and());
        while (at < tokens.size() && tokens.get(at).equalsIgnoreCase("OR")) {
            at++;
            hits.addAll(and());
        }
        return hits;
    }

    private Set<Row> and() {
        Set<Row> hits = new LinkedHashSet<>(term());
        while (at < tokens.size()
                && !tokens.get(at).equals(")")
                && !tokens.get(at).equalsIgnoreCase("OR")) {
            boolean word = tokens.get(at).equalsIgnoreCase("AND");
            at += word ? 1 : 0;
            boolean not = at < tokens.size() && word && tokens.get(at).equalsIgnoreCase("NOT");
            at += not ? 1 : 0;
            Set<Row> next = term();
            if (not) {
                hits.removeAll(next);
            } else {
                hits.retainAll(next);
            }
        }
        return hits;
    }

    private Set<Row> term() {
        if (at >= tokens.size()) {
            throw SoapFault.search("the search term ends with an operator");
        }
        String token = tokens.get(at++);
        if (token.equals("(")) {
            Set<Row> inside = or();
            if (at >= tokens.size() || !tokens.get(at++).equals(")")) {
                throw SoapFault.search("unbalanced parentheses");
            }
            return inside;
        }
        if (token.startsWith("\"")) {
            return phrase(token.substring(1).toLowerCase(Locale.ROOT));
        }
        if (WILD.indexOf(token.charAt(0)) >= 0) {
            throw SoapFault.search("a wildcard cannot begin a search term: " + token);
        }
        if (token.length() < 2) {
            throw SoapFault.search("search term must be longer than one character: " + token);
        }
        return new LinkedHashSet<>(org.phones().having(token.toLowerCase(Locale.ROOT), now));
    }

    private Set<Row> phrase(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[^\\p{L}\\p{Nd}]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        Set<Row> hits = new LinkedHashSet<>();
        if (!words.isEmpty()) {
            for (Row row : org.phones().having(words.get(0), now)) {
                if (org.phones().hasPhrase(row, words)) {
                    hits.add(row);
                }
            }
        }
        return hits;
    }
}
