// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Pages;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where in the account's own pages a thing is. A call, a note and a task stand on somebody's card. */
final class AmoPages implements Pages {
    private final String account;
    private final Supplier<URI> pages;
    private final Journal journal;

    AmoPages(String account, Supplier<URI> pages, Journal journal) {
        this.account = account;
        this.pages = pages;
        this.journal = journal;
    }

    @Override
    public Optional<URI> page(CrmWrite write, String ref) {
        if (write instanceof CrmWrite.OpenTicket) {
            Optional<Journal.Ticket> ticket = journal.ticketById(ref).filter(t -> !t.isTask());
            if (ticket.isPresent()) {
                return ticket.flatMap(t -> page(t.card()));
            }
        }
        return card(write).flatMap(this::page);
    }

    private Optional<Card> card(CrmWrite write) {
        return journal.call(write.call())
                .map(Journal.Trace::card)
                .or(() -> journal.customer(write.call()))
                .or(() -> Card.of(contact(write), account));
    }

    private static @Nullable ContactRef contact(CrmWrite write) {
        if (write instanceof CrmWrite.LogCall log) {
            return log.contact();
        }
        return write instanceof CrmWrite.OpenTicket ticket ? ticket.contact() : null;
    }

    private Optional<URI> page(Card card) {
        return card.ref(account).map(ref -> ContactReader.page(pages.get(), ref.type(), ref.id()));
    }
}
