// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.Call;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.call.Recording;
import io.cordboard.call.Transfer;
import io.cordboard.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MangoStoriesTest {
    private static final Extension FIRST = new Extension("100");
    private static final Extension SECOND = new Extension("101");
    private static final String CUSTOMER = "+74955404444";

    @Test
    void aMenuAndARouteAreOneCallOfWhoAnswered() {
        Call call = Stories.settled(Stories.story("ivr_then_route"));

        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.customer().raw()).isEqualTo(CUSTOMER);
        assertThat(call.line()).isEqualTo("74952150438");
        assertThat(call.rang()).containsExactly(FIRST);
        assertThat(call.answeredBy()).containsExactly(FIRST);
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.endedBy()).isEqualTo(EndedBy.AGENT);
        assertThat(call.startedAt()).isEqualTo(Stories.START);
        assertThat(call.times().waiting()).isEqualTo(Duration.ofSeconds(12));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void theAgentsPickUpOfACallbackIsNoConversation() {
        Call call = Stories.settled(Stories.story("callback_rejected"));

        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.dialId()).isEqualTo("order-7");
        assertThat(call.customer().raw()).isEqualTo(CUSTOMER);
        assertThat(call.agent()).isEqualTo(FIRST);
        assertThat(call.isAnswered()).isFalse();
        assertThat(call.end()).isEqualTo(EndReason.REJECTED);
        assertThat(call.failedParty()).isEqualTo(Party.Kind.CUSTOMER);
    }

    @Test
    void aConsultationIsATransferOnceTheCustomerIsHandedOver() {
        Call call = Stories.settled(Stories.story("transfer_consultative"));

        assertThat(call.transfers())
                .containsExactly(new Transfer(Transfer.Kind.ATTENDED, FIRST, SECOND.number(), true));
        assertThat(call.rang()).containsExactly(FIRST);
        assertThat(call.answeredBy()).containsExactly(FIRST, SECOND);
        assertThat(call.agent()).isEqualTo(SECOND);
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.endedBy()).isEqualTo(EndedBy.CUSTOMER);
        assertThat(call.times().held()).isEqualTo(Duration.ofSeconds(11));
        assertThat(call.times().talking()).isEqualTo(Duration.ofSeconds(19));
    }

    @Test
    void aBlindTransferIsOneCallOfTwoAgents() {
        Call call = Stories.settled(Stories.story("transfer_blind"));

        assertThat(call.transfers()).containsExactly(new Transfer(Transfer.Kind.BLIND, FIRST, SECOND.number(), true));
        assertThat(call.rang()).containsExactly(FIRST, SECOND);
        assertThat(call.answeredBy()).containsExactly(FIRST, SECOND);
        assertThat(call.consulted()).isEmpty();
        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(call.times().talking()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aRouteOutOfAMenuThatIsNotOverYetRings() {
        Call call = Stories.settled(Stories.story("dtmf_then_route"));

        assertThat(call.rang()).containsExactly(new Extension("102"));
        assertThat(call.isAnswered()).isFalse();
        assertThat(call.end()).isNull();
    }

    @Test
    void manyPhonesThatRangAreOneAnsweredCallWithItsRecording() {
        Call call = Stories.settled(Stories.story("group_parallel_ring"));

        assertThat(call.queue()).isEqualTo("999");
        assertThat(call.rang()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(call.answeredBy()).containsExactly(SECOND);
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.recordings()).containsExactly(new Recording("cmVjb3JkaW5nLTE=", "F2"));
    }

    @Test
    void withoutItsRecordACallIsEndedByItsLegs() {
        List<MangoNotice> story = new ArrayList<>(Stories.story("ivr_then_route"));
        story.removeIf(notice -> notice.kind() == MangoNotice.Kind.SUMMARY);

        Call call = Stories.settled(story);

        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.endedBy()).isEqualTo(EndedBy.AGENT);
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aRecordThatSaysNobodyTalkedIsBelieved() {
        Call call = Stories.settled(List.of(notice("""
                {"entry_id":"x","call_direction":"1","from":{"number":74955404444},"to":{},
                "line_number":"74952150438","create_time":"1767254400","forward_time":1767254402,"talk_time":0,
                "end_time":"1767254414","entry_result":1,"disconnect_reason":"1170"}""")));

        assertThat(call.isAnswered()).isFalse();
        assertThat(call.customer().raw()).isEqualTo(CUSTOMER);
        assertThat(call.end()).isEqualTo(EndReason.NO_ANSWER);
        assertThat(call.rang()).isEmpty();
    }

    @Test
    void aGroupThatMissedACallIsNobodysPhone() {
        Call call = Stories.settled(List.of(notice("""
                {"entry_id":"x","call_direction":1,"from":{"number":"74955404444"},"to":{"extension":"999"},
                "create_time":1767254400,"talk_time":0,"end_time":1767254414,"disconnect_reason":1110}""")));

        assertThat(call.rang()).isEmpty();
        assertThat(call.end()).isEqualTo(EndReason.ABANDONED);
    }

    @Test
    void cyrillicLettersInConstantsAreReadAsTheLatinOnesTheyLookLike() {
        MangoNotice notice = new MangoNotice(
                MangoNotice.Kind.LEG,
                Json.parse("{\"callback_initiator\":\"MissGroup\u0421allCallback\"}")
                        .orElseThrow(),
                Duration.ZERO);

        assertThat(notice.initiator()).isEqualTo("MissGroupCallCallback");
    }

    @Test
    void codesThatAreNotKnownCountAsTheirClass() {
        assertThat(MangoCode.fold(2219)).isEqualTo(2210);
        assertThat(MangoCode.fold(1090)).isEqualTo(1000);
        assertThat(MangoCode.fold(1121)).isEqualTo(1121);
        assertThat(MangoCode.unanswered(1121, Direction.OUTBOUND)).isEqualTo(EndReason.BUSY);
        assertThat(MangoCode.unanswered(2240, Direction.OUTBOUND)).isEqualTo(EndReason.FAILED);
        assertThat(MangoCode.unanswered(1163, Direction.INBOUND)).isEqualTo(EndReason.NO_ANSWER);
    }

    private static MangoNotice notice(String summary) {
        return new MangoNotice(MangoNotice.Kind.SUMMARY, Json.parse(summary).orElseThrow(), Duration.ZERO);
    }
}
