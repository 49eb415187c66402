// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The people who are there at the start: plausible, made up, and the same for the same seed. */
final class People {
    private static final List<String> MEN = List.of(
            "Александр", "Дмитрий", "Сергей", "Андрей", "Алексей", "Иван", "Михаил", "Егор", "Павел", "Николай");
    private static final List<String> WOMEN =
            List.of("Анна", "Мария", "Елена", "Ольга", "Наталья", "Ирина", "Татьяна", "Светлана", "Юлия", "Дарья");
    private static final List<String> FAMILIES = List.of(
            "Иванов",
            "Петров",
            "Сидоров",
            "Кузнецов",
            "Соколов",
            "Лебедев",
            "Новиков",
            "Морозов",
            "Волков",
            "Зайцев",
            "Павлов",
            "Семенов",
            "Голубев",
            "Виноградов",
            "Богданов",
            "Воробьев",
            "Федоров",
            "Михайлов",
            "Беляев",
            "Тарасов");
    private static final List<String> TRADES =
            List.of("Ромашка", "Вектор", "Стройдом", "Альфа-Сервис", "Молоко и мёд", "Техноград", "Северный путь");
    private static final long MODULUS = 1_000_000_000L;
    // Odd and no multiple of five, so that no two people get the same number.
    private static final long STEP = 387_420_489L;

    private final long seed;
    private final Random random;

    People(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    void settle(Portal portal, int contacts) {
        users().forEach(user -> portal.users().put(user.id(), user));
        int companies = contacts / 10;
        int leads = contacts / 10;
        Instant born = portal.now().minus(Duration.ofDays(400));
        for (int i = 0; i < companies; i++) {
            Item company = portal.table(Portal.COMPANY).add(born);
            company.fields().put("TITLE", "ООО «" + TRADES.get(random.nextInt(TRADES.size())) + " " + (i + 1) + "»");
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
            portal.phones(Portal.CONTACT, contact, i % 25 == 24 ? List.of() : phones(portal, i));
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
        boolean woman = random.nextBoolean();
        List<String> names = woman ? WOMEN : MEN;
        item.fields().put("NAME", names.get(random.nextInt(names.size())));
        item.fields().put("LAST_NAME", FAMILIES.get(random.nextInt(FAMILIES.size())) + (woman ? "а" : ""));
    }

    private void owned(Item item) {
        item.fields().put("ASSIGNED_BY_ID", List.of("17", "18", "19", "20", "1").get(random.nextInt(5)));
    }

    /** The nine digits behind +79 of the person with this index. */
    String digits(int index) {
        long number = Math.floorMod(index * STEP + seed * 1_000_003L + 161_234_567L, MODULUS);
        String text = Long.toString(number);
        return "0".repeat(9 - text.length()) + text;
    }

    private List<Item.Phone> phones(Portal portal, int index) {
        String d = "9" + digits(index);
        String a = d.substring(0, 3);
        String b = d.substring(3, 6);
        String c = d.substring(6, 8);
        String e = d.substring(8);
        List<String> texts = switch (index % 10) {
            case 0 -> List.of("+7" + d);
            case 1 -> List.of("+7 (" + a + ") " + b + "-" + c + "-" + e);
            case 2 -> List.of("8 " + a + " " + b + "-" + c + "-" + e);
            case 3 -> List.of("8(" + a + ")" + b + c + e);
            case 4 -> List.of("7" + d);
            case 5 -> List.of("+7 " + a + " " + b + " " + c + " " + e + " доб. 12");
            case 6 ->
                List.of("8-" + a + "-" + b + "-" + c + "-" + e + ", +7 495 1" + d.substring(1, 3) + "-" + b.charAt(0)
                        + c.charAt(0) + "-" + e);
            case 7 -> List.of(d);
            case 8 ->
                List.of(
                        "+7 (" + a + ") " + b + "-" + c + "-" + e,
                        "8 (495) 2" + d.substring(1, 3) + "-" + b.charAt(0) + c.charAt(0) + "-" + e);
            default -> List.of("+7\u00a0" + a + "\u00a0" + b + "\u2011" + c + "\u2011" + e);
        };
        List<Item.Phone> phones = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            phones.add(new Item.Phone(portal.next("phone"), i == 0 ? "MOBILE" : "WORK", texts.get(i)));
        }
        return phones;
    }
}
