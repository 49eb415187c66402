// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.contact.Match;
import java.util.List;
import java.util.Optional;

/**
 * Whose number it is, as far as is known. Immutable.
 *
 * @param matches everybody who has the number, best first
 * @param source where the answer comes from
 */
public record Lookup(List<Match> matches, Source source) {
    /** Nobody is known. */
    public static final Lookup NOBODY = new Lookup(List.of(), Source.NONE);

    /** Copies the list. */
    public Lookup {
        matches = List.copyOf(matches);
    }

    /** {@return the best match, if there is one} */
    public Optional<Match> best() {
        return matches.stream().findFirst();
    }

    /** Where an answer comes from. */
    public enum Source {
        /** The directory's own memory. */
        DIRECTORY,
        /** A search in a CRM a short time ago. */
        CRM,
        /** Nobody knows the number. */
        NONE
    }
}
