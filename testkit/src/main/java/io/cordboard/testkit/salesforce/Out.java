// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import org.jspecify.annotations.Nullable;

/** Writes XML: elements in the order that they are asked for, nothing between them. */
final class Out {
    private final StringBuilder text = new StringBuilder(1024);

    Out open(String name) {
        text.append('<').append(name).append('>');
        return this;
    }

    /** An element of a type, such as {@code sf:sObject}. */
    Out open(String name, String type) {
        text.append('<').append(name).append(" xsi:type=\"").append(type).append("\">");
        return this;
    }

    Out close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    Out nil(String name) {
        text.append('<').append(name).append(" xsi:nil=\"true\"/>");
        return this;
    }

    /** An element with a text, or a nil one. */
    Out leaf(String name, @Nullable Object value) {
        if (value == null) {
            return nil(name);
        }
        open(name);
        escape(value.toString());
        return close(name);
    }

    /** An element with a text and a type, such as {@code xsd:int}. */
    Out typed(String name, String type, Object value) {
        text.append('<').append(name).append(" xsi:type=\"").append(type);
        text.append("\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">");
        escape(value.toString());
        return close(name);
    }

    Out raw(String xml) {
        text.append(xml);
        return this;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                default -> {
                    // Control characters have no place in XML.
                    if (c >= ' ' || c == '\n' || c == '\r' || c == '\t') {
                        text.append(c);
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
