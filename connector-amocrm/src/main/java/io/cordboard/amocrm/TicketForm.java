// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.crm.CrmWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a ticket is in an account. */
interface TicketForm {
    /** {@return where tickets are posted} */
    String path();

    /** {@return what the list of results is called} */
    String embedded();

    /** {@return the member of the body, or why there can be none} */
    Map<String, Object> item(Draft draft);

    /** {@return the ticket that was made} */
    Optional<Journal.Ticket> made(JsonNode row);

    /**
     * {@return those of the drafts that are there already, by their keys}
     *
     * @param drafts what may have been made
     * @param since not before this moment
     * @throws io.cordboard.connector.ConnectorException when the account could not be asked
     */
    Map<String, Journal.Ticket> find(List<Draft> drafts, Instant since);

    /** {@return whether the ticket's text has to be put on its card as a note} */
    boolean wantsNote();

    /** {@return why this ticket cannot be opened, if it cannot} */
    default Optional<String> refusal(CrmWrite.OpenTicket write) {
        return Optional.empty();
    }

    /** {@return everything that there is to say, one thing a line; the last line marks the ticket} */
    static String text(CrmWrite.OpenTicket write) {
        List<String> lines = new ArrayList<>();
        if (!write.ticket().text().isBlank()) {
            lines.add(write.ticket().text().strip());
        }
        if (write.customer() != null) {
            lines.add("Tel. " + write.customer().e164());
        }
        if (write.ticket().department() != null) {
            lines.add("Department: " + write.ticket().department());
        }
        lines.add(mark(write));
        return String.join("\n", lines);
    }

    static String mark(CrmWrite.OpenTicket write) {
        return "Call " + write.call();
    }

    /**
     * One ticket on its way. Immutable.
     *
     * @param key its idempotency key
     * @param write what is wanted
     * @param owner whose it is, if that is known
     * @param place where it goes
     * @param user who does it
     */
    record Draft(
            String key,
            CrmWrite.OpenTicket write,
            Optional<Card> owner,
            TicketSettings.Place place,
            Optional<String> user) {
        /**
         * {@return the same for the user of the settings, or for whomever the account chooses when that is who is gone}
         */
        Draft forAnother(Optional<String> fallback) {
            return new Draft(key, write, owner, place, user.equals(fallback) ? Optional.empty() : fallback);
        }

        @Override
        public String toString() {
            return key;
        }
    }
}
