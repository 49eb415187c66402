// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls, people and accounts as the API tells them. */
final class Scene {
    static final String MARIA = "+79161234567";

    /** Where it is afternoon right now, so that "today" has begun hours ago whenever the tests run. */
    static final ZoneId ZONE = afternoon();

    private Scene() {}

    private static ZoneId afternoon() {
        int east = Math.floorMod(16 - Instant.now().atZone(ZoneOffset.UTC).getHour() + 12, 24) - 12;
        // The names of these zones count westwards.
        return ZoneId.of("Etc/GMT" + (east == 0 ? "" : east > 0 ? "-" + east : "+" + -east));
    }

    static List<Map<String, Object>> agents() {
        return List.of(
                agent("Anna", "101", "AVAILABLE", 0),
                agent("Boris", "102", "ON_CALL", 184),
                agent("Vera", "103", "PAUSED", 611),
                agent("Timur", "104", "AVAILABLE", 0),
                agent("Olga", "105", "OFFLINE", 0));
    }

    static Map<String, Object> agent(String name, String extension, String state, int seconds) {
        return map(
                "name",
                name,
                "extensions",
                Map.of("hq", extension),
                "state",
                state,
                "since",
                ago(seconds).toString());
    }

    /** {@return what Anna did until now: two hours, a call and a lunch} */
    static Map<String, Object> myDay() {
        return map(
                "agent",
                "Anna",
                "spans",
                List.of(
                        span("AVAILABLE", 7_200, 5_400, null),
                        span("ON_CALL", 5_400, 4_800, null),
                        span("AVAILABLE", 4_800, 1_200, null),
                        span("PAUSED", 1_200, 0, "lunch")),
                "totalSeconds",
                map("AVAILABLE", 5_400.0, "ON_CALL", 600.0, "PAUSED", 1_200.0));
    }

    private static Map<String, Object> span(String state, int from, int to, @Nullable String detail) {
        return map("state", state, "from", ago(from).toString(), "to", ago(to).toString(), "detail", detail);
    }

    static Map<String, Object> health() {
        return map(
                "status",
                "up",
                "accounts",
                map(
                        "hq", map("status", "up", "detail", ""),
                        "main", map("status", "up", "detail", "")));
    }

    /** {@return a call that rings at Anna, from Maria, whom the CRM knows} */
    static Map<String, Object> ringing(String id) {
        Map<String, Object> call = inbound(id, MARIA, "RINGING");
        call.put("contact", maria());
        call.put("matchList", List.of(maria()));
        call.put("matches", 1);
        call.put("responsible", map("agent", "Anna", "why", "CRM_OWNER"));
        return call;
    }

    /** {@return a live call of which nobody knows whose it is} */
    static Map<String, Object> inbound(String id, @Nullable String customer, String state) {
        return map(
                "id",
                id,
                "pbx",
                "hq",
                "direction",
                "INBOUND",
                "state",
                state,
                "customer",
                customer,
                "customerRaw",
                customer == null ? "" : customer.substring(1),
                "line",
                "74951110001",
                "queue",
                "Sales",
                "rang",
                List.of("101"),
                "answeredBy",
                List.of(),
                "consulted",
                List.of(),
                "agent",
                null,
                "end",
                null,
                "endedBy",
                null,
                "startedAt",
                ago(12).toString(),
                "answeredAt",
                null,
                "endedAt",
                null,
                "waitSeconds",
                12.0,
                "connectedSeconds",
                0.0,
                "talkSeconds",
                0.0,
                "holdSeconds",
                0.0,
                "transfers",
                List.of(),
                "contact",
                null,
                "matches",
                0,
                "crm",
                Map.of());
    }

    static Map<String, Object> maria() {
        return map(
                "account",
                "main",
                "type",
                "CONTACT",
                "id",
                "275",
                "name",
                "Maria Kuznetsova",
                "company",
                "Vector LLC",
                "owner",
                "Anna",
                "url",
                "https://portal.example/crm/contact/details/275/",
                "because",
                "A person comes before a company.");
    }

