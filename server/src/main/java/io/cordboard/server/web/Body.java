// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Reads what a client sends, and not more than is allowed. */
final class Body {
    static final int MOST = 1 << 20;

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
            byte[] body = in.readNBytes(MOST + 1);
            if (body.length > MOST) {
                throw tooLarge();
            }
            long announced = ctx.req().getContentLengthLong();
            if (announced >= 0 && body.length < announced) {
                throw ApiException.badRequest("the body broke off");
            }
            return body;
        } catch (IOException e) {
            throw new ApiException(408, "the body did not come completely in time");
        }
    }

    private static ApiException tooLarge() {
        return new ApiException(413, "the body is larger than 1 MiB");
    }
}
