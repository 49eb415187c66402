// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import java.util.concurrent.locks.LockSupport;

/** Does something when the process is told to stop, until it is closed. */
final class Closing implements AutoCloseable {
    private final Thread hook;

    private Closing(Runnable action) {
        this.hook = new Thread(action, "curtain");
    }

    static Closing onSignal(Runnable action) {
        Closing closing = new Closing(action);
        Runtime.getRuntime().addShutdownHook(closing.hook);
        return closing;
    }

    /** While the process stops this does not return: what fails because of that is no news. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            while (true) {
                LockSupport.park();
            }
        }
    }
}
