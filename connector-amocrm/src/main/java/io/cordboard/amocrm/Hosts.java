// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which hosts an account may live on. What comes from outside is looked at here before a secret is sent there.
 * Immutable.
 */
final class Hosts {
    private static final List<String> VENDOR = List.of("amocrm.ru", "amocrm.com", "kommo.com");

    private final URI base;
    private final List<String> further;

    /**
     * Creates the rule of one account.
     *
     * @param base the configured address
     * @param further domains that are allowed besides the vendor's own
     */
    Hosts(URI base, List<String> further) {
        this.base = base;
        this.further = List.copyOf(further);
    }

    /** {@return the address of a host that an account may live on, by the same scheme as the configured one} */
    Optional<URI> address(String hostAndPort) {
        try {
            URI uri = URI.create(base.getScheme() + "://" + hostAndPort.strip().toLowerCase(Locale.ROOT) + "/");
            boolean plain = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getPath().equals("/");
            return plain && isAllowed(uri) ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return whether two addresses are of one host and port} */
    static boolean same(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost()) && one.getPort() == other.getPort();
    }

    private boolean isAllowed(URI uri) {
        if (same(uri, base)) {
            return true;
        }
        // The vendor's own hosts have no port of their own; further domains are named by whoever runs this.
        boolean vendors = uri.getPort() == -1 && VENDOR.stream().anyMatch(domain -> isBelow(uri.getHost(), domain));
        return vendors
                || further.stream().flatMap(Hosts::forms).anyMatch(domain -> isBelow(uri.getAuthority(), domain));
    }

    private static Stream<String> forms(String domain) {
        return Stream.of(domain.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isBelow(String host, String domain) {
        return host.equals(domain) || (host.endsWith("." + domain) && !host.equals("www." + domain));
    }
}
