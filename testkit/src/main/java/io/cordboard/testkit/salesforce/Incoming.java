// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * A record as somebody sends it.
 *
 * @param type the name of its object
 * @param id its id, or empty
 * @param fields the texts of its fields, by the names that were sent
 * @param nulls the fields that are to be emptied
 * @param parents parents that are named by an external id, by the names of the relationships
 */
record Incoming(String type, String id, Map<String, String> fields, List<String> nulls, Map<String, Incoming> parents) {

    static Incoming read(Element element) {
        String type = "";
        String id = "";
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> nulls = new ArrayList<>();
        Map<String, Incoming> parents = new LinkedHashMap<>();
        for (Element child : Envelope.children(element)) {
            String name = child.getLocalName();
            String text = child.getTextContent();
            if (name.equals("type") && type.isEmpty()) {
                type = text.strip();
            } else if (name.equals("fieldsToNull")) {
                nulls.add(text.strip());
            } else if (name.equalsIgnoreCase("Id")) {
                id = text.strip();
            } else if (!Envelope.children(child).isEmpty()) {
                parents.put(name, read(child));
            } else if (!Envelope.isNil(child)) {
                fields.put(name, text);
            }
        }
        return new Incoming(type, id, fields, nulls, parents);
    }
}
