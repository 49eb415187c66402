// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
final class Logging {
    private Logging() {}

    static void tellEverything() {
        level("io.cordboard", Level.DEBUG);
    }

    static void onlyTrouble() {
        level("io.cordboard", Level.WARN);
    }

    private static void level(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }
}
