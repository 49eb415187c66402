// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.DialRequests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clicks on numbers, as the account's own widget for Asterisk tells them: the user's browser loads a script from here
 * ({@code _login}, {@code _secret}, {@code _action}, {@code from}, {@code to}).
 */
final class AmoClicks implements DialRequests {
    private static final Logger log = LoggerFactory.getLogger(AmoClicks.class);
    private static final Duration SAME_CLICK = Duration.ofSeconds(5);
    private static final int CLICKS_KEPT = 1000;
    private static final int LONGEST = 64;

    private final ConnectorContext context;
    private final AmoCrmSettings.Events settings;
    private final AtomicLong last = new AtomicLong();
    private final LongAdder taken = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, Instant> clicks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > CLICKS_KEPT;
        }
    };

    private volatile DialRequests.@Nullable Listener listener;

    AmoClicks(ConnectorContext context, AmoCrmSettings.Events settings) {
        this.context = context;
        this.settings = settings;
    }

    @Override
    public void tell(DialRequests.Listener told) {
        listener = told;
    }

    boolean isSetUp() {
        return settings.secret().isPresent();
    }

    Map<String, Long> counts() {
        return Map.of("clicks_taken", taken.sum(), "clicks_repeated", repeated.sum(), "clicks_refused", refused.sum());
    }

    /** {@return the script that the browser runs} */
    Webhook.Response answer(Map<String, String> query) {
        if (!isRight(settings.login().orElse(""), query.getOrDefault("_login", ""))
                || !isRight(settings.secret().orElse(""), query.getOrDefault("_secret", ""))) {
            refused.increment();
            log.warn("amocrm {}: a click with a wrong login or secret was refused", context.account());
            return Webhook.Response.text(403, "wrong login or secret");
        }
        return switch (query.getOrDefault("_action", "")) {
            case "status" -> script("{\"status\":\"ok\",\"action\":\"status\",\"data\":[]}");
            case "cdr" -> script("{\"status\":\"ok\",\"action\":\"cdr\",\"data\":[]}");
            case "call" -> call(query.getOrDefault("from", ""), query.getOrDefault("to", ""));
            default -> script("{\"status\":\"error\",\"code\":\"UNKNOWN_ACTION\"}");
        };
    }

    private Webhook.Response call(String from, String to) {
        DialRequests.Listener told = listener;
        boolean readable = !from.isBlank() && !to.isBlank() && from.length() <= LONGEST && to.length() <= LONGEST;
        if (told == null || !readable) {
            return script("{\"status\":\"error\",\"action\":\"call\",\"code\":\"BAD_REQUEST\"}");
        }
        if (isRepeated(from + " " + to)) {
            repeated.increment();
        } else {
            taken.increment();
            String user = settings.users().getOrDefault(from.strip(), from.strip());
            told.clicked(new Click(context.account(), nextRef(), user, to.strip(), null, null));
        }
        return script("{\"status\":\"ok\",\"action\":\"call\"}");
    }

    /** The widget gives a click no id of its own. */
    private String nextRef() {
        long now = context.clock().instant().toEpochMilli();
        return "click-" + last.updateAndGet(before -> Math.max(before + 1, now));
    }

    private boolean isRepeated(String what) {
        Instant now = context.clock().instant();
        synchronized (clicks) {
            Instant before = clicks.get(what);
            if (before != null && before.plus(SAME_CLICK).isAfter(now)) {
                return true;
            }
            clicks.remove(what);
            clicks.put(what, now);
            return false;
        }
    }

    private static boolean isRight(String expected, String given) {
        return !expected.isEmpty()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static Webhook.Response script(String json) {
        return new Webhook.Response(
                200, "text/javascript; charset=utf-8", ("asterisk_cb(" + json + ");").getBytes(StandardCharsets.UTF_8));
    }
}
