// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import java.net.URI;

/** How requests get into the account. Safe for use by many threads. */
interface Access {
    /**
     * {@return what the next request needs}
     *
     * @throws io.cordboard.connector.ConnectorException when there is no permission now
     */
    Pass pass();

    /**
     * {@return whether there is another token than the one that was refused}
     *
     * @throws io.cordboard.connector.ConnectorException when there was no answer to the question for one
     */
    boolean renew(String refused);

    /**
     * {@return whether the account lives on another host now; asks for it, but not again and again}
     *
     * @param from where a request did not find it
     */
    default boolean hasMoved(URI from) {
        return false;
    }

    /** {@return whether a person has to give the permission again} */
    boolean needsPerson();

    /** {@return the account's own address, where people find its pages; ends with a slash} */
    URI pages();

    /**
     * Where and with what. {@link #toString()} hides the token. Immutable.
     *
     * @param base the account's address; ends with a slash
     * @param token the access token
     */
    record Pass(URI base, String token) {
        @Override
        public String toString() {
            return "Pass[" + base.getHost() + "]";
        }
    }
}
