// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A query cut into words, and where it is being read. */
final class SoqlText {
    private static final String SIGNS = "(),=<>!";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    SoqlText(String text) {
        this.text = text;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '\'') {
                i = string(i);
            } else if (SIGNS.indexOf(c) >= 0) {
                i = sign(i);
            } else {
                i = word(i);
            }
        }
    }

    private int string(int start) {
        StringBuilder value = new StringBuilder();
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '\'') {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                value.append(unescape(text.charAt(i), i));
            } else {
                value.append(c);
            }
            i++;
        }
        if (i >= text.length()) {
            throw malformed(start + 1, "line 1:" + text.length() + " mismatched character '<EOF>' expecting '''");
        }
        tokens.add(new Token(Token.Kind.STRING, value.toString(), start + 1));
        return i + 1;
    }

    private String unescape(char c, int index) {
        return switch (c) {
            case 'n', 'N' -> "\n";
            case 'r', 'R' -> "\r";
            case 't', 'T' -> "\t";
            case '\'', '"', '\\' -> String.valueOf(c);
            // An escaped wildcard stays escaped: LIKE reads it.
            case '_', '%' -> "\\" + c;
            default -> throw malformed(index + 1, "Illegal string literal: invalid escape sequence '\\" + c + "'");
        };
    }

    private int sign(int start) {
        char c = text.charAt(start);
        char next = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
        boolean two = (c == '<' && (next == '=' || next == '>')) || ((c == '>' || c == '!') && next == '=');
        int end = start + (two ? 2 : 1);
        tokens.add(new Token(Token.Kind.SIGN, text.substring(start, end), start + 1));
        return end;
    }

    private int word(int start) {
        int end = start;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && text.charAt(end) != '\''
                && SIGNS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        tokens.add(new Token(Token.Kind.WORD, text.substring(start, end), start + 1));
        return end;
    }

    Token peek() {
        return at < tokens.size() ? tokens.get(at) : new Token(Token.Kind.END, "<EOF>", text.length() + 1);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : new Token(Token.Kind.END, "<EOF>", text.length());
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** Whether the next word is this one; if so it is read. */
    boolean skip(String word) {
        if (!peek().is(word)) {
            return false;
        }
        at++;
        return true;
    }

    /** Where the reading is; {@link #back} returns there. */
    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    boolean previousIs(String word) {
        return at > 0 && tokens.get(at - 1).is(word);
    }

    /** From now on, a name in front of a field means the object itself. */
    void alias(String alias, String object) {
        String start = alias.toLowerCase(Locale.ROOT) + ".";
        tokens.replaceAll(token -> token.kind() == Token.Kind.WORD
                        && token.text().toLowerCase(Locale.ROOT).startsWith(start)
                ? new Token(token.kind(), object + token.text().substring(alias.length()), token.column())
                : token);
    }

    /** The name behind the FROM of the query in parentheses that begins here. */
    Token childName() {
        for (int i = at, depth = 0; i + 1 < tokens.size() && depth >= 0; i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0 && tokens.get(i).is("FROM")) {
                return tokens.get(i + 1);
            }
        }
        throw unexpected(peek());
    }

    void expect(String word) {
        if (!skip(word)) {
            throw unexpected(peek());
        }
    }

    Token expectWord() {
        Token token = next();
        if (token.kind() != Token.Kind.WORD) {
            throw unexpected(token);
        }
        return token;
    }

    SoapFault unexpected(Token token) {
        return malformed(token.column(), "unexpected token: " + token.text());
    }

    SoapFault malformed(int column, String what) {
        return SoapFault.query("MALFORMED_QUERY", marked(column, what), column);
    }

    SoapFault field(int column, String what) {
        return SoapFault.field(marked(column, what), column);
    }

    SoapFault query(int column, String what) {
        return SoapFault.query("INVALID_TYPE", marked(column, what), column);
    }

    SoapFault filter(int column, String what) {
        return SoapFault.query("INVALID_QUERY_FILTER_OPERATOR", marked(column, what), column);
    }

    private String marked(int column, String what) {
        return "\n" + text + "\n" + " ".repeat(Math.max(0, column - 1)) + "^\nERROR at Row:1:Column:" + column + "\n"
                + what;
    }

    /** One word of a query. */
    record Token(Kind kind, String text, int column) {
        boolean is(String word) {
            return kind != Kind.STRING && text.equalsIgnoreCase(word);
        }

        enum Kind {
            WORD,
            STRING,
            SIGN,
            END
        }
    }
}
