// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes a record that was refused so that it can be saved: a call whose agent has left, or whose customer somebody
 * removed, is a call all the same.
 */
final class Mending {
    /** How often one record is changed at most. */
    static final int ROUNDS = 4;

    private static final Set<String> ABOUT_OTHERS = Set.of(
            "INVALID_CROSS_REFERENCE_KEY",
            "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
            "ENTITY_IS_DELETED",
            "FIELD_INTEGRITY_EXCEPTION",
            "CANNOT_UPDATE_CONVERTED_LEAD",
            "MALFORMED_ID");
    private static final Set<String> ABOUT_OWNER =
            Set.of("INACTIVE_OWNER_OR_USER", "OP_WITH_INVALID_USER_TYPE_EXCEPTION");
    private static final List<String> CUSTOMER = List.of("WhoId", "WhatId", "ContactId", "AccountId");

    private final Optional<String> responsible;
    private final Consumer<String> log;

    Mending(Optional<String> responsible, Consumer<String> log) {
        this.responsible = responsible;
        this.log = log;
    }

    /** {@return the record to try instead; empty when nothing can be changed} */
    Optional<Draft> mend(Draft draft, Saved saved) {
        if (saved.has("DUPLICATE_VALUE")) {
            // Somebody else made it in this moment: the same once more changes that one.
            return Optional.of(draft);
        }
        if (saved.has("INVALID_FIELD_FOR_INSERT_UPDATE") && draft.fields().containsKey("TaskSubtype")) {
            return Optional.of(draft.without(Set.of("TaskSubtype")));
        }
        if (saved.problems().stream().anyMatch(p -> ABOUT_OWNER.contains(p.code())) || saved.blames("OwnerId")) {
            return otherOwner(draft);
        }
        if (saved.problems().stream().noneMatch(p -> ABOUT_OTHERS.contains(p.code()))) {
            return Optional.empty();
        }
        Set<String> blamed = new LinkedHashSet<>();
        for (String field : CUSTOMER) {
            boolean named = saved.problems().stream().allMatch(p -> p.fields().isEmpty()) || saved.blames(field);
            if (named && draft.fields().containsKey(field)) {
                blamed.add(field);
            }
        }
        if (blamed.isEmpty()) {
            return otherOwner(draft);
        }
        log.accept("its customer is no longer there");
        return Optional.of(draft.without(blamed));
    }

    private Optional<Draft> otherOwner(Draft draft) {
        Object owner = draft.fields().get("OwnerId");
        if (owner == null) {
            return Optional.empty();
        }
        log.accept("its owner cannot have it");
        Draft other = draft.without(Set.of("OwnerId"));
        return Optional.of(other.with(
                "OwnerId", responsible.filter(id -> !id.equals(owner)).orElse(null)));
    }
}
