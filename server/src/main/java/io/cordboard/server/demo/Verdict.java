// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import io.cordboard.call.CallId;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.testkit.bitrix24.Bitrix24Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what happened on the line, as the PBX's sandbox tells it, with what the CRM's sandbox holds. */
final class Verdict {
    private static final int LEAD = 1;

    private final Stage stage;
    private final Map<String, String> userByExtension = new HashMap<>();
    private final int leadsBefore;

    Verdict(Stage stage) {
        this.stage = stage;
        Stage.extensionByUser().forEach((user, extension) -> userByExtension.put(extension, user));
        this.leadsBefore = stage.crm().items(LEAD).size();
    }

    /** {@return whether nothing is on its way any more} */
    boolean isQuiet(List<Shown> shown) {
        boolean settled = shown.stream()
                .allMatch(one -> stage.server()
                        .cordboard()
                        .call(new CallId(Stage.PBX, one.id()))
                        .filter(card -> card.call().state().name().equals("SETTLED"))
                        .isPresent());
        return settled && stage.server().cordboard().outbox().count(Stage.CRM, Delivery.State.PENDING) == 0;
    }

    /** {@return what the CRM holds of a call, and what is wrong with it} */
    Line judge(Shown shown) {
        List<Bitrix24Call> held = held(shown);
        if (held.size() != 1) {
            return new Line(held.size() + " records", List.of("there must be exactly one record"));
        }
        Bitrix24Call record = held.get(0);
        List<String> wrong = new ArrayList<>();
        expect(wrong, "finished", true, record.finished());
        expect(wrong, "type", shown.isInbound() ? 2 : 1, record.type());
        expect(wrong, "status", status(shown), String.valueOf(record.statusCode()));
        expect(wrong, "user", user(shown), Integer.toString(record.user()));
        expect(wrong, "duration", shown.isAnswered() ? Math.max(1, shown.seconds()) : 0, record.duration());
        customer(wrong, shown, record);
        recording(wrong, shown, record);
        return new Line(text(record), wrong);
    }

    /** {@return what is wrong with the whole: more or fewer records, tickets or leads than there should be} */
    List<String> judgeAll(List<Shown> shown) {
        List<String> wrong = new ArrayList<>();
        long records =
                stage.crm().calls().stream().filter(Bitrix24Call::finished).count();
        expect(wrong, "records of calls", shown.size(), (int) records);
        long missed = shown.stream()
                .filter(one ->
                        one.isInbound() && !one.isAnswered() && one.scene().wants() != Wants.HIDDEN)
                .count();
        expect(
                wrong,
                "tickets of missed calls",
                (int) missed,
                stage.crm().tasks().size());
        long strangers = shown.stream()
                .filter(one -> one.scene().wants() == Wants.STRANGER)
                .count();
        expect(
                wrong,
                "leads of strangers",
                (int) strangers,
                stage.crm().items(LEAD).size() - leadsBefore);
        long parked = stage.server().cordboard().outbox().count(Stage.CRM, Delivery.State.PARKED);
        expect(wrong, "parked deliveries", 0, (int) parked);
        return wrong;
    }

    /** Found by the PBX's id, which every record carries, or, where the CRM itself began the call, by the CRM's. */
    private List<Bitrix24Call> held(Shown shown) {
        String id = new CallId(Stage.PBX, shown.id()).toString();
        Optional<String> ref = stage.server().cordboard().outbox().of(new CallId(Stage.PBX, shown.id())).stream()
                .filter(delivery -> delivery.write() instanceof CrmWrite.LogCall)
                .flatMap(delivery -> Optional.ofNullable(delivery.ref()).stream())
                .findFirst();
        return stage.crm().calls().stream()
                .filter(call -> id.equals(call.externalCallId())
                        || (ref.isPresent() && ref.get().contains(call.callId())))
                .toList();
    }

    private static String status(Shown shown) {
        if (shown.isAnswered()) {
            return "200";
        }
        return shown.isInbound() || !shown.text("disposition").equals("busy") ? "304" : "486";
    }

    /**
     * The last who talked; else who dialled; else the contact's owner, if that is an agent; else the last whose phone
     * rang.
     */
    private String user(Shown shown) {
        if (!shown.isInbound()) {
            return userOf(shown.text("from"));
        }
        if (shown.isAnswered()) {
            return userOf(Shown.last(shown.answeredBy()));
        }
        String owner = shown.person().owner();
        return owner != null && userByExtension.containsValue(owner) ? owner : userOf(Shown.last(shown.rang()));
    }

    private String userOf(String extension) {
        return userByExtension.getOrDefault(extension, "1");
    }

    private void customer(List<String> wrong, Shown shown, Bitrix24Call record) {
        switch (shown.scene().wants()) {
            case OWNED, UNOWNED -> {
                expect(wrong, "kind of customer", "CONTACT", record.entityType());
                expect(wrong, "contact", shown.person().contact(), String.valueOf(record.entityId()));
            }
            case STRANGER ->
                expect(wrong, "call put to a lead", true, record.entityType().equals("LEAD") || isPutToLead(record));
            case HIDDEN -> {}
        }
    }

    /** A stranger's lead is made when the call is over; the activity of the call is put to it then. */
    private boolean isPutToLead(Bitrix24Call record) {
        return stage.crm().activities().stream()
                .filter(row -> String.valueOf(row.get("ID")).equals(String.valueOf(record.activity())))
                .anyMatch(row -> String.valueOf(row.get("BINDINGS")).contains("OWNER_TYPE_ID=" + LEAD));
    }

    private void recording(List<String> wrong, Shown shown, Bitrix24Call record) {
        if (!shown.isRecorded()) {
            expect(wrong, "recording", 0, record.recordBytes().length);
        } else if (!Arrays.equals(stage.pbx().sound(shown.text("recording")), record.recordBytes())) {
            wrong.add("recording is " + record.recordBytes().length + " bytes that are not the PBX's");
        }
    }

    private static void expect(List<String> wrong, String what, Object expected, Object found) {
        if (!String.valueOf(expected).equals(String.valueOf(found))) {
            wrong.add(what + " should be " + expected + ", but is " + found);
        }
    }

    private static String text(Bitrix24Call record) {
        return (record.type() == 2 ? "in " : "out ") + record.statusCode() + ", user " + record.user() + ", "
                + record.duration() + " s, " + record.entityType() + " " + record.entityId()
                + (record.recordBytes().length > 0 ? ", recording" : "");
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
