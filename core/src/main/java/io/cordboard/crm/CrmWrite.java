// SPDX-License-Identifier: Apache-2.0
package io.cordboard.crm;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.call.Recording;
import io.cordboard.contact.ContactRef;
import io.cordboard.ticket.TicketDraft;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a call leaves behind in one CRM account. {@code toString} of every kind hides numbers. */
public sealed interface CrmWrite {
    /** {@return the call that it is about} */
    CallId call();

    /**
     * The record of the call itself: exactly one in each CRM. Immutable.
     *
     * @param call the call
     * @param direction which way it went
     * @param customer the customer's number, or null when hidden
     * @param customerRaw the PBX's own text of it
     * @param line the number that was dialled or used, or null
     * @param user the CRM's user id of who is responsible, or null for the account's default
     * @param answered whether customer and agent talked
     * @param end why it ended
     * @param startedAt when it started
     * @param connected from the first answer to the end; zero when not answered
     * @param contact whose call it is, or null when not known
     * @param dialRef the CRM's own id of the call when it was started from the CRM, or null
     * @param revision 0 for the first record; more when a later record of the PBX corrected it: the CRM's record is
     *     changed, not added
     */
    record LogCall(
            CallId call,
            Direction direction,
            @Nullable PhoneNumber customer,
            String customerRaw,
            @Nullable String line,
            @Nullable String user,
            boolean answered,
            EndReason end,
            Instant startedAt,
            Duration connected,
            @Nullable ContactRef contact,
            @Nullable String dialRef,
            int revision)
            implements CrmWrite {
        @Override
        public String toString() {
            return "LogCall[" + call + ", " + direction + ", " + end + ", revision " + revision + "]";
        }
    }

    /**
     * The recording of the call; written after {@link LogCall}. Immutable.
     *
     * @param call the call
     * @param recording what to ask the PBX for
     */
    record AttachRecording(CallId call, Recording recording) implements CrmWrite {}

    /**
     * A lead or contact for somebody whom the CRM does not know; written before {@link LogCall}, which then belongs to
     * it. Immutable.
     *
     * @param call the call
     * @param type what to create
     * @param title what to call it until somebody knows the name
     * @param customer the number
     * @param user the CRM's user id of who is responsible, or null for the account's default
     * @param line the number that was dialled, or null
     * @param startedAt when the call started, or null when not known
     * @param connected how long they talked, zero when the call was missed; null when not known
     */
    record CreateCustomer(
            CallId call,
            ContactRef.Type type,
            String title,
            PhoneNumber customer,
            @Nullable String user,
            @Nullable String line,
            @Nullable Instant startedAt,
            @Nullable Duration connected)
            implements CrmWrite {
        /**
         * Creates a write of which the call's times are not known.
         *
         * @param call the call
         * @param type what to create
         * @param title what to call it until somebody knows the name
         * @param customer the number
         * @param user the CRM's user id of who is responsible, or null for the account's default
         * @param line the number that was dialled, or null
         */
        public CreateCustomer(
                CallId call,
                ContactRef.Type type,
                String title,
                PhoneNumber customer,
                @Nullable String user,
                @Nullable String line) {
            this(call, type, title, customer, user, line, null, null);
        }

        @Override
        public String toString() {
            return "CreateCustomer[" + call + ", " + type + "]";
        }
    }

    /**
     * What is left to do. Immutable.
     *
     * @param call the call
     * @param ticket the ticket
     * @param contact whom it is for, or null when not known
     * @param customer the customer's number, or null when hidden
     */
    record OpenTicket(
            CallId call,
            TicketDraft ticket,
            @Nullable ContactRef contact,
            @Nullable PhoneNumber customer) implements CrmWrite {
        @Override
        public String toString() {
            return "OpenTicket[" + call + "]";
        }
    }

    /**
     * A ticket that goes on to a department; written after its {@link OpenTicket}. Immutable.
     *
     * @param call the call
     * @param ticketKey the idempotency key of the ticket's own write
     * @param department the name of the department: a queue, a pipeline, a group
     * @param note what the next one should know; may be empty
     * @param user the CRM's user id of who hands it on, or null
     */
    record Escalate(
            CallId call,
            String ticketKey,
            String department,
            String note,
            @Nullable String user) implements CrmWrite {
        /** Checks that there is a department. */
        public Escalate {
            if (department.isBlank()) {
                throw new IllegalArgumentException("a ticket is handed on to a department; name one");
            }
        }

        @Override
        public String toString() {
            return "Escalate[" + call + ", " + department + "]";
        }
    }

    /**
     * What the agent wrote about the call afterwards; written after {@link LogCall}. Immutable.
     *
     * @param call the call
     * @param text the note; may be empty when there is a disposition
     * @param disposition the outcome that the agent chose, or null
     * @param user the CRM's user id of the agent, or null
     */
    record AddNote(
            CallId call,
            String text,
            @Nullable String disposition,
            @Nullable String user) implements CrmWrite {
        @Override
        public String toString() {
            return "AddNote[" + call + "]";
        }
    }
}
