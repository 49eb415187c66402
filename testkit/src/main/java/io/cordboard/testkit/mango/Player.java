// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.mango;

import io.cordboard.testkit.Knobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Plays one call: what the PBX would do, and what it would tell. Used by one thread. */
final class Player {
    private final Books books;
    private final Knobs knobs;
    private final Script script;
    private final Played call;
    private final Teller teller;
    private final double speed;
    private double seconds;

    Player(Sandboxed parts, Script script, Played call) {
        this.books = parts.books();
        this.knobs = parts.knobs();
        this.script = script;
        this.call = call;
        this.teller = new Teller(parts, script, call);
        this.speed = Math.max(0.01, script.number("speed", knobs.number("speed")));
    }

    void play(String commandId) {
        if (script.isIncoming()) {
            incoming();
        } else if (script.isCallback()) {
            callback(commandId);
        } else {
            outgoing();
        }
        teller.flush();
    }

    // --- incoming

    private void incoming() {
        String taken = "";
        List<String> phones = phones();
        Optional<Order> order = Optional.empty();
        if (!script.flag("direct", false)) {
            Leg menu = leg("ivr").from("", caller()).to("", call.to()).with("to", "line_number", call.to());
            say(menu, "Appeared", 0);
            order = pause(knobs.number("ivrSeconds"));
            boolean ended = order.filter(o -> o.kind() == Order.Kind.HANG_UP).isPresent();
            if (ended || script.kind().equals("menu")) {
                int code = ended ? 1181 : 1110;
                say(menu, "Disconnected", code);
                over(code, "");
                return;
            }
            say(menu, "Disconnected", 1100);
            taken = menu.id;
        }
        if (order.isPresent()) {
            call.shows(order.get().shown());
            phones = List.of(order.get().to());
        }
        ring(phones, taken, order.map(Order::commandId).orElse(""));
    }

    private void ring(List<String> phones, String taken, String commandId) {
        String group = script.ringsAll() && phones.size() > 1 ? knobs.text("group") : "";
        Leg queue = null;
        String before = taken;
        if (!group.isEmpty()) {
            queue = queue(taken, group);
            say(queue, "Appeared", 0);
            before = queue.id;
        }
        List<Leg> ringing = new ArrayList<>();
        for (String phone : phones) {
            Leg leg = toAgent(phone, before).with("to", "acd_group", group).by(commandId, "");
            ringing.add(leg);
            call.rings(phone);
            say(leg, "Appeared", 0);
        }
        Optional<Order> order = pause(script.number("ringSeconds", 3));
        int failure = order.isPresent() ? 1181 : script.failure();
        Leg winner = ringing.get(script.ringsAll() ? ringing.size() - 1 : 0);
        if (failure == 0) {
            say(winner, "Connected", 0);
        }
        for (Leg leg : ringing) {
            if (failure != 0 || leg != winner) {
                say(leg, "Disconnected", failure != 0 ? failure : (int) knobs.number("loserCode"));
            }
        }
        if (queue != null) {
            say(queue, "Disconnected", failure == 0 ? 1100 : failure);
        }
        if (failure != 0) {
            over(failure, ringing.get(0).extension("to"));
        } else {
            talk(winner, winner.extension("to"));
        }
    }

    private Leg queue(String takenFrom, String group) {
        return leg("queue")
                .from("", caller())
                .with("from", "taken_from_call_id", takenFrom)
                .to("", call.to())
                .with("to", "line_number", call.to())
                .with("to", "acd_group", group);
    }

    private Leg toAgent(String extension, String takenFrom) {
        return leg("abonent")
                .from("", caller())
                .with("from", "taken_from_call_id", takenFrom)
                .to(extension, "sip:u" + extension + "@vpbx400000000.mangosip.ru")
                .with("to", "line_number", call.to());
    }

    private List<String> phones() {
        List<String> all = knobs.texts("extensions");
        String one = script.text("extension", all.isEmpty() ? "100" : all.get(0));
        return script.texts("ring", script.ringsAll() && !all.isEmpty() ? all : List.of(one));
    }

    private String caller() {
        return script.kind().equals("anonymous") ? "" : call.from();
    }

    // --- talking

    /** Somebody talks with the customer until it is over, or until a command changes it. */
    private void talk(Leg first, String agent) {
        call.answers(agent);
        call.talks(at());
        Leg leg = first;
        String who = agent;
        teller.recording(leg, who, "Started", at());
        boolean scripted = script.kind().startsWith("transfer");
        double lasts = script.kind().equals("talk") ? 3000 : script.number("talkSeconds", 10);
        Optional<Order> order = pause(lasts);
        while (scripted || order.filter(o -> o.kind() == Order.Kind.TRANSFER).isPresent()) {
            String to = order.map(Order::to).orElseGet(() -> script.text("target", "101"));
            boolean asks = order.isEmpty() && script.kind().equals("transfer");
            String commandId = order.map(Order::commandId).orElse("");
            scripted = false;
            leg = asks ? consult(leg, who, to) : blind(leg, who, to, commandId);
            who = to;
            teller.recording(leg, who, "Started", at());
            order = pause(script.number("talkSeconds", 10));
        }
        int code = order.isPresent() ? 1181 : 1110;
        say(leg, "Disconnected", code);
        teller.recorded(leg, who, at(), speed);
        over(code, call.answeredBy().get(0));
    }

