// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.config.ServerConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What commands talk to. Immutable.
 *
 * @param out for what was asked for
 * @param err for everything else
 * @param environment the values of {@code ${NAME}} in configurations
 * @param clock the time
 */
record Console(PrintStream out, PrintStream err, Map<String, String> environment, Clock clock) {
    /** Copies the environment. */
    Console {
        environment = Map.copyOf(environment);
    }

    ServerConfig read(Path file) {
        return ConfigFile.read(file, environment::get);
    }

    @Override
    public String toString() {
        return "Console";
    }
}
