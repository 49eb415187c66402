// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.Cordboard;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Pages;
import io.cordboard.delivery.Delivery;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Deliveries as the API and the command line write them. */
public final class DeliveryJson {
    private DeliveryJson() {}

    /**
     * {@return a delivery without what it writes, which may name a customer}
     *
     * @param delivery the delivery
     * @param cordboard knows where in the CRM it is
     */
    public static ObjectNode of(Delivery delivery, Cordboard cordboard) {
        ObjectNode json = Json.object()
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
                .put("ref", delivery.ref())
                .put("url", url(delivery, cordboard));
        if (delivery.write() instanceof CrmWrite.Escalate escalation) {
            // Whoever handed a ticket on wants to see where to; unlike the note, a department names no customer.
            json.put("department", escalation.department());
        }
        return json;
    }

    /**
     * {@return a delivery with what it writes, so that a person can do it by hand}
     *
     * @param delivery the delivery
     * @param cordboard knows where in the CRM it is
     */
    public static ObjectNode full(Delivery delivery, Cordboard cordboard) {
        return of(delivery, cordboard).set("write", Json.MAPPER.valueToTree(delivery.write()));
    }

    /** {@return the CRM's own page of what was written, or null} */
    static @Nullable String url(Delivery delivery, Cordboard cordboard) {
        String ref = delivery.ref();
        if (ref == null) {
            return null;
        }
        return cordboard
                .connector(delivery.account())
                .flatMap(crm -> crm.role(Pages.class))
                .flatMap(pages -> pages.page(delivery.write(), ref))
                .map(URI::toString)
                .orElse(null);
    }

    private static String kind(Delivery delivery) {
        return delivery.write().getClass().getSimpleName();
    }
}
