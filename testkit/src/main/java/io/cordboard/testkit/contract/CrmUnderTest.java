// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.contact.ContactRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CRM with a connector to it, in the words of the field: what the vendor holds, and what goes wrong there. Each
 * vendor has one; the contracts know no more of a vendor.
 */
public interface CrmUnderTest extends AutoCloseable {
    /** {@return the connector, started} */
    Connector connector();

    /** Ends the connector as a killed process would, and starts another one with the same memory. */
    void restart();

    /** {@return a user who works there} */
    String user();

    /** {@return another user who works there} */
    String colleague();

    /** {@return a user who does not exist} */
    String nobody();

    /** The vendor answers every request with a failure, until {@link #isWell()}. */
    void isDown();

    /** The vendor says to every request that there are too many, until {@link #isWell()}. */
    void isRateLimited();

    /** The vendor sends a page for people to every request, until {@link #isWell()}. */
    void answersWithPages();

    /** The vendor keeps every answer back, until {@link #isWell()}. */
    void isSlow(Duration time);

    /** Everything works again. */
    void isWell();

    /**
     * The vendor does the work, and the answer is lost.
     *
     * @param times how many answers
     * @param step one of {@link #stepsOf}
     */
    void losesAnswers(int times, String step);

    /**
     * The vendor does the work, and the answer breaks off in its middle.
     *
     * @param times how many answers
     * @param step one of {@link #stepsOf}
     */
    void breaksAnswers(int times, String step);

    /** {@return how many answers were lost or broke off since the beginning} */
    int answersLost();

    /** The access token is no longer valid; where there is none, the vendor is down for one request. */
    void expiresToken();

    /** The access token stops to be valid between two commands of one request, where the vendor has such requests. */
    void expiresTokenMidway();

    /**
     * {@return the vendor's methods that a write takes, in their order}
     *
     * @param write what is written
     */
    List<String> stepsOf(Write write);

    /**
     * Somebody adds a contact by hand.
     *
     * @param name what it is called
     * @param phones the texts of its phone fields
     * @param owner the user who is responsible
     * @return where it lives
     */
    ContactRef hasContact(String name, List<String> phones, String owner);

    /**
     * Somebody gives a contact other numbers by hand.
     *
     * @param ref which
     * @param phones the texts of its phone fields
     */
    void contactChanges(ContactRef ref, List<String> phones);

    /**
     * Somebody removes a contact by hand.
     *
     * @param ref which
     */
    void contactVanishes(ContactRef ref);

    /** {@return every contact, company and lead that has a number} */
    Set<ContactRef> withNumber();

    /**
     * {@return the records of calls with a customer}
     *
     * @param customer the customer's number
     */
    List<CallRecord> records(PhoneNumber customer);

    /** {@return whether the vendor takes a card off a screen again; where it does not, nobody is asked to} */
    default boolean takesCardsBack() {
        return true;
    }

    /**
     * {@return whether the vendor keeps a recording's bytes; where it keeps an address only, {@link #publish} says what
     * lies there}
     */
    default boolean keepsRecordings() {
        return true;
    }

    /**
     * A recording lies where people's browsers find it, for vendors that keep addresses.
     *
     * @param fileName its name
     * @param bytes what it holds
     */
    default void publish(String fileName, byte[] bytes) {
        // nothing to do for a vendor that keeps the bytes
    }

    /**
     * {@return who sees the card of a call with a customer now}
     *
     * @param customer the customer's number
     */
    Set<String> seeCard(PhoneNumber customer);

    /**
     * {@return the responsible users of the tickets with a title}
     *
     * @param title the title
     */
    List<String> tickets(String title);

    /** {@return a department to which tickets can be handed on} */
    String department();

    /**
     * {@return a ticket, if it is there}
     *
     * @param id the vendor's id of it
     */
    Optional<TicketRecord> ticket(String id);

    /**
     * Somebody removes a ticket by hand.
     *
     * @param id the vendor's id of it
     */
    void ticketVanishes(String id);

    /**
     * {@return how many notes hold a text}
     *
     * @param text the text
     */
    int notes(String text);

    /**
     * A user clicks a number.
     *
     * @param user who
     * @param number the number as the vendor writes it
     * @param twice whether the vendor tells it twice
     */
    void clicks(String user, PhoneNumber number, boolean twice);

    @Override
    void close();

    /** What can be written. */
    enum Write {
        /** The record of a call. */
        CALL,
        /** A ticket. */
        TICKET,
        /** A ticket that goes on to a department. */
        ESCALATION,
        /** A customer. */
        CUSTOMER,
        /** A recording. */
        RECORDING,
        /** A note. */
        NOTE
    }

    /**
     * The record of a call as the vendor holds it. Immutable.
     *
     * @param user who had it
     * @param answered whether it was answered
     * @param connected how long they talked
     * @param contact whose call it is, or null
     * @param recording the recording's bytes; empty when there is none
     */
    // The bytes are a file: compared by the contract only.
    @SuppressWarnings("ArrayRecordComponent")
    record CallRecord(
            String user,
            boolean answered,
            Duration connected,
            @Nullable ContactRef contact,
            byte[] recording) {}

    /**
     * A ticket as the vendor holds it. Immutable.
     *
     * @param department {@link #department()} when the ticket is with it, else empty
     * @param notes what people find on it, a line or a comment each
     */
    record TicketRecord(String department, List<String> notes) {
        /**
         * {@return how many notes hold a text}
         *
         * @param text the text
         */
        public int notes(String text) {
            return (int) notes.stream().filter(note -> note.contains(text)).count();
        }
    }
}
