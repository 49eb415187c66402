// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Around every request: who sends it, how long an answer may be, and one line in the log without secrets. */
final class Wire implements Interceptor {
    private static final Logger log = LoggerFactory.getLogger(VendorHttp.class);

    private final String vendor;
    private final String userAgent;
    private final long maxBytes;
    private final UnaryOperator<String> pathName;
    private final RequestCounts counts;

    Wire(String vendor, String userAgent, long maxBytes, UnaryOperator<String> pathName, RequestCounts counts) {
        this.counts = counts;
        this.vendor = vendor;
        this.userAgent = userAgent;
        this.maxBytes = maxBytes;
        this.pathName = pathName;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        long began = System.nanoTime();
        try {
            Response response = proceed(
                    chain, request.newBuilder().header("User-Agent", userAgent).build());
            counts.answered(response.code(), System.nanoTime() - began);
            note(request, Integer.toString(response.code()), began);
            return response.newBuilder()
                    .body(new BoundedBody(response.body(), maxBytes))
                    .build();
        } catch (IOException e) {
            Progress progress = request.tag(Progress.class);
            boolean sent = progress == null || progress.sent();
            counts.failed(sent, System.nanoTime() - began);
            note(request, sent ? "no answer" : "not sent", began);
            throw sent ? e : new NotSentException(e);
        }
    }

    /** OkHttp's language has no checked exceptions, so that it declares none for a thread that is interrupted. */
    private static Response proceed(Chain chain, Request request) throws IOException {
        try {
            return interruptibly(chain, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("stopped");
            stopped.initCause(e);
            throw stopped;
        }
    }

    @SuppressWarnings("RedundantThrows")
    private static Response interruptibly(Chain chain, Request request) throws IOException, InterruptedException {
        return chain.proceed(request);
    }

    private void note(Request request, String how, long began) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "{} {} {}: {}, {} ms",
                    vendor,
                    request.method(),
                    pathName.apply(request.url().encodedPath()),
                    how,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }

    /** A body that ends with an error when it is too long. */
    private static final class BoundedBody extends ResponseBody {
        private final ResponseBody body;
        private final BufferedSource source;

        BoundedBody(ResponseBody body, long maxBytes) {
            this.body = body;
            this.source = Okio.buffer(new ForwardingSource(body.source()) {
                private long read;

                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                    long count = super.read(sink, byteCount);
                    read += Math.max(0, count);
                    if (read > maxBytes) {
                        throw new TooLongException(maxBytes);
                    }
                    return count;
                }
            });
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
