// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

/** Says what went wrong without its message, which may quote what Asterisk said: numbers and names of customers. */
final class Where {
    private Where() {}

    /** {@return the exception's class and the place that threw it} */
    static String of(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
