// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxFactory;
import io.cordboard.testkit.SandboxOptions;

/** Starts a {@link MangoSandbox}. */
public final class MangoSandboxFactory implements SandboxFactory {
    @Override
    public String vendor() {
        return MangoSandbox.VENDOR;
    }

    @Override
    public Sandbox start(SandboxOptions options) {
        return MangoSandbox.start(options);
    }
}
