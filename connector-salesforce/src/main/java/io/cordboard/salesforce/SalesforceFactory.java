// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;

/** Makes Salesforce connectors from settings files. */
public final class SalesforceFactory implements ConnectorFactory {
    static final String TYPE = "salesforce";

    /** Creates a factory; {@link java.util.ServiceLoader} does. */
    public SalesforceFactory() {}

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
        return Salesforce.create(context, SalesforceSettings.read(settings));
    }
}
