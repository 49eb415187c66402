// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

/**
 * Makes a connector from a settings file. Found by {@link java.util.ServiceLoader} and {@link #type()}.
 *
 * <p>Whoever configures in Java uses the connector's own builder instead.
 */
public interface ConnectorFactory {
    /** {@return the value of the key {@code type} in configuration files, such as {@code zadarma}} */
    String type();

    /** {@return which list of the configuration it belongs into} */
    Kind kind();

    /**
     * {@return a connector that is not started}
     *
     * @param context what it is given
     * @param settings its section of the configuration
     * @throws SettingsException with every mistake of the section at once
     */
    Connector create(ConnectorContext context, Settings settings);

    /** Which side of the board a connector is on. */
    enum Kind {
        /** A telephone system. */
        PBX,
        /** A customer relationship management system. */
        CRM
    }
}
