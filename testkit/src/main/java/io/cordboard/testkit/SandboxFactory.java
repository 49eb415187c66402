// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

/** Starts one vendor's sandbox. Found by {@link java.util.ServiceLoader}; {@link Sandboxes} is the way in. */
public interface SandboxFactory {
    /** {@return the vendor's name as configuration files write it, such as {@code bitrix24}} */
    String vendor();

    /**
     * {@return a sandbox that listens}
     *
     * @param options how it should be
     */
    Sandbox start(SandboxOptions options);
}
