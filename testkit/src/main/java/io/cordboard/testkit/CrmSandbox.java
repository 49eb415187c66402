// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

/** A CRM on this machine, whose books can be compared with what happened on the line. */
public interface CrmSandbox extends Sandbox {
    /** {@return what it holds, and what people do there by hand} */
    CrmBooks books();

    /** {@return how many HTTP requests came} */
    long requests();
}
