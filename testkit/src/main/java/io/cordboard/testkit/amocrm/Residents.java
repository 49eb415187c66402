// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.Townsfolk;
import java.time.Duration;
import java.util.List;

/** Who works in the account, and whom it knows, at the start. */
final class Residents {
    static final int ADMIN = 504_100;
    private static final List<Integer> OWNERS = List.of(504_141, 504_142, 504_143, 504_144, ADMIN);

    private Residents() {}

    static void settle(Account account, SandboxOptions options) {
        for (User user : List.of(
                new User(ADMIN, "Администратор", "admin@example.test", true, true),
                new User(504_141, "Анна Смирнова", "anna@example.test", false, true),
                new User(504_142, "Борис Ковалёв", "boris@example.test", false, true),
                new User(504_143, "Вера Орлова", "vera@example.test", false, true),
                new User(504_144, "Глеб Никитин", "gleb@example.test", false, true),
                new User(504_149, "Евгений Ушёл", "evgeny@example.test", false, false))) {
            account.users().put(user.id(), user);
        }
        Townsfolk folk = new Townsfolk(options.seed());
        int contacts = options.contacts();
        List<Card> companies = new java.util.ArrayList<>();
        for (int i = 0; i < contacts / 10; i++) {
            Card company = account.create(Kind.COMPANIES, folk.company(i + 1), folk.oneOf(OWNERS));
            account.custom(company, Fields.phones(folk.phones(contacts + i)));
            companies.add(born(company, account, i));
        }
        for (int i = 0; i < contacts; i++) {
            Townsfolk.Name name = folk.name();
            Card contact = account.create(Kind.CONTACTS, name.whole(), folk.oneOf(OWNERS));
            contact.fields().put("first_name", name.first());
            contact.fields().put("last_name", name.last());
            account.custom(contact, Townsfolk.withoutNumber(i) ? List.of() : Fields.phones(folk.phones(i)));
            born(contact, account, i);
            if (!companies.isEmpty() && i % 4 == 0) {
                account.link(contact, companies.get(i % companies.size()), true);
            }
            if (i % 10 == 3) {
                lead(account, contact, i);
            }
        }
    }

    /** Every second one of them is closed. */
    private static void lead(Account account, Card contact, int i) {
        Card lead = account.create(Kind.LEADS, "Заявка с сайта " + (i + 1), contact.responsible());
        lead.fields().put("price", 1000 * (i + 1));
        lead.fields().put("pipeline_id", Pipelines.SALES);
        boolean closed = i % 20 == 13;
        lead.fields()
                .put(
                        "status_id",
                        closed ? Pipelines.WON : account.pipelines().main().first());
        born(lead, account, i);
        lead.fields().put("closed_at", closed ? lead.time("updated_at") : null);
        account.link(lead, contact, true);
    }

    private static Card born(Card card, Account account, int i) {
        long then = account.now() - Duration.ofDays(400).toSeconds() + i;
        card.fields().put("created_at", then);
        card.fields().put("updated_at", then);
        return card;
    }
}
