// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.SandboxReply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts answers into envelopes, and in place of answers what servers send on bad days. */
final class Answers {
    private static final String OPEN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns=\"urn:partner.soap.sforce.com\" xmlns:sf=\"urn:sobject.partner.soap.sforce.com\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
    private static final Set<String> UNCOUNTED = Set.of("login", "logout", "getUserInfo", "getServerTimestamp");
    /** Faults of the whole call, before anything is done, by their exception codes. */
    private static final Map<String, String> CODES = codes();

    static final Set<String> FAULTS = names();

    private final OrgWorld world;

    Answers(OrgWorld world) {
        this.world = world;
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        codes.put("SERVER_UNAVAILABLE", "Server unavailable, please try again later");
        codes.put("UNKNOWN_EXCEPTION", "An unexpected error occurred. Please include this ErrorId: 1-2 (3)");
        codes.put("QUERY_TIMEOUT", "Your query request was running for too long.");
        codes.put("REQUEST_RUNNING_TOO_LONG", "Your request was running for too long, and has been stopped.");
        codes.put("EXCEEDED_SEARCH_QUERY_RATE_LIMIT", "You have exceeded the rate of searches");
        codes.put("API_CURRENTLY_DISABLED", "API is currently disabled for this organization");
        codes.put("API_DISABLED_FOR_ORG", "API is disabled for this organization");
        codes.put("ORG_LOCKED", "Organization is locked");
        codes.put("ORG_IN_MAINTENANCE", "Organization is in maintenance");
        codes.put("FUNCTIONALITY_NOT_ENABLED", "The feature is not enabled for this organization");
        codes.put("INSUFFICIENT_ACCESS", "insufficient access rights on the object");
        codes.put("BRAND_NEW_EXCEPTION_CODE", "A code that is younger than the client");
        return codes;
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(CODES.keySet());
        names.addAll(RecordWriter.REFUSALS.keySet());
        names.addAll(Set.of(
                "INVALID_SESSION_ID",
                "sessionNotValidForApi",
                "sessionFaultWithoutDetail",
                "concurrentRequests",
                "lockedCall",
                "upsertRace",
                "json401",
                "page404",
                "empty500",
                "empty200",
                "faultWith200",
                "unknownHeader",
                "unknownElement",
                "unknownStatusCode"));
        return Set.copyOf(names);
    }

    static SoapFault concurrent() {
        return SoapFault.unexpected(
                "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.");
    }

    /** An answer in its envelope, with the limits in its header. */
    String envelope(Envelope call, String result) {
        StringBuilder text = new StringBuilder(OPEN.length() + result.length() + 512).append(OPEN);
        boolean counted = !UNCOUNTED.contains(call.operation());
        boolean unknown = strikes("unknownHeader", call);
        if (counted || unknown) {
            text.append("<soapenv:Header>");
            if (counted) {
                text.append("<LimitInfoHeader><limitInfo><current>")
                        .append(world.apiRequests())
                        .append("</current><limit>")
                        .append(world.switches().number("apiLimit"))
                        .append("</limit><type>API REQUESTS</type></limitInfo></LimitInfoHeader>");
            }
            text.append(unknown ? "<BrandNewHeader><a>1</a></BrandNewHeader>" : "")
                    .append("</soapenv:Header>");
        }
        String name = call.operation() + "Response";
        text.append("<soapenv:Body><").append(name).append('>').append(result);
        text.append(strikes("unknownElement", call) ? "<brandNew>1</brandNew>" : "");
        return text.append("</")
                .append(name)
                .append("></soapenv:Body></soapenv:Envelope>")
                .toString();
    }

    private boolean strikes(String name, Envelope call) {
        return world.faults().strikes(name, call.methods());
    }

    /** What comes instead of any work. */
    Optional<SandboxReply> instead(Envelope call) {
        if (strikes("json401", call)) {
            return Optional.of(OrgApp.raw(
                    401,
                    "application/json;charset=UTF-8",
                    "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]"));
        }
        if (strikes("page404", call)) {
            return Optional.of(OrgApp.page(404, "Not Found"));
        }
        if (strikes("empty500", call)) {
            return Optional.of(OrgApp.raw(500, "text/xml;charset=UTF-8", ""));
        }
        Optional<SoapFault> fault = fault(call);
        if (fault.isPresent() && strikes("faultWith200", call)) {
            return Optional.of(OrgApp.xml(fault.get().envelope()));
        }
        return fault.map(OrgApp::fault);
    }

    private Optional<SoapFault> fault(Envelope call) {
        if (strikes("INVALID_SESSION_ID", call)) {
            return Optional.of(SoapFault.session("abc="));
        }
        if (strikes("sessionFaultWithoutDetail", call)) {
            return Optional.of(SoapFault.session("abc=").bare());
        }
        if (strikes("sessionNotValidForApi", call)) {
            return Optional.of(
                    SoapFault.unexpected("INVALID_SESSION_ID", "This session is not valid for use with the API"));
        }
        if (strikes("concurrentRequests", call)) {
            return Optional.of(concurrent());
        }
        if (strikes("lockedCall", call)) {
            return Optional.of(
                    SoapFault.unexpected("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record"));
        }
        return CODES.entrySet().stream()
                .filter(code -> strikes(code.getKey(), call))
                .findFirst()
                .map(code -> SoapFault.unexpected(code.getKey(), code.getValue()));
    }

    /** What becomes of an answer after the work was done. */
    SandboxReply after(Envelope call, SandboxReply reply) {
        if (strikes("empty200", call)) {
            return OrgApp.raw(200, "text/xml;charset=UTF-8", "");
        }
        if (strikes("unknownStatusCode", call)) {
            String error = "<errors><message>m</message><statusCode>BRAND_NEW_STATUS</statusCode></errors>";
            String text = new String(reply.body(), StandardCharsets.UTF_8);
            return OrgApp.xml(
                    text.replaceFirst("<id>\\w+</id><success>true", error + "<id xsi:nil=\"true\"/><success>false"));
        }
        return reply;
    }
}
