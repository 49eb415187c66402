// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

/** A call that fails as a whole: one of the faults of the partner WSDL, or one of SOAP itself. */
final class SoapFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String OPEN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:sf=\"urn:fault.partner.soap.sforce.com\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body><soapenv:Fault>";
    private static final String CLOSE = "</soapenv:Fault></soapenv:Body></soapenv:Envelope>";
    /** The type of a fault whose detail is left out. */
    private static final String BARE = "";

    private final String code;
    private final String type;
    private final String text;
    private final int row;
    private final int column;

    private SoapFault(String code, String type, String text, int row, int column) {
        super(code + ": " + text, null, false, false);
        this.code = code;
        this.type = type;
        this.text = text;
        this.row = row;
        this.column = column;
    }

    static SoapFault unexpected(String code, String text) {
        return new SoapFault(code, "UnexpectedErrorFault", text, 0, 0);
    }

    static SoapFault login(String code, String text) {
        return new SoapFault(code, "LoginFault", text, 0, 0);
    }

    static SoapFault field(String text, int column) {
        return new SoapFault("INVALID_FIELD", "InvalidFieldFault", text, column < 0 ? -1 : 1, column);
    }

    static SoapFault object(String name) {
        String text = "sObject type '" + name + "' is not supported.";
        return new SoapFault("INVALID_TYPE", "InvalidSObjectFault", text, -1, -1);
    }

    static SoapFault id(String text) {
        return new SoapFault("MALFORMED_ID", "InvalidIdFault", text, 0, 0);
    }

    static SoapFault locator() {
        return new SoapFault("INVALID_QUERY_LOCATOR", "InvalidQueryLocatorFault", "invalid query locator", 0, 0);
    }

    static SoapFault query(String code, String text, int column) {
        return new SoapFault(code, "MalformedQueryFault", text, column < 0 ? -1 : 1, column);
    }

    static SoapFault search(String text) {
        return new SoapFault("MALFORMED_SEARCH", "MalformedSearchFault", text, -1, -1);
    }

    /** A fault without a detail, as the server writes it for what is no request at all. */
    static SoapFault client(String text) {
        return new SoapFault("soapenv:Client", BARE, text, 0, 0);
    }

    /** The same fault without its detail. */
    SoapFault bare() {
        return new SoapFault(code, BARE, text, 0, 0);
    }

    static SoapFault session(String hash) {
        return unexpected(
                "INVALID_SESSION_ID",
                "Invalid Session ID found in SessionHeader: "
                        + (hash.isEmpty()
                                ? "null"
                                : "Illegal Session. Session not found, missing session hash: " + hash
                                        + "\nThis error usually occurs after a session expires or a user logs out."));
    }

    String code() {
        return code;
    }

    String envelope() {
        boolean soap = code.startsWith("soapenv:");
        Out out = new Out().raw(OPEN);
        out.leaf("faultcode", soap ? code : "sf:" + code);
        out.leaf("faultstring", soap ? text : code + ": " + text);
        if (!type.equals(BARE)) {
            out.open("detail").open("sf:" + type, "sf:" + type);
            out.leaf("sf:exceptionCode", code).leaf("sf:exceptionMessage", text);
            if (row != 0) {
                out.leaf("sf:row", row).leaf("sf:column", column);
            }
            out.close("sf:" + type).close("detail");
        }
        return out.raw(CLOSE).toString();
    }
}
