// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.playbook.CallCard;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who wants to see changes; one that fails does not keep the others from it. */
final class Listeners implements CordboardListener {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<CordboardListener> all = new CopyOnWriteArrayList<>();

    AutoCloseable add(CordboardListener listener) {
        all.add(listener);
        return () -> all.remove(listener);
    }

    @Override
    public void callChanged(CallCard card) {
        for (CordboardListener listener : all) {
            guarded(() -> listener.callChanged(card));
        }
    }

    @Override
    public void agentChanged(AgentView view) {
        for (CordboardListener listener : all) {
            guarded(() -> listener.agentChanged(view));
        }
    }

    // A listener is the application's code: whatever it throws must not stop a call.
    @SuppressWarnings("IllegalCatch")
    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener failed", e);
        }
    }
}
