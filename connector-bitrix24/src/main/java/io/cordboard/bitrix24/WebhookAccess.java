// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.net.URI;
import java.util.Optional;

/**
 * An inbound webhook: the secret is part of the address. Immutable.
 *
 * @param methods the address, ends with {@code /}
 */
record WebhookAccess(URI methods) implements Access {
    @Override
    public Optional<String> token() {
        return Optional.empty();
    }

    @Override
    public boolean renew(String refused) {
        return false;
    }

    @Override
    public boolean needsPerson() {
        return false;
    }

    @Override
    public boolean isApp() {
        return false;
    }

    @Override
    public URI pages() {
        return methods.resolve("/");
    }

    @Override
    public String toString() {
        return "webhook of " + methods.getHost();
    }
}
