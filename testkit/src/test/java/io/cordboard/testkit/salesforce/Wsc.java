// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import io.cordboard.testkit.Form;
import io.cordboard.testkit.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The vendor's own client, with its own settings. */
final class Wsc {
    private Wsc() {}

    static String token(SalesforceSandbox org) {
        Map<String, Object> answer = post(
                        org,
                        "/services/oauth2/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                org.clientId(),
                                "client_secret",
                                org.clientSecret()))
                .body();
        return String.valueOf(answer.get("access_token"));
    }

    static PartnerConnection connect(SalesforceSandbox org) {
        return connect(org, token(org), "65.0");
    }

    static PartnerConnection connect(SalesforceSandbox org, String token, String version) {
        ConnectorConfig config = new ConnectorConfig();
        config.setManualLogin(true);
        config.setSessionId(token);
        config.setServiceEndpoint(org.url() + "/services/Soap/u/" + version);
        config.setConnectionTimeout(5000);
        config.setReadTimeout(10_000);
        try {
            return new PartnerConnection(config);
        } catch (ConnectionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record with fields: names and values in turn. */
    static SObject object(String type, Object... fields) {
        SObject object = new SObject(type);
        for (int i = 0; i < fields.length; i += 2) {
            object.setField((String) fields[i], fields[i + 1]);
        }
        return object;
    }

    static Reply post(SalesforceSandbox org, String path, Map<String, ?> form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(org.url() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(Form.write(form)))
                .build();
        HttpResponse<byte[]> response = send(request);
        return new Reply(response.statusCode(), response.body().length == 0 ? Map.of() : Json.read(response.body()));
    }

    static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer of the token endpoint. */
    record Reply(int status, Map<String, Object> body) {}
}
