// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.connector.Connector;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.TicketDesk;
import java.util.List;
import java.util.Optional;

/**
 * A kind of write: which role takes it, and what an account that does not play that role cannot do. Recordings come one
 * at a time with their file and have their own path.
 */
enum Kind {
    CUSTOMER("create leads or contacts"),
    CALL("keep records of calls"),
    NOTE("take notes on calls"),
    TICKET("take tickets"),
    ESCALATION("hand tickets on to a department"),
    RECORDING("keep recordings");

    private final String ability;

    Kind(String ability) {
        this.ability = ability;
    }

    static Kind of(CrmWrite write) {
        if (write instanceof CrmWrite.LogCall) {
            return CALL;
        }
        if (write instanceof CrmWrite.CreateCustomer) {
            return CUSTOMER;
        }
        if (write instanceof CrmWrite.AddNote) {
            return NOTE;
        }
        if (write instanceof CrmWrite.Escalate) {
            return ESCALATION;
        }
        return write instanceof CrmWrite.OpenTicket ? TICKET : RECORDING;
    }

    /** {@return the role's answer, or nothing when the account does not play it} */
    Optional<List<Outcome>> call(Connector connector, List<Delivery> deliveries) {
        return switch (this) {
            case CUSTOMER ->
                connector
                        .role(CustomerDesk.class)
                        .map(role -> role.create(attempts(deliveries, CrmWrite.CreateCustomer.class)));
            case CALL ->
                connector.role(CallLog.class).map(role -> role.log(attempts(deliveries, CrmWrite.LogCall.class)));
            case NOTE ->
                connector.role(CallNotes.class).map(role -> role.add(attempts(deliveries, CrmWrite.AddNote.class)));
            case TICKET ->
                connector
                        .role(TicketDesk.class)
                        .map(role -> role.open(attempts(deliveries, CrmWrite.OpenTicket.class)));
            case ESCALATION, RECORDING -> Optional.empty();
        };
    }

    Outcome missing(Connector connector) {
        return new Outcome.Refused(connector.vendor() + " account " + connector.account() + " cannot " + ability
                + "; switch that off in the rules, or choose another account.");
    }

    static <W extends CrmWrite> Attempt<W> attempt(Delivery delivery, Class<W> type) {
        return new Attempt<>(
                type.cast(delivery.write()), delivery.key(), delivery.attempts() + 1, delivery.lookFirst());
    }

    private static <W extends CrmWrite> List<Attempt<W>> attempts(List<Delivery> deliveries, Class<W> type) {
        return deliveries.stream().map(delivery -> attempt(delivery, type)).toList();
    }
}
