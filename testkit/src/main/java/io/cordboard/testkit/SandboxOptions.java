// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.time.Clock;

/**
 * How a sandbox should be. Start from {@link #DEFAULTS} and change what matters. Immutable.
 *
 * @param port the port to listen on, on the loopback address only; 0 for any that is free
 * @param contacts how many contacts a CRM holds at the start
 * @param seed what contacts and faults are drawn from: the same seed, the same sandbox
 * @param tls whether to speak HTTPS, with a certificate made at the start and signed by nobody
 * @param strict whether to refuse what the vendor's documents refuse, even where the field reports that it works
 * @param limits whether the vendor's rate limits hold
 * @param clock the time
 */
public record SandboxOptions(
        int port, int contacts, long seed, boolean tls, boolean strict, boolean limits, Clock clock) {
    /** Any port, 20 contacts, seed 1, plain HTTP, not strict, with rate limits. */
    public static final SandboxOptions DEFAULTS = new SandboxOptions(0, 20, 1, false, false, true, Clock.systemUTC());

    /** Checks the numbers. */
    public SandboxOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (contacts < 0) {
            throw new IllegalArgumentException("contacts must not be negative: " + contacts);
        }
    }

    /**
     * {@return these options with another port}
     *
     * @param value 0 for any that is free
     */
    public SandboxOptions withPort(int value) {
        return new SandboxOptions(value, contacts, seed, tls, strict, limits, clock);
    }

    /**
     * {@return these options with another number of contacts}
     *
     * @param value how many
     */
    public SandboxOptions withContacts(int value) {
        return new SandboxOptions(port, value, seed, tls, strict, limits, clock);
    }

    /**
     * {@return these options with another seed}
     *
     * @param value the seed
     */
    public SandboxOptions withSeed(long value) {
        return new SandboxOptions(port, contacts, value, tls, strict, limits, clock);
    }

    /**
     * {@return these options with or without TLS}
     *
     * @param value whether to speak HTTPS
     */
    public SandboxOptions withTls(boolean value) {
        return new SandboxOptions(port, contacts, seed, value, strict, limits, clock);
    }

    /**
     * {@return these options with or without strictness}
     *
     * @param value whether to refuse what the vendor's documents refuse
     */
    public SandboxOptions withStrict(boolean value) {
        return new SandboxOptions(port, contacts, seed, tls, value, limits, clock);
    }

    /**
     * {@return these options with or without the vendor's rate limits}
     *
     * @param value whether they hold
     */
    public SandboxOptions withLimits(boolean value) {
        return new SandboxOptions(port, contacts, seed, tls, strict, value, clock);
    }

    /**
     * {@return these options with another clock}
     *
     * @param value the time
     */
    public SandboxOptions withClock(Clock value) {
        return new SandboxOptions(port, contacts, seed, tls, strict, limits, value);
    }
}
