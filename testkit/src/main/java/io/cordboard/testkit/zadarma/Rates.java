// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.SandboxReply;
import java.time.Clock;
import java.util.Map;

/** The two rates of an account: 100 requests a minute, and 3 a minute for statistics. */
final class Rates {
    private final Clock clock;
    private final Bucket general = new Bucket(100);
    private final Bucket statistics = new Bucket(3);

    Rates(Clock clock) {
        this.clock = clock;
    }

    synchronized Ticket take(String path) {
        Bucket bucket = path.startsWith("/v1/statistics/") ? statistics : general;
        return bucket.take(clock.instant().getEpochSecond());
    }

    synchronized void reset() {
        general.used = 0;
        statistics.used = 0;
    }

    /**
     * One request's place in its minute.
     *
     * @param allowed whether there was one left
     * @param headers what the answer says about it
     */
    record Ticket(boolean allowed, Map<String, String> headers) {
        Ticket {
            headers = Map.copyOf(headers);
        }

        SandboxReply on(SandboxReply reply) {
            SandboxReply marked = reply;
            for (Map.Entry<String, String> header : headers.entrySet()) {
                marked = marked.withHeader(header.getKey(), header.getValue());
            }
            return marked;
        }
    }

    private static final class Bucket {
        private final int size;
        private long since;
        private int used;

        Bucket(int size) {
            this.size = size;
        }

        Ticket take(long now) {
            if (now - since >= 60) {
                since = now;
                used = 0;
            }
            boolean allowed = used < size;
            used = Math.min(size, used + 1);
            return new Ticket(
                    allowed,
                    Map.of(
                            "X-RateLimit-Limit",
                            Integer.toString(size),
                            "X-RateLimit-Remaining",
                            Integer.toString(size - used),
                            "X-RateLimit-Reset",
                            Long.toString(since + 60)));
        }
    }
}
