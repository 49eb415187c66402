// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.net.URI;

/** A token that lives for years and cannot be renewed. Immutable. */
final class LongLivedAccess implements Access {
    private final Pass pass;

    LongLivedAccess(URI base, String token) {
        this.pass = new Pass(base, token);
    }

    @Override
    public Pass pass() {
        return pass;
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
    public URI pages() {
        return pass.base();
    }
}
