// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import io.cordboard.connector.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The networks from which webhooks may come; none given, all may. Immutable.
 *
 * @param networks such as {@code 185.45.152.40/30}
 */
public record Senders(List<Network> networks) {
    /** Copies the list. */
    public Senders {
        networks = List.copyOf(networks);
    }

    /**
     * {@return the networks that a section of a configuration names}
     *
     * @param settings the section
     * @param key the key of the list
     */
    public static Senders read(Settings settings, String key) {
        List<Network> networks = new ArrayList<>();
        for (String text : settings.texts(key)) {
            Network.read(text)
                    .ifPresentOrElse(
                            networks::add,
                            () -> settings.problem(
                                    key, "must be networks such as 185.45.152.40/30, but has \"" + text + "\""));
        }
        return new Senders(networks);
    }

    /**
     * {@return whether a sender may come}
     *
     * @param address such as {@code 185.45.152.42}
     */
    public boolean allows(String address) {
        return networks.isEmpty()
                || bytes(address)
                        .filter(sender -> networks.stream().anyMatch(network -> network.holds(sender)))
                        .isPresent();
    }

    /** {@return the bytes of an address; empty when the text is no address. Never asks a name server} */
    private static Optional<byte[]> bytes(String text) {
        if (!Network.ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * A network. Immutable.
     *
     * @param base the bytes of its first address
     * @param prefix how many leading bits count
     */
    public record Network(List<Byte> base, int prefix) {
        // Exactly what Java reads without asking a name server.
        private static final Pattern ADDRESS = Pattern.compile(
                "(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

        /** Copies the bytes. */
        public Network {
            base = List.copyOf(base);
        }

        /**
         * {@return the network that a text such as {@code 185.45.152.40/30} or {@code 10.0.0.1} means}
         *
         * @param text the text
         */
        public static Optional<Network> read(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            return bytes(address).flatMap(bytes -> {
                int bits = bytes.length * 8;
                try {
                    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
                    return prefix < 0 || prefix > bits
                            ? Optional.empty()
                            : Optional.of(new Network(boxed(bytes), prefix));
                } catch (NumberFormatException e) {
                    return Optional.empty();
                }
            });
        }

        boolean holds(byte[] address) {
            if (address.length != base.size()) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (base.get(bit / 8) & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static List<Byte> boxed(byte[] bytes) {
            Byte[] all = new Byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                all[i] = bytes[i];
            }
            return List.of(all);
        }
    }
}
