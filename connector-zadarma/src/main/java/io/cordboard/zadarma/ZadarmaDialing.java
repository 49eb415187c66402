// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.pbx.Dialing;
import java.time.Clock;
import java.util.Map;

/** Orders callbacks: the agent's phone rings first, then the customer's. Safe for use by many threads. */
final class ZadarmaDialing implements Dialing {
    private final ZadarmaApi api;
    private final ZadarmaCallbacks callbacks;
    private final Clock clock;

    ZadarmaDialing(ZadarmaApi api, ZadarmaCallbacks callbacks, Clock clock) {
        this.api = api;
        this.callbacks = callbacks;
        this.clock = clock;
    }

    @Override
    public void dial(Order order) {
        String digits = ZadarmaMessages.digits(order.number());
        if (digits.length() < 3) {
            throw new ConnectorException(Reason.REFUSED, "this is no number that Zadarma could call");
        }
        // The webhooks may be here before the answer is; so the order is known before it is sent.
        callbacks.ordered(order.id(), order.agent(), digits, clock.instant());
        String extension = order.agent().number();
        String settingsOf = order.line() == null ? extension : order.line();
        try {
            api.order("/v1/request/callback/", Map.of("from", extension, "to", digits, "sip", settingsOf));
        } catch (ConnectorException e) {
            if (e.reason() != Reason.UNCLEAR) {
                callbacks.refused(order.id());
            }
            throw e.reason() == Reason.REFUSED ? refused(order, e) : e;
        }
    }

    /** Zadarma blames the number also when the extension is wrong. */
    private static ConnectorException refused(Order order, ConnectorException e) {
        return new ConnectorException(
                Reason.REFUSED,
                "Zadarma refused the call: check that extension " + order.agent()
                        + " exists in the PBX and that the number is complete",
                null,
                e);
    }
}
