// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import picocli.CommandLine.IVersionProvider;

/** Tells the version that the jar's manifest states. */
final class Version implements IVersionProvider {
    /** For picocli. */
    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {"cordboard " + current()};
    }

    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
