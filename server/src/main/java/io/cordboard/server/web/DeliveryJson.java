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
    static ObjectNode of(Delivery delivery) {
        return Json.object()
                .put("id", delivery.id())
                .put("account", delivery.account())
                .put("kind", kind(delivery))
                .put("call", delivery.write().call().toString())
                .put("state", delivery.state().name())
                .put("attempts", delivery.attempts())
                .put("createdAt", delivery.createdAt().toString())
                .put("nextAttempt", delivery.state() == Delivery.State.PENDING ? delivery.nextAt().toString() : null)
                .put("reason", delivery.reason())
                .put("ref", delivery.ref());
    }

    /**
     * {@return a delivery as one line of JSON}
     *
     * @param delivery the delivery
     */
    public static String line(Delivery delivery) {
        return Json.text(of(delivery));
    }

    private static String kind(Delivery delivery) {
        return delivery.write().getClass().getSimpleName();
    }
}
