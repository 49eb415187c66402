// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.Recording;
import io.cordboard.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MangoStatisticsTest {
    private static final Instant NOW = Stories.START.plusSeconds(86_400);
    private static final Map<String, Extension> PEOPLE =
            Map.of("300000100", new Extension("100"), "300000101", new Extension("101"));
    private static final MangoStatistics STATISTICS =
            new MangoStatistics(new MangoNumbers("RU"), id -> Optional.ofNullable(PEOPLE.get(id)));

    @Test
    void aGroupsMembersAreThoseWhoRangAndAnswered() {
        Call call = v2("""
                {"entry_id":"e1","context_type":1,"context_status":1,"caller_id":null,"caller_number":"74955404444",
                "called_number":"74952150438","context_start_time":1767254400,"duration":14,"talk_duration":9,
                "context_calls":[{"call_type":"group","call_abonent_id":10051192,"talk_duration":9,
                "call_end_reason":1110,"recording_id":["cmVjMQ=="],"members":[
                {"call_type":"user","call_abonent_id":300000100,"talk_duration":0,"recording_id":[],"members":null},
                {"call_type":"user","call_abonent_id":300000101,"talk_duration":9,"recording_id":["cmVjMg=="],
                "members":null}]}]}""");

        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.customer().raw()).isEqualTo("+74955404444");
        assertThat(call.line()).isEqualTo("74952150438");
        assertThat(call.rang()).containsExactly(new Extension("100"), new Extension("101"));
        assertThat(call.answeredBy()).containsExactly(new Extension("101"));
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.endedBy()).isEqualTo(EndedBy.CUSTOMER);
        assertThat(call.startedAt()).isEqualTo(Stories.START);
        assertThat(call.endedAt()).isEqualTo(Stories.START.plusSeconds(14));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(9));
        assertThat(call.recordings()).extracting(Recording::name).containsExactly("cmVjMQ==", "cmVjMg==");
    }

    @Test
    void anOutgoingCallIsItsCallers() {
        Call call = v2("""
                {"entry_id":"e2","context_type":2,"caller_id":300000100,"caller_number":"sip:a@b",
                "called_number":"74955404444","context_start_time":1767254400,"duration":8,"talk_duration":0,
                "context_calls":[{"call_type":"number","call_abonent_id":300000100,"call_end_reason":1121,
                "recording_id":[],"members":[]}]}""");

        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.agent()).isEqualTo(new Extension("100"));
        assertThat(call.isAnswered()).isFalse();
        assertThat(call.end()).isEqualTo(EndReason.BUSY);
    }

    @Test
    void theRowsOfOneCallAreOneCall() {
        String csv = """
                [];1767254400;1767254405;;;74955404444;;74952150438;1100;74952150438;ivr;e3
                [];1767254405;1767254410;0;;74955404444;100;sip:u100@x;1100;74952150438;abonent;e3
                cmVjMQ==;1767254405;1767254430;1767254410;;74955404444;101;sip:u101@x;1120;74952150438;abonent;e3
                [];1767254500;1767254520;0;101;sip:u101@x;;74955404444;1111;74952150438;abonent;e4
                not a row
                """.replace("\n", "\r\n");

        List<MangoPast> calls = STATISTICS.calls(csv);

        assertThat(calls).hasSize(2);
        Call first = folded(calls.get(0));
        assertThat(first.rang()).containsExactly(new Extension("100"), new Extension("101"));
        assertThat(first.answeredBy()).containsExactly(new Extension("101"));
        assertThat(first.times().connected()).isEqualTo(Duration.ofSeconds(20));
        assertThat(first.endedBy()).isEqualTo(EndedBy.AGENT);
        assertThat(first.recordings()).extracting(Recording::name).containsExactly("cmVjMQ==");
        Call second = folded(calls.get(1));
        assertThat(second.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(second.end()).isEqualTo(EndReason.NO_ANSWER);
        assertThat(second.agent()).isEqualTo(new Extension("101"));
    }

    @Test
    void whatEventsSaidOfACallStaysAsItWas() {
        Call heard = Stories.settled(Stories.story("group_parallel_ring"));
        MangoPast past = STATISTICS.call(Json.parse("""
                                {"entry_id":"ZW50cnktNg==","context_type":1,"caller_number":"74955404444",
                                "called_number":"74952150438","context_start_time":1767254401,"duration":3,
                                "talk_duration":0,"context_calls":[]}""").orElseThrow()).orElseThrow();

        Call after = heard;
        for (CallEvent event : past.events("office", NOW)) {
            after = CallTracker.apply(after, event);
        }

        assertThat(after).usingRecursiveComparison().ignoringFields("events").isEqualTo(heard);
    }

    @Test
    void whatIsNoCallIsLeftOut() {
        assertThat(STATISTICS.call(Json.parse("{\"entry_id\":\"e\"}").orElseThrow()))
                .isEmpty();
        assertThat(STATISTICS.calls("")).isEmpty();
    }

    private static Call v2(String json) {
        return folded(STATISTICS.call(Json.parse(json).orElseThrow()).orElseThrow());
    }

    private static Call folded(MangoPast past) {
        @Nullable Call call = null;
        for (CallEvent event : new ArrayList<>(past.events("office", NOW))) {
            call = CallTracker.apply(call, event);
        }
        return Objects.requireNonNull(call);
    }
}
