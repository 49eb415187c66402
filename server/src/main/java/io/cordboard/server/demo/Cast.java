// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.Reading;
import io.cordboard.testkit.CrmBooks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The customers of a demo: contacts of the CRM's sandbox, each called once, and strangers. Not for many threads. */
final class Cast {
    private static final int REGULARS = 8;
    private static final List<String> COMPANIES = List.of("ООО «Вектор»", "ИП Орлов", "Студия «Ким»", "ООО «Техномир»");

    private final Map<String, String> extensionByUser;
    private final List<Person> owned = new ArrayList<>();
    private final List<Person> unowned = new ArrayList<>();
    private int nextOwned;
    private int nextUnowned;
    private int nextStranger;
    private int nextNote;

    private Cast(CrmBooks crm, Map<String, String> extensionByUser, long seed) {
        this.extensionByUser = extensionByUser;
        NumberPlan plan = new NumberPlan("RU");
        Set<String> used = new HashSet<>();
        for (CrmBooks.HeldContact contact : crm.contacts()) {
            if (!contact.phones().isEmpty()
                    && plan.read(contact.phones().get(0)) instanceof Reading.Phone phone
                    && used.add(phone.number().e164())) {
                Person person = new Person(phone.number().e164(), contact.id(), contact.owner());
                (extensionByUser.containsKey(contact.owner()) ? owned : unowned).add(person);
            }
        }
        Random random = new Random(seed);
        java.util.Collections.shuffle(owned, random);
        java.util.Collections.shuffle(unowned, random);
    }

    /** {@return everybody, each called once} */
    static Cast of(CrmBooks crm, Map<String, String> extensionByUser, long seed) {
        return new Cast(crm, extensionByUser, seed);
    }

    /**
     * {@return few customers, who call again and again and so have a history}
     *
     * <p>Some of their numbers are put to a company and a lead as well, as happens in every CRM.
     */
    static Cast regulars(CrmBooks crm, Map<String, String> extensionByUser, long seed) {
        Cast cast = new Cast(crm, extensionByUser, seed);
        keep(cast.owned);
        keep(cast.unowned);
        for (int i = 0; i < REGULARS; i += 2) {
            Person person = cast.owned.get(i);
            String company = COMPANIES.get(i / 2 % COMPANIES.size());
            crm.alsoHas(company, "Заявка с сайта", person.number(), String.valueOf(person.owner()));
        }
        return cast;
    }

    private static void keep(List<Person> people) {
        people.subList(Math.min(REGULARS, people.size()), people.size()).clear();
    }

    synchronized Note nextNote() {
        return Note.ALL.get(nextNote++ % Note.ALL.size());
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
