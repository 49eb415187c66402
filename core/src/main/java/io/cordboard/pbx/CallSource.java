// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

/** Where calls come from: a PBX that tells what happens, as it happens. */
public interface CallSource {
    /**
     * Says who is to be told. Called once, before the connector starts.
     *
     * @param sink who is told
     */
    void tell(CallSink sink);
}
