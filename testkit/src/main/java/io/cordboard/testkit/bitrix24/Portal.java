// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Everything that the portal holds. Guarded by itself: whoever reads or writes it holds its monitor. */
final class Portal {
    static final int LEAD = 1;
    static final int DEAL = 2;
    static final int CONTACT = 3;
    static final int COMPANY = 4;
    /** The smart process "Support request" that every sandbox has. */
    static final int REQUEST = 1036;

    static final Map<Integer, String> NAMES =
            Map.of(LEAD, "LEAD", DEAL, "DEAL", CONTACT, "CONTACT", COMPANY, "COMPANY");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    private final SandboxOptions options;
    private final Faults faults;
    private final Events events;
    private final Map<Integer, User> users = new TreeMap<>();
    private final Map<Integer, Table> tables = new TreeMap<>();
    private final Table activities = new Table();
    private final Table comments = new Table();
    private final Table tasks = new Table();
    private final PhoneIndex phoneIndex = new PhoneIndex();
    private final Map<String, PortalCall> calls = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> lines = new TreeMap<>();
    private final Map<String, Integer> asked = new TreeMap<>();
    private final Map<String, Integer> sequences = new HashMap<>();
    private final Random random;

    Portal(SandboxOptions options, Faults faults, Events events) {
        this.options = options;
        this.faults = faults;
        this.events = events;
        this.random = new Random(options.seed() * 31 + 7);
        for (int type : List.of(LEAD, DEAL, CONTACT, COMPANY, REQUEST)) {
            tables.put(type, new Table());
        }
        new People(options.seed()).settle(this, options.contacts());
    }

    Clock clock() {
        return options.clock();
    }

    Instant now() {
        return options.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    SandboxOptions options() {
        return options;
    }

    Events events() {
        return events;
    }

    boolean suffers(String fault) {
        return faults.strikes(fault, Set.of());
    }

    boolean strict() {
        return options.strict() || suffers("strictWebhook");
    }

    Map<Integer, User> users() {
        return users;
    }

    User user(int id) {
        User user = users.get(id);
        if (user == null) {
            throw new IllegalArgumentException("there is no user " + id);
        }
        return user;
    }

    Map<Integer, Table> tables() {
        return tables;
    }

    Table table(int type) {
        Table table = tables.get(type);
        if (table == null) {
            throw new RestError(400, "NOT_FOUND", "Smart process not found");
        }
        return table;
    }

    Table activities() {
        return activities;
    }

    Table comments() {
        return comments;
    }

    Table tasks() {
        return tasks;
    }

    PhoneIndex phoneIndex() {
        return phoneIndex;
    }

    Map<String, PortalCall> calls() {
        return calls;
    }

    Map<String, Map<String, Object>> lines() {
        return lines;
    }

    Map<String, Integer> asked() {
        return asked;
    }

    int next(String sequence) {
        return sequences.merge(sequence, 1, Integer::sum);
    }

    Optional<User> activeUser(int id) {
        return Optional.ofNullable(users.get(id)).filter(User::active);
    }

    Optional<User> activeUserByInner(String inner) {
        return users.values().stream()
                .filter(user -> user.active() && inner.equals(user.inner()))
                .findFirst();
    }

    String hex(int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Integer.toHexString(random.nextInt(16)));
        }
        return text.toString();
    }

    String newCallId() {
        return "externalCall." + hex(32) + "." + now().getEpochSecond();
    }

    static String iso(Instant time) {
        return ISO.format(time.atZone(ZONE));
    }

    /** Changes an entity's numbers everywhere. */
    void phones(int type, Item item, List<Item.Phone> phones) {
        phoneIndex.remove(type, item);
        item.phones(phones);
        phoneIndex.add(type, item);
    }

    /** Tells whoever listens that an entity changed: ADD, UPDATE or DELETE. */
    void changed(int type, int id, String what) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ID", Integer.toString(id));
        String name = NAMES.get(type);
        if (name != null) {
            events.emit("ONCRM" + name + what, Map.of("FIELDS", fields));
        } else {
            fields.put("ENTITY_TYPE_ID", Integer.toString(type));
            events.emit("ONCRMDYNAMICITEM" + what, Map.of("FIELDS", fields));
            events.emit("ONCRMDYNAMICITEM" + what + "_" + type, Map.of("FIELDS", fields));
        }
    }
}
