// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/**
 * An HTTP client for one account at one vendor, and the one place where what goes wrong on the wire gets its
 * {@link Reason}.
 *
 * <p>Nothing is ever sent twice and no redirect is followed: a hidden repetition is a duplicate in somebody's CRM. What
 * never left this machine is {@link Reason#UNAVAILABLE}; what was sent and not answered, or not answered in a way that
 * can be understood, is {@link Reason#UNCLEAR}. Safe for use by many threads.
 */
public final class VendorHttp implements AutoCloseable {
    private final String vendor;
    private final Clock clock;
    private final FaultReader faults;
    private final OkHttpClient client;
    private final Retrofit retrofit;
    private final RequestCounts counts = new RequestCounts();

    private VendorHttp(Builder builder) {
        this.vendor = builder.vendor;
        this.clock = builder.clock;
        this.faults = builder.faults;
        String base = basePath(builder.base);
        this.client = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(builder.connectTimeout)
                .readTimeout(builder.readTimeout)
                .writeTimeout(builder.readTimeout)
                .callTimeout(builder.callTimeout)
                .connectionPool(new ConnectionPool(4, 30, TimeUnit.SECONDS))
                .eventListenerFactory(Progress::listener)
                .addInterceptor(
                        new Wire(vendor, builder.userAgent, builder.maxBytes, path -> shortened(path, base), counts))
                .build();
        this.retrofit = new Retrofit.Builder()
                .baseUrl(builder.base.toString())
                .callFactory(request -> client.newCall(Progress.watched(request)))
                .addConverterFactory(JacksonConverterFactory.create(Json.lenient()))
                .build();
    }

    /**
     * {@return a builder}
     *
     * @param vendor the vendor's name, for messages
     * @param base the address below which its methods are; ends with {@code /}
     * @param clock the time
     */
    public static Builder builder(String vendor, URI base, Clock clock) {
        return new Builder(vendor, base, clock);
    }

    /**
     * {@return a service}
     *
     * @param api a Retrofit interface
     * @param <S> the service
     */
    public <S> S service(Class<S> api) {
        return retrofit.create(api);
    }

    /**
     * Sends a request and reads the answer's JSON.
     *
     * @param call a call of a service, not sent yet
     * @return the answer's body
     * @throws ConnectorException with the reason, also when the status is not one of 200 to 299
     * @param <T> the body
     */
    public <T> T ask(Call<T> call) {
        try {
            Response<T> response = call.execute();
            T body = response.body();
            if (!response.isSuccessful()) {
                throw fault(answer(response, response.errorBody()));
            }
            if (body == null) {
                throw new ConnectorException(Reason.UNCLEAR, vendor + " answered " + response.code() + " with nothing");
            }
            return body;
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /**
     * Sends a request and reads the answer as text, whatever its status.
     *
     * @param call a call of a service, not sent yet
     * @return the answer
     * @throws ConnectorException only when no whole answer came
     */
    public Answer exchange(Call<ResponseBody> call) {
        try {
            Response<ResponseBody> response = call.execute();
            return answer(response, response.isSuccessful() ? response.body() : response.errorBody());
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /**
     * {@return what an answer means whose status is not one of 200 to 299}
     *
     * @param answer the answer
     */
    public ConnectorException fault(Answer answer) {
        return faults.read(answer).orElseGet(() -> byStatus(answer));
    }

    /**
     * {@return how many requests there were, by what came of them: {@code requests_2xx} to {@code requests_5xx},
     * {@code requests_429}, {@code requests_lost} (sent, and no answer came) and {@code requests_unsent}; and
     * {@code requests_micros}, how long all of them took until the answer began}
     */
    public Map<String, Long> counts() {
        return counts.all();
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private ConnectorException byStatus(Answer answer) {
        int status = answer.status();
        Optional<Duration> after = answer.retryAfter(clock.instant());
        String message = vendor + " answered " + status;
        Reason reason = switch (status) {
            case 401 -> Reason.REAUTHORISE;
            case 403 -> Reason.FORBIDDEN;
            case 404, 410 -> Reason.NOT_FOUND;
            case 408, 425, 503 -> Reason.UNAVAILABLE;
            case 429 -> Reason.RATE_LIMITED;
            default -> status >= 500 ? Reason.UNCLEAR : status >= 400 ? Reason.REFUSED : Reason.UNAVAILABLE;
        };
        if (status >= 300 && status < 400) {
            message += answer.header("location")
                    .map(VendorHttp::host)
                    .map(host -> " and has moved to " + host + ": change the address in the settings")
                    .orElse("");
        }
        return new ConnectorException(reason, message, after.orElse(null), null);
    }

    private ConnectorException fault(IOException e) {
        if (e instanceof NotSentException) {
            return new ConnectorException(
                    Reason.UNAVAILABLE, vendor + " cannot be reached: " + Trouble.of(e.getCause()), null, e);
        }
        if (e instanceof JsonProcessingException) {
            // Without the cause: a parser's message quotes the body.
            return new ConnectorException(Reason.UNCLEAR, vendor + " answered with something that is not its JSON");
        }
        if (e instanceof TooLongException) {
            return new ConnectorException(Reason.UNCLEAR, vendor + ": " + e.getMessage(), null, e);
        }
        return new ConnectorException(
                Reason.UNCLEAR, vendor + " was asked and the answer was lost: " + Trouble.of(e), null, e);
    }

    private static Answer answer(Response<?> response, @Nullable ResponseBody body) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String name : response.headers().names()) {
            headers.put(
                    name.toLowerCase(Locale.ROOT),
                    String.valueOf(response.headers().get(name)));
        }
        try (body) {
            return new Answer(response.code(), headers, body == null ? "" : body.string());
        }
    }

    private static String host(String location) {
        try {
            return String.valueOf(URI.create(location).getHost());
        } catch (IllegalArgumentException e) {
            return "an unreadable address";
        }
    }

    private static String basePath(URI base) {
        String path = base.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String shortened(String path, String base) {
        return path.startsWith(base) ? path.substring(base.length()) : "(another address)";
    }

    /** Builds a client. Not safe for use by many threads. */
    public static final class Builder {
        private final String vendor;
        private final URI base;
        private final Clock clock;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration readTimeout = Duration.ofSeconds(30);
        private Duration callTimeout = Duration.ofSeconds(65);
        private String userAgent = "Cordboard/0.1";
        private long maxBytes = 16L << 20;
        private FaultReader faults = FaultReader.NONE;

        private Builder(String vendor, URI base, Clock clock) {
            if (!base.getPath().endsWith("/")) {
                throw new IllegalArgumentException("an address of methods ends with /");
            }
            this.vendor = vendor;
            this.base = base;
            this.clock = clock;
        }

        /**
         * Limits the time to connect, to wait for more bytes, and for the whole exchange. The defaults are 5, 30 and 65
         * seconds.
         *
         * @param connect to connect
         * @param read between two bytes of the answer
         * @param whole for everything
         * @return this builder
         */
        public Builder timeouts(Duration connect, Duration read, Duration whole) {
            this.connectTimeout = connect;
            this.readTimeout = read;
            this.callTimeout = whole;
            return this;
        }

        /**
         * Limits an answer's length. The default is 16 MiB.
         *
         * @param bytes the most; at least 1
         * @return this builder
         */
        public Builder maxAnswerBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("an answer needs at least 1 byte: " + bytes);
            }
            this.maxBytes = bytes;
            return this;
        }

        /**
         * Says who asks. The default is {@code Cordboard/0.1}.
         *
         * @param text the header {@code User-Agent}
         * @return this builder
         */
        public Builder userAgent(String text) {
            this.userAgent = text;
            return this;
        }

        /**
         * Says who reads the vendor's own error messages. By default the HTTP status decides.
         *
         * @param reader the reader
         * @return this builder
         */
        public Builder faults(FaultReader reader) {
            this.faults = reader;
            return this;
        }

        /** {@return the client} */
        public VendorHttp build() {
            return new VendorHttp(this);
        }
    }
}
