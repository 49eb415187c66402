// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.util.List;
import java.util.Random;

/**
 * The people whom a CRM holds at the start: plausible, made up, the same for the same seed, and with numbers in every
 * spelling that people use. Not safe for use by many threads.
 */
public final class Townsfolk {
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

    /**
     * Creates the people of a seed.
     *
     * @param seed the same seed, the same people
     */
    public Townsfolk(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** {@return somebody's name; another one each time} */
    public Name name() {
        boolean woman = random.nextBoolean();
        List<String> names = woman ? WOMEN : MEN;
        return new Name(
                names.get(random.nextInt(names.size())),
                FAMILIES.get(random.nextInt(FAMILIES.size())) + (woman ? "а" : ""));
    }

    /**
     * {@return a company's name}
     *
     * @param number the company's number, which makes the name its own
     */
    public String company(int number) {
        return "ООО «" + TRADES.get(random.nextInt(TRADES.size())) + " " + number + "»";
    }

    /**
     * {@return one of several, by chance}
     *
     * @param things what to choose from
     * @param <T> their type
     */
    public <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    /**
     * {@return the nine digits behind +79 of a person}
     *
     * @param index which person; no two have the same digits
     */
    public String digits(int index) {
        long number = Math.floorMod(index * STEP + seed * 1_000_003L + 161_234_567L, MODULUS);
        String text = Long.toString(number);
        return "0".repeat(9 - text.length()) + text;
    }

    /**
     * {@return the texts of a person's phone fields: one or two, spelled in one of ten ways; the first is the mobile
     * phone}
     *
     * @param index which person
     */
    public List<String> phones(int index) {
        String d = "9" + digits(index);
        String a = d.substring(0, 3);
        String b = d.substring(3, 6);
        String c = d.substring(6, 8);
        String e = d.substring(8);
        String shifted = d.substring(1, 3) + "-" + b.charAt(0) + c.charAt(0) + "-" + e;
        return switch (index % 10) {
            case 0 -> List.of("+7" + d);
            case 1 -> List.of("+7 (" + a + ") " + b + "-" + c + "-" + e);
            case 2 -> List.of("8 " + a + " " + b + "-" + c + "-" + e);
            case 3 -> List.of("8(" + a + ")" + b + c + e);
            case 4 -> List.of("7" + d);
            case 5 -> List.of("+7 " + a + " " + b + " " + c + " " + e + " доб. 12");
            case 6 -> List.of("8-" + a + "-" + b + "-" + c + "-" + e + ", +7 495 1" + shifted);
            case 7 -> List.of(d);
            case 8 -> List.of("+7 (" + a + ") " + b + "-" + c + "-" + e, "8 (495) 2" + shifted);
            default -> List.of("+7\u00a0" + a + "\u00a0" + b + "\u2011" + c + "\u2011" + e);
        };
    }

    /**
     * {@return whether a person is in the CRM without a number, as some are everywhere}
     *
     * @param index which person
     */
    public static boolean withoutNumber(int index) {
        return index % 25 == 24;
    }

    /**
     * What somebody is called. Immutable.
     *
     * @param first the first name
     * @param last the family's name
     */
    public record Name(String first, String last) {
        /** {@return both} */
        public String whole() {
            return first + " " + last;
        }
    }
}
