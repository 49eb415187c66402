// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;

/** Makes a {@link Zadarma} from a settings file. */
public final class ZadarmaFactory implements ConnectorFactory {
    @Override
    public String type() {
        return Zadarma.VENDOR;
    }

    @Override
    public Kind kind() {
        return Kind.PBX;
    }

    @Override
    public Connector create(ConnectorContext context, Settings settings) {
        return Zadarma.create(context, ZadarmaSettings.read(settings));
    }
}
