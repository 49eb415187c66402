// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.Answer;
import io.cordboard.http.Json;
import io.cordboard.http.Priority;
import io.cordboard.http.RateModel;
import io.cordboard.http.VendorHttp;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/**
 * The REST API: signs, keeps to the rates (100 requests a minute, of statistics as many as the headers allow) and reads
 * what comes back. Safe for use by many threads.
 */
final class ZadarmaApi implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ZadarmaApi.class);
    private static final ObjectReader EXACT = Json.lenient()
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final long LARGEST_FILE = 1L << 30;
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

    private final String key;
    private final ZadarmaSignature signature;
    private final Clock clock;
    private final String base;
    private final VendorHttp http;
    private final VendorHttp files;
    private final Wire wire;
    private final Wire fileWire;
    private final AccountBudget budget;
    private final AccountBudget statistics;
    private volatile @Nullable ConnectorException trouble;

    ZadarmaApi(String account, ZadarmaSettings settings, Clock clock) {
        this.key = settings.key();
        this.signature = new ZadarmaSignature(settings.secret());
        this.clock = clock;
        String url = settings.apiUrl().toString();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        URI root = URI.create(base + "/");
        this.http = VendorHttp.builder("Zadarma", root, clock)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30))
                .build();
        this.files = VendorHttp.builder("Zadarma", root, clock)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(30))
                .maxAnswerBytes(LARGEST_FILE)
                .build();
        this.wire = http.service(Wire.class);
        this.fileWire = files.service(Wire.class);
        this.budget = new AccountBudget(account, RateModel.window(100, MINUTE));
        // Three a minute are documented, ten were seen: the vendor's own headers say when to stop.
        this.statistics = new AccountBudget(account, RateModel.window(100, MINUTE));
    }

    /**
     * {@return what the vendor answers to a question that changes nothing}
     *
     * @param path with its last slash
     * @param params without {@code format}
     */
    JsonNode ask(String path, Map<String, String> params) {
        return ask(Priority.SYNC, path, params);
    }

    JsonNode ask(Priority priority, String path, Map<String, String> params) {
        try {
            // A lost answer to a question costs nothing: it can be asked again.
            return budget.ask(priority, () -> exchange(budget, path, get(path, params)));
        } catch (ConnectorException e) {
            throw e.reason() == Reason.UNCLEAR ? again(e) : e;
        }
    }

    /** {@return what the vendor answers to a question about statistics; refused at once when the rate is used up} */
    JsonNode askStatistics(String path, Map<String, String> params) {
        try {
            return budget.ask(
                    Priority.SYNC,
                    () -> statistics.run(Priority.LIVE, () -> exchange(statistics, path, get(path, params))));
        } catch (ConnectorException e) {
            throw e.reason() == Reason.UNCLEAR ? again(e) : e;
        }
    }

    /**
     * Asks for the account's zone.
     *
     * @param time takes it
     * @return whether the answer made sense
     */
    boolean learnZone(ZadarmaTime time) {
        JsonNode answer = ask(Priority.DELIVERY, "/v1/info/timezone/", Map.of());
        return time.learn(
                answer.path("unixtime").asLong(0), Json.text(answer, "datetime"), Json.text(answer, "timezone"));
    }

    /** {@return what the vendor answers to an order; never sent twice, and an answer that was lost stays unclear} */
    JsonNode order(String path, Map<String, String> params) {
        return budget.run(Priority.LIVE, () -> exchange(budget, path, get(path, params)));
    }

    /** {@return what the vendor answers to a change of the account's settings} */
    JsonNode change(String path, Map<String, String> params) {
        String query = query(params);
        RequestBody body = RequestBody.create(query, FORM);
        return budget.run(
                Priority.SYNC, () -> exchange(budget, path, wire.post(base + path, authorization(path, query), body)));
    }

    /**
     * {@return a file that needs no signature; the caller closes it}
     *
     * @param link where it is
     * @throws IOException when it cannot be read, or its address is no longer good
     */
    InputStream download(URI link) throws IOException {
        Response<ResponseBody> response = fileWire.file(link.toString()).execute();
        ResponseBody body = response.body();
        if (!response.isSuccessful() || body == null) {
            throw new IOException("Zadarma answered " + response.code() + " for a recording; ask for a new link");
        }
        return new FilterInputStream(body.byteStream()) {
            @Override
            public void close() throws IOException {
                super.close();
                body.close();
            }
        };
    }

    /** {@return what was counted of the requests} */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(http.counts());
        files.counts().forEach((name, count) -> all.merge(name, count, Long::sum));
        all.put(
                "requests_held_back",
                budget.stats().refused() + statistics.stats().refused());
        all.put("pauses", budget.stats().pauses() + statistics.stats().pauses());
        return all;
    }

    /** {@return why the last exchange failed, if it did} */
    Optional<ConnectorException> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void close() {
        http.close();
        files.close();
    }

    private Call<ResponseBody> get(String path, Map<String, String> params) {
        String query = query(params);
        return wire.get(base + path + "?" + query, authorization(path, query));
    }

    private static String query(Map<String, String> params) {
        Map<String, String> all = new TreeMap<>(params);
        all.put("format", "json");
        return ZadarmaSignature.query(all);
    }

    private String authorization(String path, String query) {
        return key + ":" + signature.ofRequest(path, query);
    }

    private JsonNode exchange(AccountBudget rate, String path, Call<ResponseBody> call) {
        try {
            Answer answer = http.exchange(call);
            Optional<Duration> pause = pause(answer);
            if (answer.status() == 429) {
                rate.pause(pause.orElse(MINUTE));
                throw new ConnectorException(
                        Reason.RATE_LIMITED, "Zadarma: too many requests in a minute", pause.orElse(MINUTE), null);
            }
            if (!answer.isSuccess()) {
                throw http.fault(answer);
            }
            pause.ifPresent(rate::pause);
            JsonNode body = object(path, answer.body());
            if (Json.text(body, "status").equals("error")) {
                throw new ConnectorException(Reason.REFUSED, "Zadarma refused " + path);
            }
            trouble = null;
            return body;
        } catch (ConnectorException e) {
            boolean ofAccount = e.reason() != Reason.REFUSED && e.reason() != Reason.NOT_FOUND;
            trouble = ofAccount ? e : null;
            throw e;
        }
    }

    /** Ids of recordings are written as numbers with a fraction, of which no digit may be lost. */
    private static JsonNode object(String path, String text) {
        try {
            JsonNode body = EXACT.readTree(text);
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            log.debug("Zadarma answered {} with something that is not JSON", path);
        }
        throw new ConnectorException(
                Reason.UNCLEAR, "Zadarma answered " + path + " with something that is not a JSON object");
    }

    /** {@return how long the rate is used up, when the headers say that it is} */
    private Optional<Duration> pause(Answer answer) {
        boolean usedUp = answer.status() == 429
                || answer.header("x-ratelimit-remaining")
                        .map(String::strip)
                        .filter("0"::equals)
                        .isPresent();
        return usedUp
                ? answer.header("x-ratelimit-reset").flatMap(this::until).or(() -> answer.retryAfter(clock.instant()))
                : Optional.empty();
    }

    private Optional<Duration> until(String reset) {
        if (!reset.strip().matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(reset.strip());
        // Reported to be a Unix time; a small number can only be a span.
        Duration wait = seconds > 1_000_000_000L
                ? Duration.between(clock.instant(), Instant.ofEpochSecond(seconds))
                : Duration.ofSeconds(seconds);
        if (wait.isNegative()) {
            return Optional.of(Duration.ofSeconds(1));
        }
        return Optional.of(wait.compareTo(LONGEST_PAUSE) > 0 ? MINUTE : wait);
    }

    private static ConnectorException again(ConnectorException e) {
        return new ConnectorException(
                Reason.UNAVAILABLE,
                String.valueOf(e.getMessage()),
                e.retryAfter().orElse(null),
                e);
    }

    private interface Wire {
        @GET
        Call<ResponseBody> get(@Url String url, @Header("Authorization") String authorization);

        @POST
        Call<ResponseBody> post(@Url String url, @Header("Authorization") String authorization, @Body RequestBody form);

        @Streaming
        @GET
        Call<ResponseBody> file(@Url String url);
    }
}
