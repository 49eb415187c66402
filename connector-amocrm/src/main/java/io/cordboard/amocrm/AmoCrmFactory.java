// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;

/** Makes connectors of type {@code amocrm}. */
public final class AmoCrmFactory implements ConnectorFactory {
    static final String TYPE = "amocrm";

    /** Creates a factory; there is nothing to tell it. */
    public AmoCrmFactory() {}

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
        return AmoCrm.create(context, AmoCrmSettings.read(settings));
    }
}
