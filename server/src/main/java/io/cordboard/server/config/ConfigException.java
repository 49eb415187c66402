// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration is wrong; it names every mistake at once. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Creates an exception.
     *
     * @param problems at least one
     */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** {@return every mistake, in the order of the file} */
    public List<Problem> problems() {
        return problems;
    }
}
