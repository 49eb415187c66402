// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.util.concurrent.locks.LockSupport;

/** Does something when the process is told to stop, until that is forgotten. */
final class StopSignal {
    private final Thread hook;

    private StopSignal(Runnable action) {
        this.hook = new Thread(action, "curtain");
    }

    static StopSignal onStop(Runnable action) {
        StopSignal signal = new StopSignal(action);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** While the process stops this does not return: what fails because of that is no news. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            while (true) {
                LockSupport.park();
            }
        }
    }
}
