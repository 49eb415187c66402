// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.call.CallId;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.CrmBooks.HeldCall;
import io.cordboard.testkit.CrmBooks.Result;
import io.cordboard.testkit.PlayedCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what happened on the line, as the PBX's sandbox tells it, with what the CRM's sandbox holds. */
final class Verdict {
    private final Stage stage;
    private final CrmBooks books;
    private final Map<String, String> userByExtension = new HashMap<>();
    private final long newcomersBefore;

    Verdict(Stage stage) {
        this.stage = stage;
        this.books = stage.books();
        stage.extensionByUser().forEach((user, extension) -> userByExtension.put(extension, user));
        this.newcomersBefore = newcomers();
    }

    private long newcomers() {
        return books.newcomers().values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return whether nothing is on its way any more} */
    boolean isQuiet(List<Shown> shown) {
        boolean settled = shown.stream()
                .allMatch(one -> stage.server()
                        .cordboard()
                        .call(new CallId(Stage.PBX, one.call().id()))
                        .filter(card -> card.call().state().name().equals("SETTLED"))
                        .isPresent());
        return settled && stage.server().cordboard().outbox().count(Stage.CRM, Delivery.State.PENDING) == 0;
    }

    /** {@return what the CRM holds of a call, and what is wrong with it} */
    Line judge(Shown shown) {
        List<HeldCall> held = held(shown);
        if (held.size() != 1) {
            return new Line(held.size() + " records", List.of("there must be exactly one record"));
        }
        HeldCall call = held.get(0);
        byte[] recording = call.recording().get();
        List<String> wrong = new ArrayList<>();
        expect(wrong, "finished", true, call.finished());
        expect(wrong, "inbound", shown.call().inbound(), call.inbound());
        result(wrong, shown, call);
        expect(wrong, "user", user(shown), call.user());
        expect(wrong, "duration", shown.isAnswered() ? Math.max(1, shown.call().seconds()) : 0, call.seconds());
        customer(wrong, shown, call);
        recording(wrong, shown, recording);
        return new Line(call + (recording.length > 0 ? ", recording" : ""), wrong);
    }

    /** {@return what is wrong with the whole: more or fewer records, tickets or leads than there should be} */
    List<String> judgeAll(List<Shown> shown) {
        List<String> wrong = new ArrayList<>();
        long records = books.calls().stream().filter(HeldCall::finished).count();
        expect(wrong, "records of calls", shown.size(), records);
        long missed = shown.stream()
                .filter(one ->
                        one.call().inbound() && !one.isAnswered() && one.scene().wants() != Wants.HIDDEN)
                .count();
        expect(wrong, "tickets of missed calls", missed, books.tickets().size());
        long strangers = shown.stream()
                .filter(one -> one.scene().wants() == Wants.STRANGER)
                .count();
        expect(wrong, "new customers", strangers, newcomers() - newcomersBefore);
        expect(
                wrong,
                "parked deliveries",
                0,
                stage.server().cordboard().outbox().count(Stage.CRM, Delivery.State.PARKED));
        return wrong;
    }

    /** Found by the PBX's id, which every record carries, or, where the CRM itself began the call, by the CRM's. */
    private List<HeldCall> held(Shown shown) {
        CallId id = new CallId(Stage.PBX, shown.call().id());
        Optional<String> ref = stage.server().cordboard().outbox().of(id).stream()
                .filter(delivery -> delivery.write() instanceof CrmWrite.LogCall)
                .flatMap(delivery -> Optional.ofNullable(delivery.ref()).stream())
                .findFirst();
        return books.calls().stream()
                .filter(call -> id.toString().equals(call.call())
                        || (call.call().isEmpty()
                                && ref.isPresent()
                                && ref.get().contains(call.ref())))
                .toList();
    }

    /** Whether it was the caller or the agent who was busy is not told for calls that came in. */
    private static void result(List<String> wrong, Shown shown, HeldCall call) {
        if (shown.isAnswered() || call.result() == Result.ANSWERED || call.result() == Result.OTHER) {
            expect(wrong, "result", shown.isAnswered() ? Result.ANSWERED : Result.MISSED, call.result());
        } else if (!shown.call().inbound()) {
            boolean busy = shown.call().end() == PlayedCall.End.BUSY;
            expect(wrong, "result", busy ? Result.BUSY : Result.MISSED, call.result());
        }
    }

    /**
     * The last who talked; else who dialled; else the contact's owner, if that is an agent; else the last whose phone
     * rang.
     */
    private String user(Shown shown) {
        if (!shown.call().inbound()) {
            return userOf(shown.call().from());
        }
        if (shown.isAnswered()) {
            return userOf(Shown.last(shown.call().answeredBy()));
        }
        String owner = shown.person().owner();
        return owner != null && userByExtension.containsValue(owner)
                ? owner
                : userOf(Shown.last(shown.call().rang()));
    }

    private String userOf(String extension) {
        return userByExtension.getOrDefault(extension, books.otherwise());
    }

    private static void customer(List<String> wrong, Shown shown, HeldCall call) {
        switch (shown.scene().wants()) {
            case OWNED, UNOWNED ->
                expect(wrong, "customer", "CONTACT " + shown.person().contact(), call.customer());
            case STRANGER ->
                expect(
                        wrong,
                        "call put to a new customer",
                        false,
                        call.customer().isEmpty());
            case HIDDEN -> {}
        }
    }

    private void recording(List<String> wrong, Shown shown, byte[] recording) {
        List<String> recorded = shown.call().recordings();
        if (recorded.isEmpty()) {
            expect(wrong, "recording", 0, recording.length);
        } else if (!Arrays.equals(stage.pbx().sound(recorded.get(0)), recording)) {
            wrong.add("recording is " + recording.length + " bytes that are not the PBX's");
        }
    }

    private static void expect(List<String> wrong, String what, Object expected, Object found) {
        if (!String.valueOf(expected).equals(String.valueOf(found))) {
            wrong.add(what + " should be " + expected + ", but is " + found);
        }
    }

    /**
     * What the CRM holds of one call. Immutable.
     *
     * @param held what it holds
     * @param wrong what is wrong with it
     */
    record Line(String held, List<String> wrong) {
        /** Copies the list. */
        Line {
            wrong = List.copyOf(wrong);
        }
    }
}
