// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Pages;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The pages of what was written; an id's first three letters say what it is. */
final class SalesforcePages implements Pages {
    private static final Map<String, String> OBJECTS = Map.of(
            "001", "Account",
            "003", "Contact",
            "00Q", "Lead",
            "00T", "Task",
            "500", "Case",
            "068", "ContentVersion");

    private final ContactReader reader;

    SalesforcePages(ContactReader reader) {
        this.reader = reader;
    }

    @Override
    public Optional<URI> page(CrmWrite write, String ref) {
        String object = ref.length() < 15 ? null : OBJECTS.get(ref.substring(0, 3));
        return Optional.ofNullable(object).map(name -> reader.page(name, ref));
    }
}
