// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

/**
 * How a recorded session is to be replayed. Start from {@link #of} and change what matters. Immutable.
 *
 * @param trace its name
 * @param speed how many times faster than it was recorded; 0 for as fast as the wire takes it
 * @param fresh whether times and ids are moved to now, so that it becomes another call each time
 * @param customer the customer's number instead of the recorded one, or empty
 * @param manner in which order and how often each event is said
 */
public record Play(String trace, double speed, boolean fresh, String customer, Manner manner) {
    /** In which order and how often the events are said. */
    public enum Manner {
        /** As they were recorded. */
        RECORDED,
        /** Each twice. */
        TWICE,
        /** Those about one millisecond of a channel that is known already the other way round, as Asterisk may. */
        SHUFFLED
    }

    /** Checks the speed. */
    public Play {
        if (!(speed >= 0) || speed > 100_000) {
            throw new IllegalArgumentException("speed must be 0 to 100000: " + speed);
        }
        if (!customer.matches("\\+?[0-9]{0,15}")) {
            throw new IllegalArgumentException("not a number: \"" + customer + "\"");
        }
    }

    /**
     * {@return a replay as fast as possible of what was recorded, as it was recorded}
     *
     * @param trace its name
     */
    public static Play of(String trace) {
        return new Play(trace, 0, false, "", Manner.RECORDED);
    }

    /**
     * {@return this replay at another speed}
     *
     * @param times how many times faster than recorded; 0 for as fast as possible
     */
    public Play atSpeed(double times) {
        return new Play(trace, times, fresh, customer, manner);
    }

    /** {@return this replay as a call of its own that happens now} */
    public Play asNew() {
        return new Play(trace, speed, true, customer, manner);
    }

    /**
     * {@return this replay with another customer}
     *
     * @param number the customer's number
     */
    public Play from(String number) {
        return new Play(trace, speed, fresh, number, manner);
    }

    /**
     * {@return this replay in another manner}
     *
     * @param other in which order and how often each event is said
     */
    public Play in(Manner other) {
        return new Play(trace, speed, fresh, customer, other);
    }
}
