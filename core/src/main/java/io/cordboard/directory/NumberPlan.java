// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.call.PhoneNumber;
import java.util.List;

/** Reads telephone numbers as people and machines write them. Immutable; safe for use by many threads. */
public final class NumberPlan {
    private final String region;

    /**
     * Creates a plan.
     *
     * @param region the default region of national numbers, ISO 3166, such as {@code RU}
     */
    public NumberPlan(String region) {
        this.region = region;
    }

    /**
     * {@return what a text of one number is, in the default region}
     *
     * @param text as a PBX or a person wrote it
     */
    public Reading read(String text) {
        return read(text, region);
    }

    /**
     * {@return what a text of one number is}
     *
     * @param text as a PBX or a person wrote it
     * @param lineRegion the region of the line, ISO 3166
     */
    public Reading read(String text, String lineRegion) {
        return new Reading.Unreadable("not written yet" + text + lineRegion);
    }

    /**
     * {@return every number in a field that may hold several, each once; short numbers and text are left out}
     *
     * @param text the content of a CRM's phone field
     */
    public List<PhoneNumber> readAll(String text) {
        return read(text) instanceof Reading.Phone phone ? List.of(phone.number()) : List.of();
    }
}
