// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads what a client sends, and not more than is allowed. */
final class Body {
    static final int MOST = 1 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Body() {}

    /**
     * {@return the body}
     *
     * @throws ApiException with 413 when it is too large, 408 when it does not come, 400 when it breaks off
     */
    static byte[] read(Context ctx) {
        if (ctx.req().getContentLengthLong() > MOST) {
            throw tooLarge();
        }
        try (InputStream in = ctx.req().getInputStream()) {
            byte[] body = read(in);
            long announced = ctx.req().getContentLengthLong();
            if (announced >= 0 && body.length < announced) {
                throw ApiException.badRequest("the body broke off");
            }
            return body;
        } catch (IOException e) {
            throw new ApiException(408, "the body did not come completely in time", "send it again");
        }
    }

    /** A client that sends one byte now and then would hold a thread for as long as it likes. */
    private static byte[] read(InputStream in) throws IOException {
        long begin = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            body.write(buffer, 0, count);
            if (body.size() > MOST) {
                throw tooLarge();
            }
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new ApiException(408, "the body did not come completely in time", "send it again");
            }
        }
        return body.toByteArray();
    }

    private static ApiException tooLarge() {
        return new ApiException(413, "the body is larger than 1 MiB", "send less at once");
    }
}
