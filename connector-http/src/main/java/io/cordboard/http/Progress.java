// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;

/** How far one request got. Safe for use by many threads. */
final class Progress {
    private volatile boolean sent;

    boolean sent() {
        return sent;
    }

    static EventListener listener(Call call) {
        Progress progress = call.request().tag(Progress.class);
        return progress == null ? EventListener.NONE : progress.new Watcher();
    }

    static Request watched(Request request) {
        return request.newBuilder().tag(Progress.class, new Progress()).build();
    }

    /** Marks the request as sent when its first byte may have left. */
    private final class Watcher extends EventListener {
        @Override
        public void requestHeadersStart(Call call) {
            sent = true;
        }
    }
}
