// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.delivery.Delivery;

/** Deliveries as the API and the command line write them. */
public final class DeliveryJson {
    private DeliveryJson() {}

    /**
     * {@return a delivery without what it writes, which may name a customer}
     *
     * @param delivery the delivery
     */
    public static ObjectNode of(Delivery delivery) {
        return Json.object()
                .put("id", delivery.id())
                .put("account", delivery.account())
                .put("kind", kind(delivery))
                .put("call", delivery.write().call().toString())
                .put("state", delivery.state().name())
                .put("attempts", delivery.attempts())
                .put("createdAt", delivery.createdAt().toString())
                .put(
                        "nextAttempt",
                        delivery.state() == Delivery.State.PENDING
                                ? delivery.nextAt().toString()
                                : null)
                .put("reason", delivery.reason())
                .put("ref", delivery.ref());
    }

    /**
     * {@return a delivery with what it writes, so that a person can do it by hand}
     *
     * @param delivery the delivery
     */
    public static ObjectNode full(Delivery delivery) {
        return of(delivery).set("write", Json.MAPPER.valueToTree(delivery.write()));
    }

    private static String kind(Delivery delivery) {
        return delivery.write().getClass().getSimpleName();
    }
}
