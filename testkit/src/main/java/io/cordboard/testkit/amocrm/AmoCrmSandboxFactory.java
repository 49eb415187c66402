// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxFactory;
import io.cordboard.testkit.SandboxOptions;

/** Starts an {@link AmoCrmSandbox} by its name. */
public final class AmoCrmSandboxFactory implements SandboxFactory {
    /** Creates one; the ServiceLoader does. */
    public AmoCrmSandboxFactory() {}

    @Override
    public String vendor() {
        return "amocrm";
    }

    @Override
    public Sandbox start(SandboxOptions options) {
        return AmoCrmSandbox.start(options);
    }
}
