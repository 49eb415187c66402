// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.call.Transfer;
import io.cordboard.store.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZadarmaEventsTest {
    private static final Instant START = Instant.parse("2026-03-05T14:07:26Z");
    private static final String WALL = "2026-03-05 14:07:26";

    @TempDir
    private Path folder;

    private SqliteStore store;
    private ZadarmaCallbacks callbacks;
    private ZadarmaEvents events;
    private final Map<CallId, Call> calls = new HashMap<>();

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, Clock.systemUTC());
        callbacks = new ZadarmaCallbacks(store.memory("office"), START);
        events = new ZadarmaEvents("office", "GB", new ZadarmaTime(ZoneOffset.UTC), callbacks);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAnsweredCall() {
        hear(0, Wire.incoming("NOTIFY_START", WALL));
        hear(0.2, Wire.incoming("NOTIFY_INTERNAL", WALL, "internal", "100"));
        hear(5, Wire.answer(WALL, "100"));
        hear(47.3, Wire.ended(WALL, "answered", "internal", "100", "last_internal", "100", "duration", "42"));

        Call call = incoming();
        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.answeredBy()).containsExactly(new Extension("100"));
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.endCode()).isEqualTo("answered/16");
        assertThat(call.times().waiting()).isEqualTo(Duration.ofSeconds(5));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(42));
        assertThat(call.transfers()).isEmpty();
        assertThat(call.recordings()).isEmpty();
    }

    @Test
    void theEndAloneTellsTheWholeCall() {
        hear(
                47,
                Wire.ended(
                        WALL,
                        "answered",
                        "internal",
                        "100",
                        "duration",
                        "42",
                        "is_recorded",
                        "1",
                        "call_id_with_rec",
                        Wire.RECORDING));

        Call call = incoming();
        assertThat(call.startedAt()).isEqualTo(START);
        assertThat(call.customer().raw()).isEqualTo("+442037691880");
        assertThat(call.line()).isEqualTo("442037691881");
        assertThat(call.answeredBy()).containsExactly(new Extension("100"));
        assertThat(call.recording()).isPresent();
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(42));
    }

    @ParameterizedTest
    @CsvSource({
        "cancel,16,ABANDONED,CUSTOMER",
        "no answer,19,NO_ANSWER,PBX",
        "busy,17,BUSY,",
        "busy,21,REJECTED,",
        "failed,1,FAILED,PBX",
        "'no money, no limit',,FAILED,PBX",
        "something new,16,NO_ANSWER,PBX"
    })
    void aCallThatNobodyAnsweredHasItsReason(String text, String cause, EndReason end, EndedBy by) {
        Map<String, String> fields = Wire.ended(WALL, text);
        fields.put("status_code", cause == null ? "" : cause);
        hear(9, fields);

        assertThat(incoming().isAnswered()).isFalse();
        assertThat(incoming().end()).isEqualTo(end);
        assertThat(incoming().endedBy()).isEqualTo(by);
    }

    @Test
    void aMenuThatPickedUpIsNoAnswer() {
        hear(0, Wire.incoming("NOTIFY_START", WALL));
        hear(3, Wire.incoming("NOTIFY_IVR", WALL, "wait_dtmf[digits]", "1"));
        hear(8, Wire.ended(WALL, "answered", "duration", "8"));

        assertThat(incoming().isAnswered()).isFalse();
        assertThat(incoming().end()).isEqualTo(EndReason.NO_ANSWER);
    }

    @Test
    void aRecordingOfNothingIsNotBelieved() {
        hear(9, Wire.ended(WALL, "cancel", "is_recorded", "1", "call_id_with_rec", Wire.RECORDING));
        assertThat(incoming().recordings()).isEmpty();

        hear(10, Wire.record());
        assertThat(incoming().recordings()).hasSize(1);
    }

    @Test
    void aTransferIsOneCallWithTwoAgents() {
        hear(0, Wire.incoming("NOTIFY_START", WALL));
        hear(1, Wire.incoming("NOTIFY_INTERNAL", WALL, "internal", "100"));
        hear(3, Wire.answer(WALL, "100"));
        hear(20, Wire.incoming("NOTIFY_INTERNAL", WALL, "internal", "101"));
        hear(24, Wire.answer(WALL, "101"));
        hear(45, Wire.ended(WALL, "answered", "internal", "100", "last_internal", "101", "duration", "42"));

        Call call = incoming();
        assertThat(call.answeredBy()).containsExactly(new Extension("100"), new Extension("101"));
        assertThat(call.agent()).isEqualTo(new Extension("101"));
        assertThat(call.transfers())
                .containsExactly(new Transfer(Transfer.Kind.BLIND, new Extension("100"), "101", true));
    }

    @Test
    void aHiddenNumberIsEmpty() {
        Map<String, String> fields = Wire.incoming("NOTIFY_START", WALL);
        fields.put("caller_id", "0");
        hear(0, fields);

        assertThat(incoming().customer().raw()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "442037691880,+442037691880",
        "+442037691880,+442037691880",
        "380501234567,+380501234567",
        "0,''",
        "100,100",
        "02037691880,02037691880"
    })
    void anInternationalNumberGetsItsPlus(String written, String read) {
        assertThat(events.number(written)).isEqualTo(read);
    }

    @Test
    void anOutgoingCallThatNobodyAnsweredNamesTheCustomersPhone() {
        hear(0, Wire.outgoing("NOTIFY_OUT_START", WALL));
        hear(
                8,
                Wire.outgoing(
                        "NOTIFY_OUT_END",
                        WALL,
                        "duration",
                        "0",
                        "disposition",
                        "busy",
                        "status_code",
                        "17",
                        "is_recorded",
                        "1",
                        "call_id_with_rec",
                        "1585913205.75283"));

        Call call = outgoing(Wire.OUT);
        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.agent()).isEqualTo(new Extension("100"));
        assertThat(call.customer().raw()).isEqualTo("+442037691882");
        assertThat(call.end()).isEqualTo(EndReason.BUSY);
        assertThat(call.failedParty()).isEqualTo(Party.Kind.CUSTOMER);
        assertThat(call.recordings()).isEmpty();
    }

    @Test
    void anOutgoingCallThatWasAnsweredCountsFromTheCustomersAnswer() {
        hear(0, Wire.outgoing("NOTIFY_OUT_START", WALL));
        Map<String, String> answer = Wire.outgoing("NOTIFY_ANSWER", WALL);
        hear(4, answer);
        hear(34.5, Wire.outgoing("NOTIFY_OUT_END", WALL, "duration", "30", "disposition", "answered"));

        Call call = outgoing(Wire.OUT);
        assertThat(call.times().waiting()).isEqualTo(Duration.ofSeconds(4));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.answeredBy()).containsExactly(new Extension("100"));
    }

    @Test
    void theTwoHalvesOfACallbackAreOneCallInWhicheverOrder() {
        String agents = "out_" + "a".repeat(40);
        callbacks.ordered("order-1", new Extension("100"), "+442037691882", START);
        Map<String, String> customersHalf = Wire.outgoing("NOTIFY_OUT_START", WALL, "calltype", "callback_leg2");
        Map<String, String> agentsHalf = Wire.outgoing("NOTIFY_OUT_START", WALL, "calltype", "callback_leg1");
        agentsHalf.put("pbx_call_id", agents);
        agentsHalf.put("destination", "100");

        hear(5, customersHalf);
        hear(6, agentsHalf);

        assertThat(outgoing(Wire.OUT).dialId()).isEqualTo("order-1");
        assertThat(outgoing(agents).absorbedInto()).isEqualTo(new CallId("office", Wire.OUT));
    }

    @Test
    void anOrderIsRecognisedAfterARestart() {
        callbacks.ordered("order-1", new Extension("100"), "+442037691882", START);
        store.close();
        store = SqliteStore.open(folder, Clock.systemUTC());
        callbacks = new ZadarmaCallbacks(store.memory("office"), START.plusSeconds(30));
        events = new ZadarmaEvents("office", "GB", new ZadarmaTime(ZoneOffset.UTC), callbacks);

        hear(40, Wire.outgoing("NOTIFY_OUT_START", WALL));

        assertThat(outgoing(Wire.OUT).dialId()).isEqualTo("order-1");
    }

    @Test
    void anOrderIsNotMistakenForALaterOrAnotherCall() {
        callbacks.ordered("order-1", new Extension("100"), "+442037691889", START);
        hear(5, Wire.outgoing("NOTIFY_OUT_START", WALL));
        assertThat(outgoing(Wire.OUT).dialId()).isNull();

        callbacks.ordered("order-2", new Extension("100"), "+442037691882", START);
        Map<String, String> late = Wire.outgoing("NOTIFY_OUT_START", WALL);
        late.put("pbx_call_id", "out_" + "b".repeat(40));
        hear(121, late);
        assertThat(outgoing("out_" + "b".repeat(40)).dialId()).isNull();
    }

    @Test
    void theAccountsClockCountsOnlyWhereItIsPlausible() {
        hear(47, Wire.ended("2026-03-05 16:07:26", "answered", "internal", "100", "duration", "42"));

        assertThat(incoming().startedAt()).isEqualTo(START.plusSeconds(5));
    }

    private void hear(double second, Map<String, String> fields) {
        Instant now = START.plusMillis(Math.round(second * 1000));
        for (CallEvent event : events.of(Wire.notice(fields), now)) {
            calls.put(event.call(), CallTracker.apply(calls.get(event.call()), event));
        }
    }

    private Call incoming() {
        return outgoing(Wire.IN);
    }

    private Call outgoing(String id) {
        return Optional.ofNullable(calls.get(new CallId("office", id))).orElseThrow();
    }
}
