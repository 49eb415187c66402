// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.connector.Finding;
import io.cordboard.connector.StoreException;
import io.cordboard.directory.SyncProgress;
import io.cordboard.directory.SyncReport;
import io.cordboard.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the server that runs on the same configuration, because only it may open the store. */
final class ServerClient implements Access {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SYNC_PATIENCE = Duration.ofHours(6);

    private final URI base;
    private final ServerConfig config;
    private final StoreException locked;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final ObjectMapper mapper = new ObjectMapper();

    private ServerClient(ServerConfig config, StoreException locked) {
        this.config = config;
        this.base = config.http().localUrl();
        this.locked = locked;
    }

    /** A server is worth a word only where it could have been the one that has the store. */
    private String trouble(String ofTheServer) {
        return config.where("store") + ": store: " + locked.getMessage() + (locked.isInUse() ? ofTheServer : "");
    }

    /**
     * {@return the server that has the store open}
     *
     * @throws InputException when there is none; says then why the store could not be opened
     */
    static ServerClient of(ServerConfig config, StoreException locked) {
        ServerClient client = new ServerClient(config, locked);
        if (!client.get("/api/status")
                .path("store")
                .asText()
                .equals(config.store().toString())) {
            throw new InputException(client.trouble(" The server at " + client.base + " has another store."), locked);
        }
        return client;
    }

    @Override
    public JsonNode lookup(String number) {
        return get("/api/lookup?number=" + URLEncoder.encode(number, StandardCharsets.UTF_8));
    }

    @Override
    public JsonNode deliveries(@Nullable String state) {
        return get("/api/deliveries?limit=10000" + (state == null ? "" : "&state=" + state))
                .path("deliveries");
    }

    @Override
    public JsonNode export() {
        return get("/api/deliveries/export").path("deliveries");
    }

    @Override
    public long retry(long id) {
        post("/api/deliveries/" + id + "/retry", PATIENCE);
        return 1;
    }

    @Override
    public long retryAll() {
        return post("/api/deliveries/retry", PATIENCE).path("retried").asLong();
    }

    @Override
    public SyncReport sync(String account, SyncProgress progress) {
        JsonNode report = post("/api/sync/" + account, SYNC_PATIENCE);
        return new SyncReport(
                account,
                report.path("contacts").asLong(),
                report.path("numbers").asLong(),
                report.path("removed").asLong(),
                Duration.ofMillis(report.path("millis").asLong()),
                report.path("warning").isTextual() ? report.path("warning").asText() : null);
    }

    @Override
    public Map<String, List<Finding>> check() {
        Map<String, List<Finding>> findings = new LinkedHashMap<>();
        for (JsonNode finding : get("/api/check").path("findings")) {
            findings.computeIfAbsent(finding.path("account").asText(), account -> new ArrayList<>())
                    .add(new Finding(
                            Finding.Grade.valueOf(finding.path("grade").asText()),
                            finding.path("what").asText(),
                            finding.path("where").asText(),
                            finding.path("advice").asText()));
        }
        return findings;
    }

    @Override
    public Map<String, URI> hookUrls() {
        Map<String, URI> urls = new LinkedHashMap<>();
        get("/api/check?only=hooks")
                .path("hooks")
                .properties()
                .forEach(hook ->
                        urls.put(hook.getKey(), URI.create(hook.getValue().asText())));
        return urls;
    }

    @Override
    public String how() {
        return "the store is in use by the server at " + base + ", which was asked";
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).GET());
    }

    private JsonNode post(String path, Duration patience) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private JsonNode send(HttpRequest.Builder request) {
        config.http().token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            JsonNode answer = response.body().isEmpty() ? mapper.createObjectNode() : mapper.readTree(response.body());
            if (response.statusCode() >= 400) {
                String fix = answer.path("fix").isTextual()
                        ? "; " + answer.path("fix").asText()
                        : "";
                throw new InputException(
                        answer.path("error").asText("the server at " + base + " answered " + response.statusCode())
                                + fix,
                        null);
            }
            return answer;
        } catch (IOException e) {
            throw new InputException(trouble(" No server answers at " + base + " either."), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("interrupted while asking " + base, e);
        }
    }
}
