// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.util.List;
import java.util.stream.Collectors;

/** A section of a configuration is wrong; it names every mistake at once. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Creates an exception.
     *
     * @param problems at least one
     */
    public SettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** {@return every mistake} */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * One mistake. Immutable.
     *
     * @param key the key in the section, such as {@code oauth.clientId}
     * @param message what is wrong and what is allowed; never the value of a secret
     */
    public record Problem(String key, String message) {
        @Override
        public String toString() {
            return key + " " + message;
        }
    }
}