    /** {@return the call, taken by an extension some seconds ago} */
    static Map<String, Object> answered(Map<String, Object> call, String extension, int seconds) {
        return with(
                call,
                "state",
                "CONNECTED",
                "answeredBy",
                List.of(extension),
                "agent",
                extension,
                "answeredAt",
                ago(seconds).toString(),
                "startedAt",
                ago(seconds + 9).toString());
    }

    static Map<String, Object> ended(Map<String, Object> call) {
        return with(
                call,
                "state",
                "SETTLED",
                "end",
                "COMPLETED",
                "endedBy",
                "CUSTOMER",
                "endedAt",
                ago(0).toString(),
                "connectedSeconds",
                194.0,
                "talkSeconds",
                180.0,
                "waitSeconds",
                9.0,
                "can",
                List.of());
    }

    static Map<String, Object> missed(Map<String, Object> call) {
        return with(call, "state", "SETTLED", "end", "ABANDONED", "endedBy", "CUSTOMER", "endedAt", ago(0).toString());
    }

    /** {@return a copy with other values} */
    static Map<String, Object> with(Map<String, Object> call, @Nullable Object... changes) {
        Map<String, Object> copy = new LinkedHashMap<>(call);
        copy.putAll(map(changes));
        return copy;
    }

    static Map<String, Object> map(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        @SuppressWarnings("NullAway") // JSON has nulls; the signatures of a test's data need not repeat that
        Map<String, Object> json = map;
        return json;
    }

    static Instant ago(int seconds) {
        return Instant.now().minus(Duration.ofSeconds(seconds));
    }

    /** {@return a moment of today, some minutes ago; at most half a day} */
    static Instant todayBefore(int minutes) {
        return ago(minutes * 60);
    }

    /** {@return the calls of a usual day: known and unknown, answered, missed and outgoing} */
    static List<Map<String, Object>> day() {
        List<Map<String, Object>> day = new ArrayList<>();
        day.add(past(1, 7, "Olga Sidorova", "Severny Bank", "+74952223344", "102", 312));
        day.add(past(2, 16, "Dmitry Orlov", "Orlov & Sons", "+79037771122", "101", 95));
        day.add(missed(past(3, 24, null, null, "+78123456789", null, 0)));
        day.add(outgoing(past(4, 31, "Irina Belova", null, "+79261112233", "101", 148)));
        day.add(past(5, 42, "Maria Kuznetsova", "Vector LLC", MARIA, "101", 204));
        day.add(past(6, 55, "Hassan Yusuf", "Baku Trade", "+994501234567", "104", 66));
        day.add(missed(past(7, 68, "Elena Popova", "Luch", "+79165550011", null, 0)));
        day.add(past(8, 83, "Elena Popova", "Luch", "+79165550011", "101", 421));
        day.add(past(9, 97, null, null, "+375291234567", "102", 38));
        day.add(past(10, 121, "Pavel Smirnov", "TechnoMir", "+79031234500", "103", 530));
        day.add(outgoing(past(11, 140, "John Carter", "Northwind", "+14155550123", "101", 77)));
        day.add(past(12, 166, "Svetlana Kim", "Kim Studio", "+77012223344", "101", 260));
        day.add(past(13, 190, "Artyom Zaitsev", null, "+79104445566", "104", 121));
        return day;
    }

