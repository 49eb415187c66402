// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The sandboxes that are on the class path. */
public final class Sandboxes {
    private Sandboxes() {}

    /**
     * {@return a vendor's sandbox, listening}
     *
     * @param vendor the vendor's name, such as {@code bitrix24}
     * @param options how it should be
     * @throws IllegalArgumentException naming the vendors that there are, when it is none of them
     */
    public static Sandbox start(String vendor, SandboxOptions options) {
        return ServiceLoader.load(SandboxFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.vendor().equals(vendor))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no sandbox of \"" + vendor
                        + "\"; there is one of " + vendors().stream().collect(Collectors.joining(", "))))
                .start(options);
    }

    /** {@return the names of the vendors that there is a sandbox of, sorted} */
    public static List<String> vendors() {
        return ServiceLoader.load(SandboxFactory.class).stream()
                .map(provider -> provider.get().vendor())
                .sorted()
                .toList();
    }
}
