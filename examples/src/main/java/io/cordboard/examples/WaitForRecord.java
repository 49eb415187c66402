// SPDX-License-Identifier: Apache-2.0
package io.cordboard.examples;

import io.cordboard.AgentView;
import io.cordboard.Cordboard;
import io.cordboard.CordboardListener;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.playbook.CallCard;
import java.util.concurrent.CountDownLatch;

/** Is told of every change of a call, and opens the latch when the call's record is in the CRM. */
final class WaitForRecord implements CordboardListener {
    private final Cordboard cordboard;
    private final CountDownLatch latch;

    WaitForRecord(Cordboard cordboard, CountDownLatch latch) {
        this.cordboard = cordboard;
        this.latch = latch;
    }

    @Override
    public void callChanged(CallCard card) {
        boolean recorded = cordboard.outbox().of(card.call().id()).stream()
                .filter(delivery -> delivery.write() instanceof CrmWrite.LogCall)
                .anyMatch(delivery -> delivery.state() == Delivery.State.DONE);
        if (recorded) {
            latch.countDown();
        }
    }

    @Override
    public void agentChanged(AgentView view) {}
}
