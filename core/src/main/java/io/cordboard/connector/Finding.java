// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

/**
 * One line of a configuration check. Immutable.
 *
 * @param grade how bad it is
 * @param what what was found
 * @param where where: an account, a key, a URL without its secret
 * @param advice what to do; empty when nothing
 */
public record Finding(Grade grade, String what, String where, String advice) {
    /**
     * {@return something that is right}
     *
     * @param what what was found
     * @param where where
     */
    public static Finding ok(String what, String where) {
        return new Finding(Grade.OK, what, where, "");
    }

    /**
     * {@return something that works but should be changed}
     *
     * @param what what was found
     * @param where where
     * @param advice what to do
     */
    public static Finding warn(String what, String where, String advice) {
        return new Finding(Grade.WARN, what, where, advice);
    }

    /**
     * {@return something that does not work}
     *
     * @param what what was found
     * @param where where
     * @param advice what to do
     */
    public static Finding fail(String what, String where, String advice) {
        return new Finding(Grade.FAIL, what, where, advice);
    }

    /** How bad a finding is. */
    public enum Grade {
        /** Right. */
        OK,
        /** Works, but should be changed. */
        WARN,
        /** Does not work. */
        FAIL
    }
}
