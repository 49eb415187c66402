// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxFactory;
import io.cordboard.testkit.SandboxOptions;

/** Starts a {@link Bitrix24Sandbox} by its name. */
public final class Bitrix24SandboxFactory implements SandboxFactory {
    /** Creates one; the ServiceLoader does. */
    public Bitrix24SandboxFactory() {}

    @Override
    public String vendor() {
        return "bitrix24";
    }

    @Override
    public Sandbox start(SandboxOptions options) {
        return Bitrix24Sandbox.start(options);
    }
}
