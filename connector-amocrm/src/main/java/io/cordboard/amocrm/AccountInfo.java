// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cordboard.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the account says of itself; asked for once in an hour. Safe for use by many threads. */
final class AccountInfo {
    private static final Duration KEPT = Duration.ofHours(1);
    static final String PATH = "api/v4/account?with=task_types,datetime_settings,is_api_filter_enabled";

    private final AmoApi api;
    private final Clock clock;
    private volatile JsonNode known = MissingNode.getInstance();
    private volatile Instant until = Instant.EPOCH;

    AccountInfo(AmoApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** {@return why the account could not be asked, if it is not known} */
    @Nullable
    Fault learn(Traffic traffic) {
        if (clock.instant().isBefore(until)) {
            return null;
        }
        Reply reply = api.get(traffic, PATH);
        if (reply.fault() != null) {
            return known.isObject() ? null : reply.fault();
        }
        known = reply.body();
        until = clock.instant().plus(KEPT);
        return null;
    }

    /** {@return whether incoming leads are in use; only a plain no counts} */
    boolean takesUnsorted() {
        JsonNode on = known.path("is_unsorted_on");
        return !(on.isBoolean() && !on.asBoolean());
    }

    String currentUser() {
        return Json.text(known, "current_user_id");
    }

    /** {@return the account's number, or empty when it is not known yet} */
    String id() {
        return Json.text(known, "id");
    }
}
