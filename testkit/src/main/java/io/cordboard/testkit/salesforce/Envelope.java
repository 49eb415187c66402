// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.SandboxRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** A SOAP request: its headers by their local names, and the one element in its body. Prefixes do not matter. */
final class Envelope {
    private static final String API = "urn:partner.soap.sforce.com";
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final ErrorHandler QUIET = new DefaultHandler() {
        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    };

    private final @Nullable Element header;
    private final Element operation;

    private Envelope(@Nullable Element header, Element operation) {
        this.header = header;
        this.operation = operation;
    }

    static Envelope read(SandboxRequest request) {
        Element root = parse(request);
        if (!"Envelope".equals(root.getLocalName()) || !SOAP.equals(root.getNamespaceURI())) {
            throw SoapFault.client("Element " + root.getNodeName() + " is no SOAP 1.1 envelope");
        }
        Element body = child(root, "Body").orElseThrow(() -> SoapFault.client("Body not found"));
        List<Element> inside = children(body);
        if (inside.isEmpty() || !API.equals(inside.get(0).getNamespaceURI())) {
            throw SoapFault.client("No operation available for request");
        }
        return new Envelope(child(root, "Header").orElse(null), inside.get(0));
    }

    private static Element parse(SandboxRequest request) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            javax.xml.parsers.DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(QUIET);
            return builder.parse(body(request)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw SoapFault.client("Unable to parse the request: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this JDK has no XML parser", e);
        }
    }

    private static InputStream body(SandboxRequest request) throws IOException {
        if (!request.header("content-encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("gzip")) {
            return new ByteArrayInputStream(request.body());
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            return new ByteArrayInputStream(in.readNBytes(MAX_BODY));
        }
    }

    String operation() {
        return operation.getLocalName();
    }

    Optional<String> session() {
        return header("SessionHeader", "sessionId");
    }

    /** A value of a header, such as {@code batchSize} of {@code QueryOptions}. */
    Optional<String> header(String name, String value) {
        return Optional.ofNullable(header)
                .flatMap(all -> child(all, name))
                .flatMap(one -> child(one, value))
                .map(Element::getTextContent);
    }

    boolean flag(String name, String value) {
        return header(name, value).map(String::strip).orElse("").matches("true|1");
    }

    String text(String name) {
        return child(operation, name).map(Element::getTextContent).orElse("");
    }

    List<String> texts(String name) {
        return elements(name).stream().map(Element::getTextContent).toList();
    }

    List<Element> elements(String name) {
        return children(operation).stream()
                .filter(element -> name.equals(element.getLocalName()))
                .toList();
    }

    /** The names that {@code only} of a fault can name: the operation, and the operation with its objects. */
    java.util.Set<String> methods() {
        java.util.Set<String> methods = new java.util.TreeSet<>();
        methods.add(operation());
        for (Element element : children(operation)) {
            switch (element.getLocalName()) {
                case "sObjects" ->
                    child(element, "type").ifPresent(type -> methods.add(operation() + "/" + type.getTextContent()));
                case "sObjectType" -> methods.add(operation() + "/" + element.getTextContent());
                case "queryString" ->
                    Soql.objectOf(element.getTextContent()).ifPresent(type -> methods.add(operation() + "/" + type));
                default -> {}
            }
        }
        return methods;
    }

    static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> name.equals(element.getLocalName()))
                .findFirst();
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static boolean isNil(Element element) {
        return element.getAttributeNS(XSI, "nil").matches("true|1");
    }
}
