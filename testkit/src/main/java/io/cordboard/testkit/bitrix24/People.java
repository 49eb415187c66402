// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Townsfolk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The people who are there at the start: plausible, made up, and the same for the same seed. */
final class People {
    private final Townsfolk folk;

    People(long seed) {
        this.folk = new Townsfolk(seed);
    }

    void settle(Portal portal, int contacts) {
        users().forEach(user -> portal.users().put(user.id(), user));
        int companies = contacts / 10;
        int leads = contacts / 10;
        Instant born = portal.now().minus(Duration.ofDays(400));
        for (int i = 0; i < companies; i++) {
            Item company = portal.table(Portal.COMPANY).add(born);
            company.fields().put("TITLE", folk.company(i + 1));
            owned(company);
            portal.phones(Portal.COMPANY, company, phones(portal, contacts + i));
        }
        for (int i = 0; i < contacts; i++) {
            Item contact = portal.table(Portal.CONTACT).add(born.plusSeconds(i));
            name(contact);
            owned(contact);
            if (companies > 0 && i % 4 == 0) {
                contact.fields().put("COMPANY_ID", Integer.toString(1 + i % companies));
            }
            // Some people are in the CRM without a number, as everywhere.
            portal.phones(Portal.CONTACT, contact, Townsfolk.withoutNumber(i) ? List.of() : phones(portal, i));
        }
        for (int i = 0; i < leads; i++) {
            Item lead = portal.table(Portal.LEAD).add(born.plusSeconds(i));
            lead.fields().put("TITLE", "Заявка с сайта " + (i + 1));
            lead.fields().put("STATUS_ID", "NEW");
            name(lead);
            owned(lead);
            portal.phones(Portal.LEAD, lead, phones(portal, contacts + companies + i));
        }
    }

    private static List<User> users() {
        return List.of(
                new User(1, "Администратор", "Портала", "100", true, "OPENED"),
                new User(17, "Анна", "Смирнова", "101", true, "OPENED"),
                new User(18, "Борис", "Ковалёв", "102", true, "OPENED"),
                new User(19, "Вера", "Орлова", "103", true, "PAUSED"),
                new User(20, "Глеб", "Никитин", "104", true, "OPENED"),
                new User(21, "Дина", "", null, true, "CLOSED"),
                new User(22, "Евгений", "Ушёл", "109", false, "CLOSED"));
    }

    private void name(Item item) {
        Townsfolk.Name name = folk.name();
        item.fields().put("NAME", name.first());
        item.fields().put("LAST_NAME", name.last());
    }

    private void owned(Item item) {
        item.fields().put("ASSIGNED_BY_ID", folk.oneOf(List.of("17", "18", "19", "20", "1")));
    }

    private List<Item.Phone> phones(Portal portal, int index) {
        List<String> texts = folk.phones(index);
        List<Item.Phone> phones = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            phones.add(new Item.Phone(portal.next("phone"), i == 0 ? "MOBILE" : "WORK", texts.get(i)));
        }
        return phones;
    }
}
