// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;

/** Makes an {@link Asterisk} from a settings file. */
public final class AsteriskFactory implements ConnectorFactory {
    @Override
    public String type() {
        return "asterisk";
    }

    @Override
    public Kind kind() {
        return Kind.PBX;
    }

    @Override
    public Connector create(ConnectorContext context, Settings settings) {
        AsteriskSettings read = AsteriskSettings.read(settings);
        settings.finish();
        return Asterisk.create(context, read);
    }
}