    /** The agent asks first, and leaves the two others alone. */
    private Leg consult(Leg leg, String who, String to) {
        say(leg, "OnHold", 0);
        Leg other = leg("abonent")
                .from(who, "sip:u" + who + "@vpbx400000000.mangosip.ru")
                .with("from", "taken_from_call_id", leg.id)
                .to(to, "sip:u" + to + "@vpbx400000000.mangosip.ru");
        say(other, "Appeared", 0);
        pauseQuietly(2);
        say(other, "Connected", 0);
        pauseQuietly(3);
        say(leg, "Disconnected", 1120);
        other.from("", caller()).with("from", "taken_from_call_id", leg.id);
        say(other, "Connected", 0);
        call.answers(to);
        return other;
    }

    private Leg blind(Leg leg, String who, String to, String commandId) {
        say(leg, "OnHold", 0);
        Leg other = leg("abonent")
                .from(who, "sip:u" + who + "@vpbx400000000.mangosip.ru")
                .to(to, "sip:u" + to + "@vpbx400000000.mangosip.ru")
                .by(commandId, "");
        say(other, "Appeared", 0);
        pauseQuietly(1);
        say(leg, "Disconnected", 1120);
        other.from("", customer()).with("from", "taken_from_call_id", leg.id);
        say(other, "Appeared", 0);
        call.rings(to);
        pauseQuietly(script.number("ringSeconds", 3));
        say(other, "Connected", 0);
        call.answers(to);
        return other;
    }

    private String customer() {
        return call.direction() == 1 ? caller() : call.to();
    }

    // --- outgoing

    private void outgoing() {
        boolean inside = script.kind().equals("internal");
        String agent = call.from();
        Leg leg = leg("abonent").from(agent, "sip:u" + agent + "@vpbx400000000.mangosip.ru");
        if (inside) {
            leg.to(call.to(), "sip:u" + call.to() + "@vpbx400000000.mangosip.ru");
        } else {
            leg.to("", call.to()).with("to", "line_number", knobs.text("line"));
        }
        call.rings(call.to());
        say(leg, "Appeared", 0);
        customerAnswers(leg, inside ? call.to() : agent);
    }

    private void customerAnswers(Leg leg, String agent) {
        Optional<Order> order = pause(script.number("ringSeconds", 3));
        int failure = order.isPresent() ? 1181 : script.failure();
        if (failure != 0) {
            say(leg, "Disconnected", failure);
            over(failure, "");
            return;
        }
        say(leg, "Connected", 0);
        talk(leg, agent);
    }

    private void callback(String commandId) {
        String agent = call.from();
        Leg first = leg("abonent")
                .from("", call.to())
                .to(agent, "sip:u" + agent + "@vpbx400000000.mangosip.ru")
                .by(commandId, knobs.text("initiator"));
        call.rings(agent);
        say(first, "Appeared", 0);
        Optional<Order> order = pause(script.number("ringSeconds", 3));
        if (order.isPresent() || script.kind().equals("callback-agent")) {
            int code = order.isPresent() ? 1181 : script.failure();
            say(first, "Disconnected", code);
            over(code, "");
            return;
        }
        say(first, "Connected", 0);
        pauseQuietly(1);
        say(first, "Disconnected", 1000);
        Leg second = leg("abonent")
                .from(agent, "sip:u" + agent + "@vpbx400000000.mangosip.ru")
                .with("from", "taken_from_call_id", first.id)
                .to("", call.to())
                .with("to", "line_number", knobs.text("line"))
                .by(commandId, knobs.text("initiator"));
        say(second, "Appeared", 0);
        call.rings(call.to());
        customerAnswers(second, agent);
    }

    // --- all

    private Leg leg(String location) {
        return call.add(new Leg(books.id("1:10009565:81:"), location));
    }

    private void say(Leg leg, String state, int code) {
        teller.leg(leg, state, code, at());
    }

    private void over(int code, String extension) {
        call.over(at(), code);
        teller.over(extension, at());
    }

    /** The call's own time: what is played faster still lasts as long as it says. */
    private long at() {
        return call.startedAt().getEpochSecond() + (long) seconds;
    }

    private void pauseQuietly(double howLong) {
        Optional<Order> order = pause(howLong);
        // A command in between is taken when the phones are quiet again.
        order.ifPresent(late -> call.orders().add(late));
    }

    private Optional<Order> pause(double howLong) {
        long began = System.nanoTime();
        try {
            Order order = call.orders().poll((long) (howLong * 1_000_000 / speed), TimeUnit.MICROSECONDS);
            double waited = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0 * speed;
            seconds += order == null ? howLong : Math.max(1, waited);
            return Optional.ofNullable(order);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
