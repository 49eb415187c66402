// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import java.io.PrintStream;

/** Shows how far a sync is, on a terminal only. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintStream err;
    private final String what;
    private final boolean terminal;

    // Newer Java has a console even without a terminal; a bar in a log file does no harm.
    @SuppressWarnings("SystemConsoleNull")
    ProgressBar(PrintStream err, String what) {
        this.terminal = System.console() != null;
        this.err = err;
        this.what = what;
    }

    /** Shows how many there are so far, and of how many; -1 when not known. */
    void show(long done, long total) {
        if (!terminal) {
            return;
        }
        if (total <= 0) {
            err.print("\r" + what + ": " + done + " contacts");
        } else {
            int full = (int) Math.min(WIDTH, WIDTH * done / total);
            err.print("\r" + what + ": [" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + done + " of " + total);
        }
        err.flush();
    }

    void clear() {
        if (terminal) {
            err.print("\r" + " ".repeat(80) + "\r");
            err.flush();
        }
    }
}
