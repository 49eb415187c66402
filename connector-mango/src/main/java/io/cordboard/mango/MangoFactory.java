// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;

/** Makes a {@link Mango} from a settings file. */
public final class MangoFactory implements ConnectorFactory {
    @Override
    public String type() {
        return Mango.VENDOR;
    }

    @Override
    public Kind kind() {
        return Kind.PBX;
    }

    @Override
    public Connector create(ConnectorContext context, Settings settings) {
        return Mango.create(context, MangoSettings.read(settings));
    }
}
