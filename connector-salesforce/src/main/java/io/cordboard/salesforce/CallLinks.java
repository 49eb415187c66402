// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite;
import io.cordboard.salesforce.SalesforceApi.Draft;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whom and what the task of a call belongs to. A task that is there is told only what has changed since this program
 * told it last: a person may have put it elsewhere.
 */
final class CallLinks {
    static final String WHO = "WhoId";
    static final String WHAT = "WhatId";

    private final Parts parts;

    CallLinks(Parts parts) {
        this.parts = parts;
    }

    /** {@return what the task of a call should belong to, by field} */
    Map<String, String> wanted(CrmWrite.LogCall write) {
        Map<String, String> wanted = new LinkedHashMap<>();
        ContactRef contact = write.contact() != null
                ? write.contact()
                : parts.journal().customer(write.call(), parts.account()).orElse(null);
        if (contact != null && contact.type() == ContactRef.Type.LEAD) {
            // A lead cannot be combined with anything else.
            if (!parts.journal().links(write.call()).containsKey(WHAT)) {
                wanted.put(WHO, contact.id());
            }
            return wanted;
        }
        if (contact != null) {
            wanted.put(contact.type() == ContactRef.Type.COMPANY ? WHAT : WHO, contact.id());
        }
        if (parts.settings().cases().linkCall()) {
            parts.journal().caseOf(write.call()).ifPresent(id -> wanted.put(WHAT, id));
        }
        return wanted;
    }

    /** Puts what has to be told into the task of a call. */
    void put(Draft draft, CrmWrite.LogCall write) {
        Map<String, String> told =
                draft.id() == null ? Map.of() : parts.journal().links(write.call());
        wanted(write).forEach((field, id) -> {
            if (!id.equals(told.get(field))) {
                draft.with(field, id);
            }
        });
    }
}
