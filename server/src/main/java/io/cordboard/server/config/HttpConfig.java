// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code http}. {@link #toString()} hides the token. Immutable.
 *
 * @param listen where the server listens
 * @param publicUrl what vendors call, without a slash at its end, if it is another than this machine's
 * @param token the bearer token of the API and the desk, if there is one
 * @param trustedProxies the addresses whose {@code X-Forwarded-For} is believed
 */
public record HttpConfig(
        InetSocketAddress listen, Optional<URI> publicUrl, Optional<String> token, List<String> trustedProxies) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|(0:){7}1)]");

    /** Copies the list. */
    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** {@return whether others than programs on this machine are meant to reach the server} */
    public boolean isPublic() {
        return publicUrl.filter(url -> !isLoopback(url.getHost())).isPresent();
    }

    /**
     * {@return whether a host always is the machine that asks for it}
     *
     * @param host such as {@code localhost} or {@code [::1]}, without a port
     */
    public static boolean isLoopback(@Nullable String host) {
        return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** {@return the address below which vendors reach the server; not known while any free port will do} */
    public Optional<URI> base() {
        return publicUrl.or(() -> listen.getPort() == 0 ? Optional.empty() : Optional.of(localUrl()));
    }

    /** {@return an address at which a program on this machine reaches the server} */
    public URI localUrl() {
        return localUrl(listen.getPort());
    }

    /**
     * {@return an address at which a program on this machine reaches the server}
     *
     * @param port the port that was really taken
     */
    public URI localUrl(int port) {
        String host = listen.getAddress() == null || listen.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : listen.getHostString();
        return URI.create("http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port);
    }

    @Override
    public String toString() {
        return "http " + listen;
    }
}
