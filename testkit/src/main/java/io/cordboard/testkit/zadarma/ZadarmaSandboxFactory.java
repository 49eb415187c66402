// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.zadarma;

import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxFactory;
import io.cordboard.testkit.SandboxOptions;

/** Starts a {@link ZadarmaSandbox}. */
public final class ZadarmaSandboxFactory implements SandboxFactory {
    @Override
    public String vendor() {
        return ZadarmaSandbox.VENDOR;
    }

    @Override
    public Sandbox start(SandboxOptions options) {
        return ZadarmaSandbox.start(options);
    }
}