    private static Map<String, Object> past(
            int number,
            int minutes,
            @Nullable String name,
            @Nullable String company,
            String customer,
            @Nullable String by,
            int seconds) {
        Instant started = todayBefore(minutes);
        Map<String, Object> call = with(
                inbound("hq:1795365000." + number, customer, "SETTLED"),
                "startedAt",
                started.toString(),
                "endedAt",
                started.plusSeconds(seconds + 8L).toString(),
                "end",
                "COMPLETED",
                "endedBy",
                "CUSTOMER",
                "waitSeconds",
                8.0,
                "connectedSeconds",
                (double) seconds,
                "talkSeconds",
                (double) seconds,
                "crm",
                map("main", map("state", "DONE", "ref", "VI-" + number)));
        if (by != null) {
            call.putAll(map(
                    "answeredBy",
                    List.of(by),
                    "agent",
                    by,
                    "rang",
                    List.of(by),
                    "answeredAt",
                    started.plusSeconds(8).toString()));
        }
        if (name != null) {
            Map<String, Object> contact = map(
                    "account",
                    "main",
                    "type",
                    "CONTACT",
                    "id",
                    "" + number,
                    "name",
                    name,
                    "company",
                    company,
                    "url",
                    "https://portal.example/crm/contact/details/" + number + "/");
            call.putAll(map("contact", contact, "matchList", List.of(contact), "matches", 1));
        }
        return call;
    }

    private static Map<String, Object> outgoing(Map<String, Object> call) {
        return with(call, "direction", "OUTBOUND");
    }

    /** {@return a transferred call with its events and the reasons of every decision} */
    static Map<String, Object> explained(String id) {
        Instant start = todayBefore(42);
        return with(
                ended(ringing(id)),
                "startedAt",
                start.toString(),
                "answeredAt",
                start.plusSeconds(9).toString(),
                "endedAt",
                start.plusSeconds(204).toString(),
                "answeredBy",
                List.of("102", "101"),
                "agent",
                "101",
                "rang",
                List.of("102", "101"),
                "holdSeconds",
                12.0,
                "transfers",
                List.of(map("kind", "BLIND", "from", "102", "to", "101", "answered", true)),
                "responsible",
                map("agent", "Anna", "why", "LAST_TALKED"),
                "recording",
                map("available", true, "name", "rec-94"),
                "why",
                List.of(
                        map("what", "contact=main/CONTACT/275", "because", "Nobody else has the number."),
                        map("what", "responsible=Anna", "because", "by LAST_TALKED"),
                        map("what", "end=COMPLETED", "because", "the parties were connected")),
                "deliveries",
                List.of(CrmScene.record(), CrmScene.write("AttachRecording", "DONE", "ref", "F-12")),
                "events",
                List.of(
                        event(start, 0, "Arrived"),
                        event(start, 1, "Queued", "queue", "Sales"),
                        event(start, 2, "LegRinging", "leg", "a", "party", "AGENT", "extension", "102"),
                        event(start, 9, "LegAnswered", "leg", "a", "party", "AGENT", "extension", "102"),
                        event(start, 61, "Transferred", "kind", "BLIND", "from", "102", "to", "101"),
                        event(start, 62, "LegRinging", "leg", "b", "party", "AGENT", "extension", "101"),
                        event(start, 66, "LegAnswered", "leg", "b", "party", "AGENT", "extension", "101"),
                        event(start, 204, "LegEnded", "leg", "b", "why", "HUNG_UP", "code", "16"),
                        event(start, 205, "Settled")));
    }

    private static Map<String, Object> event(Instant start, int seconds, String type, String... more) {
        Map<String, Object> event = map("at", start.plusSeconds(seconds).toString(), "type", type);
        event.putAll(map((Object[]) more));
        return event;
    }

    /** {@return one delivery that waits and one that a person has to decide} */
    static Map<String, Object> parked() {
        return map(
                "deliveries",
                List.of(map(
                        "id",
                        17,
                        "account",
                        "main",
                        "kind",
                        "OpenTicket",
                        "call",
                        "hq:1795365000.5",
                        "state",
                        "PARKED",
                        "attempts",
                        3,
                        "reason",
                        "The field “Department” is required. Set it in the rules, then try again.")),
                "counts",
                map("pending", 2, "parked", 1, "done", 120));
    }
}
