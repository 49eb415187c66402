// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.net.URI;
import java.util.Optional;

/** How requests get into the portal. Safe for use by many threads. */
interface Access {
    /** {@return where the methods are now, ends with {@code /}; may renew tokens first} */
    URI methods();

    /** {@return the access token that requests carry, if they carry one} */
    Optional<String> token();

    /** {@return whether there is another token than the one that the portal refused} */
    boolean renew(String refused);

    /** {@return whether a person has to give the permission again} */
    boolean needsPerson();

    /** {@return whether requests come from an installed app, which may do more than a webhook} */
    boolean isApp();

    /** {@return the portal's pages, ends with {@code /}} */
    URI pages();
}
