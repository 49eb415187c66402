// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.Answer;
import io.cordboard.http.Counts;
import io.cordboard.http.Json;
import io.cordboard.http.Priority;
import io.cordboard.http.RateModel;
import io.cordboard.http.VendorHttp;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/**
 * The API: signs, keeps to each method's rate, reads what comes back in the words of both editions, and asks nothing
 * needless after a request that was called invalid, because a second one locks the account. Safe for use by many
 * threads.
 */
final class MangoApi implements AutoCloseable {
    private static final Duration LOCKED = Duration.ofMinutes(2);
    // Requests that are sent in time may arrive closer to each other.
    private static final Duration JITTER = Duration.ofMillis(300);
    private static final Duration BREATH = Duration.ofSeconds(2);
    private static final long LARGEST_FILE = 1L << 30;
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

    private final MangoSettings settings;
    private final MangoSignature signature;
    private final Clock clock;
    private final Counts counts;
    private final VendorHttp http;
    private final VendorHttp files;
    private final Wire wire;
    private final Wire fileWire;
    private final Map<Limit, AccountBudget> budgets = new EnumMap<>(Limit.class);
    private volatile @Nullable ConnectorException trouble;
    private volatile @Nullable Instant invalidAt;

    MangoApi(Mango.Parts parts) {
        this.settings = parts.settings();
        this.signature = new MangoSignature(settings.key(), settings.salt());
        this.clock = parts.context().clock();
        this.counts = parts.counts();
        this.http = VendorHttp.builder("Mango", settings.apiUrl(), clock)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30))
                .build();
        // No file is below this address: so no path of a file, which holds key and signature, gets into a log.
        this.files = VendorHttp.builder("Mango", settings.apiUrl().resolve("/-/"), clock)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(30))
                .maxAnswerBytes(LARGEST_FILE)
                .build();
        this.wire = http.service(Wire.class);
        this.fileWire = files.service(Wire.class);
        for (Limit limit : Limit.values()) {
            RateModel model = RateModel.window(limit.requests, limit.span.plus(JITTER));
            budgets.put(limit, new AccountBudget(parts.context().account(), model));
        }
    }

    /** {@return what Mango answers to a question that changes nothing} */
    JsonNode ask(Limit limit, String method, ObjectNode params) {
        return read(question(limit, method, params));
    }

    /** {@return the whole answer to a question that changes nothing; its status is looked at by whoever asked} */
    Answer question(Limit limit, String method, ObjectNode params) {
        refuseWhileAtRisk();
        try {
            return budget(Limit.GENERAL)
                    .ask(Priority.SYNC, () -> own(Priority.SYNC, limit, () -> send(method, params)));
        } catch (ConnectorException e) {
            // A lost answer to a question costs nothing: it can be asked again.
            throw e.reason() == Reason.UNCLEAR
                    ? new ConnectorException(
                            Reason.UNAVAILABLE,
                            String.valueOf(e.getMessage()),
                            e.retryAfter().orElse(null),
                            e)
                    : e;
        }
    }

    /** Sends an order; never twice, and an answer that was lost stays unclear. */
    void order(Limit limit, String method, ObjectNode params) {
        // Where only one in two seconds is allowed, whoever comes second has to wait longer than a live call may.
        Priority priority = limit == Limit.TRANSFER ? Priority.DELIVERY : Priority.LIVE;
        JsonNode unused = read(inTurn(priority, limit, () -> send(method, params)));
    }

    /**
     * {@return what an answer says, once it is certain that it is no refusal}
     *
     * @param answer an answer with any status; an accepted order may come with nothing at all
     */
    JsonNode read(Answer answer) {
        JsonNode body = Json.parse(answer.body())
                .filter(JsonNode::isObject)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode());
        int code = code(body);
        try {
            if (answer.status() == 429 || MangoCode.fold(code) == 4290) {
                budgets.values().forEach(budget -> budget.pause(BREATH));
                throw new ConnectorException(Reason.RATE_LIMITED, "Mango: too many requests", BREATH, null);
            }
            if (answer.status() == 401 && code == 0) {
                budgets.values().forEach(budget -> budget.pause(LOCKED));
                throw new ConnectorException(
                        Reason.UNAVAILABLE,
                        "Mango has locked the account for two minutes, after invalid requests or for a wrong key",
                        LOCKED,
                        null);
            }
            if (code != 0 && !MangoCode.isSuccess(code)) {
                throw refused(code);
            }
            if (!answer.isSuccess() && answer.status() != 302) {
                throw http.fault(answer);
            }
            trouble = null;
            return body;
        } catch (ConnectorException e) {
            boolean ofAccount = e.reason() != Reason.REFUSED && e.reason() != Reason.NOT_FOUND;
            trouble = ofAccount ? e : null;
            throw e;
        }
    }

    /** {@return what is meant by a refusal, here or in the result of a command} */
    ConnectorException refused(int code) {
        if (MangoCode.isInvalidRequest(code)) {
            invalidAt = clock.instant();
            counts.add(MangoCounts.INVALID);
        }
        return new ConnectorException(MangoCode.reason(code), "Mango refused with code " + code);
    }

    /** {@return the code in a body, as number or text, by whichever name; 0 if there is none} */
    static int code(JsonNode body) {
        for (String name : new String[] {"result", "code"}) {
            String text = Json.text(body, name);
            if (text.matches("[0-9]{1,6}") && !text.equals("0")) {
                return Integer.parseInt(text);
            }
        }
        return 0;
    }

    /**
     * {@return a file; the caller closes it}
     *
     * @param link where it is; followed once when it has moved
     * @throws IOException when it cannot be read, or its address is no longer good
     */
    InputStream download(URI link) throws IOException {
        Response<ResponseBody> response = fileWire.get(link.toString()).execute();
        String moved = response.headers().get("Location");
        if (response.code() == 302 && moved != null) {
            response = fileWire.get(link.resolve(moved).toString()).execute();
        }
        ResponseBody body = response.body();
        if (!response.isSuccessful() || body == null) {
            throw new IOException("Mango answered " + response.code() + " for a recording; ask for a new link");
        }
        return new FilterInputStream(body.byteStream()) {
            @Override
            public void close() throws IOException {
                super.close();
                body.close();
            }
        };
    }

    /** {@return whether there is a file behind a link; nothing of it is read} */
    boolean isThere(URI link) {
        refuseWhileAtRisk();
        return inTurn(Priority.DELIVERY, Limit.RECORDINGS, () -> {
            try (ResponseBody body = opened(fileWire.get(link.toString()).execute())) {
                return body != null;
            } catch (IOException e) {
                throw new ConnectorException(Reason.UNAVAILABLE, "Mango did not answer for a recording", null, e);
            }
        });
    }

    private static @Nullable ResponseBody opened(Response<ResponseBody> response) {
        if (response.code() == 302) {
            return ResponseBody.create("", null);
        }
        return response.isSuccessful() ? response.body() : null;
    }

    /** {@return what was counted of the requests} */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(http.counts());
        files.counts().forEach((name, count) -> all.merge(name, count, Long::sum));
        budgets.values().forEach(budget -> {
            all.merge("requests_held_back", budget.stats().refused(), Long::sum);
            all.merge("pauses", budget.stats().pauses(), Long::sum);
        });
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

    private <T> T inTurn(Priority priority, Limit limit, Supplier<T> request) {
        return budget(Limit.GENERAL).run(priority, () -> own(priority, limit, request));
    }

    /** The method's own turn comes last, right before the request is sent: what counts is when it arrives. */
    private <T> T own(Priority priority, Limit limit, Supplier<T> request) {
        return limit == Limit.GENERAL ? request.get() : budget(limit).run(priority, request);
    }

    private AccountBudget budget(Limit limit) {
        return Objects.requireNonNull(budgets.get(limit));
    }

    private Answer send(String method, ObjectNode params) {
        String json = Json.write(params);
        String form =
                "vpbx_api_key=" + encode(settings.key()) + "&sign=" + signature.of(json) + "&json=" + encode(json);
        return http.exchange(wire.post(settings.apiUrl() + method, RequestBody.create(form, FORM)));
    }

    /** What nobody waits for is not asked while one more invalid request would lock everybody out. */
    private void refuseWhileAtRisk() {
        Instant last = invalidAt;
        if (last != null) {
            Duration left = settings.pauseAfterInvalid().minus(Duration.between(last, clock.instant()));
            if (!left.isNegative() && !left.isZero()) {
                boolean refused =
                        trouble().filter(e -> e.reason() == Reason.REAUTHORISE).isPresent();
                throw new ConnectorException(
                        refused ? Reason.REAUTHORISE : Reason.RATE_LIMITED,
                        refused
                                ? "Mango refuses key and salt, and is not asked again at once: that would lock the account"
                                : "Mango called a request invalid; a second one soon after it would lock the account",
                        left,
                        null);
            }
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What Mango allows of each kind of request. */
    enum Limit {
        GENERAL(10, Duration.ofSeconds(1)),
        CALLBACK(4, Duration.ofSeconds(1)),
        HANG_UP(4, Duration.ofSeconds(1)),
        /** Transfers and routes, counted together: whether Mango does is not said. */
        TRANSFER(1, Duration.ofSeconds(2)),
        USERS(1, Duration.ofSeconds(2)),
        STATISTICS(1, Duration.ofSeconds(2)),
        BALANCE(2, Duration.ofSeconds(1)),
        RECORDINGS(10, Duration.ofSeconds(1));

        private final int requests;
        private final Duration span;

        Limit(int requests, Duration span) {
            this.requests = requests;
            this.span = span;
        }
    }

    private interface Wire {
        @POST
        Call<ResponseBody> post(@Url String url, @Body RequestBody form);

        @Streaming
        @GET
        Call<ResponseBody> get(@Url String url);
    }
}
