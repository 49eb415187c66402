// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import com.sforce.ws.ConnectorConfig;
import com.sforce.ws.transport.Transport;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.Answer;
import io.cordboard.http.VendorHttp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * Carries one SOAP request. The library's own transport sends a request again when a connection dies, which makes two
 * records of one call; this one sends it once, and says whether it was sent.
 */
final class WscTransport implements Transport {
    private static final MediaType XML = MediaType.get("text/xml; charset=UTF-8");
    private static final int WORTH_ZIPPING = 4096;
    private static final int HEAD = 2000;
    private static final Pattern FAULT = Pattern.compile("<faultcode>(?:\\w+:)?(\\w+)</faultcode>");
    private static final Pattern WORDS = Pattern.compile("<faultstring>([^<]*)</faultstring>");

    private final VendorHttp http;
    private final SalesforceWire wire;
    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private String address = "";
    private boolean successful;

    WscTransport(VendorHttp http, SalesforceWire wire) {
        this.http = http;
        this.wire = wire;
    }

    @Override
    public void setConfig(ConnectorConfig config) {
        // Time-outs, proxies and the like are those of the HTTP client.
    }

    @Override
    public OutputStream connect(String uri, String soapAction) {
        address = uri;
        return request;
    }

    // The interface is the library's.
    @SuppressWarnings("NonApiType")
    @Override
    public OutputStream connect(String uri, HashMap<String, String> headers) {
        return connect(uri, "");
    }

    @SuppressWarnings("NonApiType")
    @Override
    public OutputStream connect(String uri, HashMap<String, String> headers, boolean compress) {
        return connect(uri, "");
    }

    /** Sends what was written; throws an {@link IOException} whose cause is the {@link ConnectorException}. */
    @Override
    public InputStream getContent() throws IOException {
        try {
            Answer answer = http.exchange(send());
            String head =
                    answer.body().substring(0, Math.min(HEAD, answer.body().length()));
            if (!head.contains("Envelope")) {
                throw noEnvelope(answer);
            }
            // A fault is a fault even when something on the way made its status 200.
            Matcher fault = FAULT.matcher(head);
            if (fault.find()) {
                // The library forgets a whole fault when it does not know its code, so the code is read here.
                Matcher words = WORDS.matcher(head);
                throw WscFaults.of(fault.group(1), words.find() ? words.group(1) : "");
            }
            successful = answer.isSuccess();
            return new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (ConnectorException e) {
            throw new IOException(e);
        }
    }

    private retrofit2.Call<okhttp3.ResponseBody> send() throws IOException {
        Map<String, String> headers = new HashMap<>(Map.of("SOAPAction", "\"\"", "Accept", "text/xml"));
        byte[] bytes = request.toByteArray();
        if (bytes.length > WORTH_ZIPPING) {
            bytes = zipped(bytes);
            headers.put("Content-Encoding", "gzip");
        }
        return wire.soap(address, headers, RequestBody.create(bytes, XML));
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream small = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(small)) {
            zip.write(bytes);
        }
        return small.toByteArray();
    }

    /** A page of a gateway, a sign-in page, nothing at all. */
    private ConnectorException noEnvelope(Answer answer) {
        int status = answer.status();
        if (status == 401) {
            return new ConnectorException(
                    Reason.REAUTHORISE,
                    "salesforce no longer takes the session",
                    null,
                    new FaultCode(WscFaults.INVALID_SESSION, "status 401"));
        }
        if (answer.isSuccess() || status == 500 || status == 403) {
            return new ConnectorException(
                    Reason.UNCLEAR, "salesforce answered " + status + " with something that is no answer");
        }
        ConnectorException fault = http.fault(answer);
        if (status >= 500 || status == 429) {
            return fault;
        }
        // The organisation itself would have put a refusal into an envelope.
        return new ConnectorException(
                Reason.UNAVAILABLE,
                fault.getMessage() + ", and it was not the organisation",
                fault.retryAfter().orElse(null),
                new FaultCode(FaultCode.NOBODY, "status " + status));
    }

    @Override
    public boolean isSuccessful() {
        return successful;
    }
}
