// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.Cordboard;
import io.cordboard.delivery.Delivery;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outbox and its parked deliveries. */
final class DeliveriesApi {
    private static final List<String> STATES = List.of("pending", "parked", "done");

    private static final int MOST = 10_000;

    private final Cordboard cordboard;

    DeliveriesApi(Cordboard cordboard) {
        this.cordboard = cordboard;
    }

    void list(Context ctx) {
        Delivery.@Nullable State state = Params.choice(ctx, "state", STATES)
                .map(word -> Delivery.State.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(null);
        ObjectNode json = Json.object();
        ArrayNode deliveries = json.putArray("deliveries");
        cordboard
                .outbox()
                .list(state, Params.limit(ctx, 100, MOST))
                .forEach(delivery -> deliveries.add(DeliveryJson.of(delivery, cordboard)));
        Json.answer(ctx, 200, json);
    }

    /** What waits and what is parked, with its content. */
    void export(Context ctx) {
        ObjectNode json = Json.object();
        ArrayNode deliveries = json.putArray("deliveries");
        for (Delivery.State state : List.of(Delivery.State.PARKED, Delivery.State.PENDING)) {
            cordboard
                    .outbox()
                    .list(state, Integer.MAX_VALUE)
                    .forEach(delivery -> deliveries.add(DeliveryJson.full(delivery, cordboard)));
        }
        Json.answer(ctx, 200, json);
    }

    void retry(Context ctx) {
        long id = id(ctx.pathParam("id"));
        Delivery delivery = cordboard
                .outbox()
                .find(id)
                .orElseThrow(() -> ApiException.notFound(
                        "there is no delivery " + id, "/api/deliveries lists those that are there"));
        if (delivery.state() == Delivery.State.DONE) {
            throw new ApiException(409, "delivery " + id + " is done already", "there is nothing left to do");
        }
        cordboard.retry(id);
        Json.answer(ctx, 202, Json.object().put("retried", 1));
    }

    void retryAll(Context ctx) {
        Json.answer(ctx, 202, Json.object().put("retried", cordboard.retryAll()));
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("a delivery's id is a whole number");
        }
    }
}
