// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.Sandbox;
import io.cordboard.testkit.SandboxFactory;
import io.cordboard.testkit.SandboxOptions;

/** Starts a {@link SalesforceSandbox} by its name. */
public final class SalesforceSandboxFactory implements SandboxFactory {
    /** Creates one; the ServiceLoader does. */
    public SalesforceSandboxFactory() {}

    @Override
    public String vendor() {
        return "salesforce";
    }

    @Override
    public Sandbox start(SandboxOptions options) {
        return SalesforceSandbox.start(options);
    }
}
