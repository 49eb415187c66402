// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.internal.ManagerConnectionImpl;

/**
 * One connection of asterisk-java: made once, never made again by itself.
 *
 * <p>asterisk-java makes a broken connection again on a thread of its own, beside the one who looks after it here; what
 * Asterisk said on such a connection would be lost when it is given up. And it asks for the version up to eight times
 * after the login, which takes half a minute where nobody answers, and only serves versions before 1.2.
 */
final class AmiConnection extends ManagerConnectionImpl {
    /** How many times longer than a connection may be silent that has answered before. */
    private static final int PATIENCE = 4;

    private final AtomicBoolean made = new AtomicBoolean();

    AmiConnection(AsteriskSettings settings) {
        AsteriskSettings.Ami ami = settings.ami();
        AsteriskSettings.Timing timing = settings.timing();
        setHostname(ami.address().host());
        setPort(ami.address().port());
        setUsername(ami.username());
        setPassword(ami.secret());
        setDefaultResponseTimeout(timing.answer().toMillis());
        setSocketTimeout((int) timing.answer().toMillis());
        setSocketReadTimeout((int) timing.silence().multipliedBy(PATIENCE).toMillis());
    }

    @Override
    protected void connect() throws IOException {
        if (made.getAndSet(true)) {
            throw new IOException("this connection is over");
        }
        super.connect();
    }

    @Override
    protected AsteriskVersion determineVersion() {
        return AsteriskVersion.DEFAULT_VERSION;
    }
}
