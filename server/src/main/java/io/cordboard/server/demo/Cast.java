// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.Reading;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The customers of a demo: contacts of the CRM's sandbox, each called once, and strangers. Not for many threads. */
final class Cast {
    private static final int CONTACT = 3;

    private final Map<String, String> extensionByUser;
    private final List<Person> owned = new ArrayList<>();
    private final List<Person> unowned = new ArrayList<>();
    private int nextOwned;
    private int nextUnowned;
    private int nextStranger;

    Cast(Bitrix24Sandbox crm, Map<String, String> extensionByUser, long seed) {
        this.extensionByUser = extensionByUser;
        NumberPlan plan = new NumberPlan("RU");
        Set<String> used = new HashSet<>();
        for (Map<String, Object> row : crm.items(CONTACT)) {
            String owner = String.valueOf(row.get("ASSIGNED_BY_ID"));
            if (row.get("PHONE") instanceof List<?> phones
                    && !phones.isEmpty()
                    && plan.read(String.valueOf(phones.get(0))) instanceof Reading.Phone phone
                    && used.add(phone.number().e164())) {
                Person person = new Person(phone.number().e164(), String.valueOf(row.get("ID")), owner);
                (extensionByUser.containsKey(owner) ? owned : unowned).add(person);
            }
        }
        Random random = new Random(seed);
        java.util.Collections.shuffle(owned, random);
        java.util.Collections.shuffle(unowned, random);
    }

    synchronized Person next(Wants wants) {
        return switch (wants) {
            case OWNED -> owned.get(nextOwned++ % owned.size());
            case UNOWNED -> unowned.get(nextUnowned++ % unowned.size());
            // The range is not given to subscribers, so that no contact has one of these numbers.
            case STRANGER -> new Person("+7495900" + (1000 + nextStranger++ % 9000), null, null);
            case HIDDEN -> new Person("anonymous", null, null);
        };
    }

    /** {@return the extension of an owner, or that of the first agent} */
    String extensionOf(Person person) {
        return extensionByUser.getOrDefault(person.owner() == null ? "" : person.owner(), "101");
    }
}
