// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxFactory;
import io.cordboard.testkit.SandboxOptions;

/** Starts Asterisk's sandbox by its name. */
public final class AsteriskSandboxFactory implements SandboxFactory {
    @Override
    public String vendor() {
        return "asterisk";
    }

    @Override
    public Sandbox start(SandboxOptions options) {
        return new AsteriskSandbox(options);
    }
}
