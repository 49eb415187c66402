// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Pages;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where in the portal's own pages a thing is. A call has no page: it stands on the customer's. */
final class Bitrix24Pages implements Pages {
    private static final int LEAD = 1;
    private static final int DEAL = 2;

    private final String account;
    private final URI pages;
    private final Journal journal;
    private final Bitrix24Settings.Tickets tickets;

    Bitrix24Pages(String account, URI pages, Journal journal, Bitrix24Settings.Tickets tickets) {
        this.account = account;
        this.pages = pages;
        this.journal = journal;
        this.tickets = tickets;
    }

    @Override
    public Optional<URI> page(CrmWrite write, String ref) {
        if (write instanceof CrmWrite.OpenTicket) {
            return ref.chars().allMatch(Character::isDigit) ? Optional.of(ticket(ref)) : Optional.empty();
        }
        return customer(write).map(this::card);
    }

    private URI ticket(String id) {
        if (tickets.task()) {
            return pages.resolve("/company/personal/user/0/tasks/task/view/" + id + "/");
        }
        return switch (tickets.entityTypeId()) {
            case LEAD -> pages.resolve("/crm/lead/details/" + id + "/");
            case DEAL -> pages.resolve("/crm/deal/details/" + id + "/");
            default -> pages.resolve("/crm/type/" + tickets.entityTypeId() + "/details/" + id + "/");
        };
    }

    private Optional<Owner> customer(CrmWrite write) {
        Optional<Owner> known =
                journal.call(write.call()).flatMap(Journal.Trace::owner).or(() -> journal.customer(write.call()));
        return known.or(
                () -> write instanceof CrmWrite.LogCall log ? Owner.of(log.contact(), account) : Optional.empty());
    }

    private URI card(Owner owner) {
        return pages.resolve("/crm/" + owner.type().toLowerCase(Locale.ROOT) + "/details/" + owner.id() + "/");
    }
}
