// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a CRM holds of calls and customers, in the words of the field, whatever the vendor calls them; and what people
 * do there by hand. Safe for use by many threads.
 */
public interface CrmBooks {
    /** {@return the users who take calls, at least four, always in the same order} */
    List<String> agents();

    /** {@return the user who gets what is nobody's} */
    String otherwise();

    /** {@return the contacts} */
    List<HeldContact> contacts();

    /** {@return the records of calls, oldest first, those too that are begun and not finished} */
    List<HeldCall> calls();

    /** {@return how many new customers there are for each number that is written plainly, such as leads} */
    Map<String, Long> newcomers();

    /** {@return of each ticket the id of the call that it is about, as {@code account:id}} */
    List<String> tickets();

    /** {@return whether it knows who is called when users click numbers} */
    boolean hasClicks();

    /**
     * A user clicks a number.
     *
     * @param user who
     * @param number the number
     */
    void click(String user, String number);

    /**
     * Somebody writes a number down with a company and with a new customer as well.
     *
     * @param company the company's name
     * @param request what the new customer wants
     * @param number the number
     * @param owner the user who is responsible
     */
    void alsoHas(String company, String request, String number, String owner);

    /**
     * Somebody asks the CRM to tell of changes; nothing happens where that cannot be asked for.
     *
     * @param address who is told
     */
    void tell(URI address);

    /** {@return the step of a call's record whose lost answer leaves the record written, for {@link Faults}} */
    String recordStep();

    /**
     * A contact. {@link #toString()} hides the numbers. Immutable.
     *
     * @param id its id
     * @param owner the user who is responsible
     * @param phones the texts of its phone fields
     */
    record HeldContact(String id, String owner, List<String> phones) {
        /** Copies the list. */
        public HeldContact {
            phones = List.copyOf(phones);
        }

        @Override
        public String toString() {
            return "contact " + id;
        }
    }

    /**
     * The record of a call. {@link #toString()} hides the number. Immutable.
     *
     * @param ref its id in the CRM
     * @param call the call's id as {@code account:id}; empty where the CRM began the call itself
     * @param finished whether it is finished
     * @param inbound whether the customer called
     * @param result what came of it
     * @param seconds how long they talked
     * @param user who had it
     * @param number the customer's number as it is written there
     * @param customer whose card it is on, such as {@code CONTACT 12}, or empty
     * @param recording reads the recording; no bytes when there is none
     */
    record HeldCall(
            String ref,
            String call,
            boolean finished,
            boolean inbound,
            Result result,
            long seconds,
            String user,
            String number,
            String customer,
            Supplier<byte[]> recording) {
        @Override
        public String toString() {
            return (inbound ? "in " : "out ") + result + ", user " + user + ", " + seconds + " s, " + customer
                    + (finished ? "" : ", not finished");
        }
    }

    /** What came of a call. */
    enum Result {
        /** They talked. */
        ANSWERED,
        /** They did not. */
        MISSED,
        /** They did not, because somebody was busy. */
        BUSY,
        /** Something else, or nothing yet. */
        OTHER
    }
}
