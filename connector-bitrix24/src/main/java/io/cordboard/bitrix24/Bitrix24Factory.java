// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;

/** Makes Bitrix24 connectors from settings files. */
public final class Bitrix24Factory implements ConnectorFactory {
    static final String TYPE = "bitrix24";

    /** Creates a factory; {@link java.util.ServiceLoader} does. */
    public Bitrix24Factory() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Kind kind() {
        return Kind.CRM;
    }

    @Override
    public Connector create(ConnectorContext context, Settings settings) {
        return Bitrix24.create(context, Bitrix24Settings.read(settings));
    }
}
