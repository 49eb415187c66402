// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.SandboxOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Requests as the vendor's client put them on the wire once, and the answers that it could read then. */
class SalesforceRecordedTest {
    private static final List<String> PAIRS = List.of(
            "create",
            "update",
            "upsert",
            "delete",
            "retrieve",
            "query_count",
            "query_empty",
            "queryAll",
            "query_subquery",
            "query_aggregate",
            "query_users_queue",
            "query_type_field",
            "search_empty",
            "getServerTimestamp",
            "getUserInfo",
            "logout",
            "login",
            "create_duplicates_detected",
            "fault_INVALID_FIELD",
            "fault_MALFORMED_QUERY",
            "fault_MALFORMED_SEARCH",
            "fault_INVALID_QUERY_LOCATOR",
            "fault_UNSUPPORTED_API_VERSION",
            "fault_LOGIN_65",
            "fault_INVALID_SESSION_ID",
            "fault_INVALID_REPLICATION_DATE");

    @TestFactory
    Stream<DynamicTest> answersHaveTheShapeOfTheRecordedOnes() {
        return PAIRS.stream().map(name -> DynamicTest.dynamicTest(name, () -> replay(name)));
    }

    private static void replay(String name) {
        try (SalesforceSandbox org = SalesforceSandbox.start(SandboxOptions.DEFAULTS.withContacts(0))) {
            prepare(org, name);
            HttpResponse<byte[]> answer = send(org, name);

            Element body = only(parse(answer.body()), "Body");
            Element recorded = only(parse(bytes(name + ".response.xml")), "Body");
            assertThat(answer.statusCode()).isEqualTo(name.startsWith("fault_") ? 500 : 200);
            assertThat(shape(body)).isEqualTo(shape(recorded));
            if (name.startsWith("fault_")) {
                assertThat(only(only(body, "Fault"), "faultcode").getTextContent())
                        .isEqualTo(only(only(recorded, "Fault"), "faultcode").getTextContent());
            }
        }
    }

    private static void prepare(SalesforceSandbox org, String name) {
        for (String field : List.of("Amount__c; double", "Big__c; double", "L__c; int", "B__c; boolean")) {
            org.addField("Task", field);
        }
        org.addField("Contact", "External_Phone_Key__c; string 32; external; unique");
        String account = org.add("Account", Map.of("Name", "Acme", "Type", "Customer"));
        String key = "74951234567";
        String anna =
                org.add("Contact", Map.of("LastName", "Petrova", "Phone", "+7 (495) 123-45-67", "AccountId", account));
        org.change(anna, Map.of("External_Phone_Key__c", key, "MobilePhone", "4951234567"));
        org.add("Lead", Map.of("LastName", "Boris", "Company", "B", "Phone", key));
        org.add("Case", Map.of("Subject", "c", "Status", "New"));
        org.add("Task", Map.of("Subject", "a"));
        String second = org.add("Task", Map.of("Subject", "b", "Call_Id__c", "pbx-uuid-2"));
        if (name.equals("delete")) {
            org.remove(second);
        }
        if (name.equals("create_duplicates_detected")) {
            org.rows("Lead").forEach(row -> org.remove(String.valueOf(row.get("Id"))));
            org.configure(Map.of("duplicateRule", "alert"));
        }
        if (name.equals("login")) {
            org.configure(Map.of("soapLogin", true));
        }
    }

    private static HttpResponse<byte[]> send(SalesforceSandbox org, String name) {
        String version = name.equals("login") ? "64.0" : name.endsWith("VERSION") ? "12.0" : "65.0";
        String session = name.equals("fault_INVALID_SESSION_ID") ? "00D000000000001!NONE" : Wsc.token(org);
        String request = new String(bytes(name + ".request.xml"), StandardCharsets.UTF_8)
                .replace("00D000000000001!AQ0AQSESSION", session)
                .replace("u@example.com", org.username())
                .replace("pw&lt;tok&amp;", "secret-user1");
        return Wsc.send(HttpRequest.newBuilder(URI.create(org.url() + "/services/Soap/u/" + version + "/" + Org.ID))
                .header("Content-Type", "text/xml; charset=UTF-8")
                .header("SOAPAction", "\"\"")
                .POST(BodyPublishers.ofString(request))
                .build());
    }

    private static byte[] bytes(String file) {
        try (InputStream in = SalesforceRecordedTest.class.getResourceAsStream("recorded/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element parse(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError(new String(xml, StandardCharsets.UTF_8), e);
        }
    }

    private static Element only(Element parent, String name) {
        return Envelope.child(parent, name).orElseThrow(() -> new AssertionError("no " + name));
    }

    /** The names of the elements inside an element, as deep as they go; one of several that are alike. */
    private static String shape(Element element) {
        List<String> inside = new ArrayList<>();
        for (Element child : Envelope.children(element)) {
            String shape = child.getNamespaceURI() + ":" + shape(child);
            if (inside.isEmpty() || !inside.get(inside.size() - 1).equals(shape)) {
                inside.add(shape);
            }
        }
        return element.getLocalName() + (inside.isEmpty() ? "" : inside.toString());
    }
}
