// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import static io.cordboard.call.Story.at;
import static io.cordboard.call.Story.ext;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallTrackerTest {
    @Test
    void tenPhonesRingAndOneAnswersIsOneAnsweredCall() {
        Story story = Story.inbound();
        for (int i = 101; i <= 110; i++) {
            story.rings(1, String.valueOf(i));
        }
        story.answers(3, "104");
        for (int i = 101; i <= 110; i++) {
            if (i != 104) {
                story.legEnds(3, String.valueOf(i), LegEnd.ANSWERED_ELSEWHERE);
            }
        }

        Call call = story.legEnds(9, "104", LegEnd.HUNG_UP)
                .ends(9, EndedBy.CUSTOMER)
                .told();

        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.rang()).hasSize(10);
        assertThat(call.answeredBy()).containsExactly(ext("104"));
        assertThat(call.agent()).isEqualTo(ext("104"));
        assertThat(call.times().waiting()).isEqualTo(Duration.ofSeconds(3));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void callerWhoGivesUpHasAbandonedTheCall() {
        Call call = Story.inbound()
                .rings(1, "101")
                .legEnds(4, "101", LegEnd.CANCELLED)
                .ends(4, EndedBy.CUSTOMER)
                .told();

        assertThat(call.end()).isEqualTo(EndReason.ABANDONED);
        assertThat(call.isAnswered()).isFalse();
        assertThat(call.times().waiting()).isEqualTo(Duration.ofSeconds(4));
        assertThat(call.why()).contains(new Why("end=ABANDONED", "the caller hung up before an answer"));
    }

    @Test
    void pbxThatGivesUpIsNoAnswer() {
        Call call = Story.inbound().rings(1, "101").ends(8, EndedBy.PBX).told();

        assertThat(call.end()).isEqualTo(EndReason.NO_ANSWER);
    }

    @Test
    void voicemailEndsTheWaitAndIsNoAnswer() {
        Call call = Story.inbound()
                .rings(0.5, "101")
                .voicemail(6)
                .ends(22, EndedBy.CUSTOMER)
                .told();

        assertThat(call.end()).isEqualTo(EndReason.VOICEMAIL);
        assertThat(call.times().waiting()).isEqualTo(Duration.ofSeconds(6));
        assertThat(call.times().connected()).isZero();
    }

    @Test
    void aRecordingThatIsAnnouncedForACallThatNobodyAnsweredIsNone() {
        Recording announced = new Recording("1.2", null);
        Story missed = Story.inbound()
                .rings(1, "101")
                .say(new CallEvent.RecordingAvailable(Story.ID, Story.at(4), announced))
                .ends(4, EndedBy.CUSTOMER);
        assertThat(missed.told().recording()).isEmpty();

        assertThat(missed.answers(3, "101").told().recording()).contains(announced);
        Story message = Story.inbound()
                .voicemail(6)
                .say(new CallEvent.RecordingAvailable(Story.ID, Story.at(9), announced))
                .ends(9, EndedBy.CUSTOMER);
        assertThat(message.told().recording()).contains(announced);
    }

    @Test
    void transferIsOneCallThatIsCreditedToTheLastAgent() {
        Call call = Story.inbound()
                .rings(0.5, "101")
                .answers(1, "101")
                .transfers(3, Transfer.Kind.BLIND, "101", "102")
                .legEnds(3, "101", LegEnd.HUNG_UP)
                .rings(3.1, "102")
                .answers(4.5, "102")
                .legEnds(9, "102", LegEnd.HUNG_UP)
                .ends(9, EndedBy.CUSTOMER)
                .told();

        assertThat(call.answeredBy()).containsExactly(ext("101"), ext("102"));
        assertThat(call.agent()).isEqualTo(ext("102"));
        assertThat(call.transfers()).containsExactly(new Transfer(Transfer.Kind.BLIND, ext("101"), "102", true));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(8));
        assertThat(call.times().talking()).isEqualTo(Duration.ofMillis(6500));
    }

    @Test
    void unansweredTransferStaysWithTheFirstAgent() {
        Call call = Story.inbound()
                .answers(1, "101")
                .transfers(3, Transfer.Kind.BLIND, "101", "102")
                .legEnds(3, "101", LegEnd.HUNG_UP)
                .rings(3, "102")
                .legEnds(23, "102", LegEnd.NO_ANSWER)
                .ends(23, EndedBy.PBX)
                .told();

        assertThat(call.transfers()).containsExactly(new Transfer(Transfer.Kind.BLIND, ext("101"), "102", false));
        assertThat(call.agent()).isEqualTo(ext("101"));
        assertThat(call.rang()).containsExactly(ext("101"), ext("102"));
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.times().talking()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void agentWhoWasOnlyAskedDidNotAnswer() {
        Call call = Story.inbound()
                .answers(1, "101")
                .holds(2, "101")
                .asks(3, "101", "102")
                .resumes(5, "101")
                .ends(10, EndedBy.CUSTOMER)
                .told();

        assertThat(call.consulted()).containsExactly(ext("102"));
        assertThat(call.answeredBy()).containsExactly(ext("101"));
        assertThat(call.times().held()).isEqualTo(Duration.ofSeconds(3));
        assertThat(call.times().talking()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void resumeWithoutHoldChangesNothing() {
        Call call = Story.inbound()
                .answers(1, "101")
                .resumes(2, "101")
                .ends(5, EndedBy.AGENT)
                .told();

        assertThat(call.times().held()).isZero();
    }

    @Test
    void outboundCallIsAnsweredWhenTheCustomerAnswers() {
        Call call = Story.outbound("101")
                .rings(0.2, "101")
                .answers(1, "101")
                .customerRings(1.5)
                .customerAnswers(2.5)
                .ends(6.5, EndedBy.CUSTOMER)
                .told();

        assertThat(call.isAnswered()).isTrue();
        assertThat(call.agent()).isEqualTo(ext("101"));
        assertThat(call.times().waiting()).isEqualTo(Duration.ofMillis(2500));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void busyCustomerIsTheCustomersFailure() {
        Call call = Story.outbound("101")
                .answers(1, "101")
                .customerRings(1.5)
                .legEnds(2.1, "customer", LegEnd.BUSY)
                .ends(2.6, EndedBy.PBX)
                .told();

        assertThat(call.end()).isEqualTo(EndReason.BUSY);
        assertThat(call.failedParty()).isEqualTo(Party.Kind.CUSTOMER);
        assertThat(call.times().waiting()).isEqualTo(Duration.ofMillis(2100));
    }

    @Test
    void agentWhoDoesNotPickUpIsTheAgentsFailure() {
        Call call = Story.outbound("101")
                .rings(0, "101")
                .legEnds(5, "101", LegEnd.NO_ANSWER)
                .ends(5, EndedBy.PBX)
                .told();

        assertThat(call.end()).isEqualTo(EndReason.NO_ANSWER);
        assertThat(call.failedParty()).isEqualTo(Party.Kind.AGENT);
        assertThat(call.times().waiting()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void phoneThatIsOfflineFailsAndWaitsForNobody() {
        Call call = Story.outbound("101")
                .legEnds(5, "101", LegEnd.NO_ANSWER)
                .ends(5, EndedBy.PBX)
                .told();

        assertThat(call.end()).isEqualTo(EndReason.FAILED);
        assertThat(call.times().waiting()).isNull();
    }

    @Test
    void callerOfAnInternalCallIsItsAgent() {
        Call call = Story.internal("101", "102")
                .rings(0.5, "102")
                .answers(1.5, "102")
                .ends(4.5, EndedBy.AGENT)
                .told();

        assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(call.agent()).isEqualTo(ext("101"));
        assertThat(call.answeredBy()).containsExactly(ext("102"));
    }

    @Test
    void statesFollowTheCall() {
        Story story = Story.inbound();
        assertThat(story.told().state()).isEqualTo(CallState.NEW);
        assertThat(story.say(new CallEvent.Queued(Story.ID, at(0.1), "support"))
                        .told()
                        .state())
                .isEqualTo(CallState.QUEUED);
        assertThat(story.rings(1, "101").told().state()).isEqualTo(CallState.RINGING);
        assertThat(story.answers(2, "101").told().state()).isEqualTo(CallState.CONNECTED);
        assertThat(story.holds(3, "101").told().state()).isEqualTo(CallState.HELD);
        assertThat(story.resumes(4, "101").told().state()).isEqualTo(CallState.CONNECTED);
        assertThat(story.ends(5, EndedBy.CUSTOMER).told().state()).isEqualTo(CallState.ENDED);
        assertThat(story.settles(10).told().state()).isEqualTo(CallState.SETTLED);
    }

    @Test
    void recordOfThePbxWinsOverLiveEvents() {
        Call call = Story.inbound()
                .rings(1, "101")
                .ends(9, null)
                .record(9.2, EndReason.COMPLETED, Duration.ofSeconds(6), List.of(ext("101")))
                .told();

        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.answeredBy()).containsExactly(ext("101"));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(6));
        assertThat(call.answeredAt()).isEqualTo(at(3));
    }

    @Test
    void recordThatComesAfterTheCallSettledCorrectsItVisibly() {
        Story story = Story.inbound().rings(1, "101").ends(9, EndedBy.PBX).settles(14);
        assertThat(story.told().end()).isEqualTo(EndReason.NO_ANSWER);

        Call call = story.record(60, EndReason.COMPLETED, Duration.ofSeconds(5), List.of(ext("101")))
                .told();

        assertThat(call.state()).isEqualTo(CallState.SETTLED);
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.corrections()).contains(new Correction(at(60), "end", "NO_ANSWER", "COMPLETED"));
    }

    @Test
    void callSettlesAGraceTimeAfterItsLastLegEnded() {
        Call call = Story.inbound().answers(1, "101").ends(5, EndedBy.CUSTOMER).told();

        assertThat(CallTracker.settle(call, CallTracker.Patience.DEFAULT, at(5), at(9.9)))
                .isEmpty();
        assertThat(CallTracker.settle(call, CallTracker.Patience.DEFAULT, at(5), at(10)))
                .contains(new CallEvent.Settled(Story.ID, at(10), false));
    }

    @Test
    void recordSettlesACallWithoutWaitingForTheGraceTime() {
        Call call = Story.inbound()
                .answers(1, "101")
                .ends(5, EndedBy.CUSTOMER)
                .record(5, EndReason.COMPLETED, Duration.ofSeconds(4), List.of())
                .told();

        assertThat(CallTracker.settlesAt(call, CallTracker.Patience.DEFAULT, at(5)))
                .contains(at(6));
    }

    @Test
    void callWhoseEndNeverCameIsClosedAsUnknown() {
        Call open = Story.inbound().answers(1, "101").told();
        CallTracker.Patience patience =
                new CallTracker.Patience(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofHours(1));

        assertThat(CallTracker.settle(open, patience, at(1), at(3600))).isEmpty();
        CallEvent.Settled settled =
                CallTracker.settle(open, patience, at(1), at(3601)).orElseThrow();
        Call closed = CallTracker.apply(open, settled);

        assertThat(closed.state()).isEqualTo(CallState.SETTLED);
        assertThat(closed.end()).isEqualTo(EndReason.UNKNOWN);
        assertThat(closed.answeredBy()).containsExactly(ext("101"));
    }

    @Test
    void eventOfAnotherCallIsRefused() {
        Call call = Story.inbound().told();
        CallEvent other = new CallEvent.Queued(new CallId("hq", "other"), at(1), "support");

        assertThatThrownBy(() -> CallTracker.apply(call, other))
                .hasMessage("an event of hq:other is not one of hq:1795365484.94");
    }

    @Test
    void endlessCallKeepsABoundedNumberOfEventsAndStillEnds() {
        Story story = Story.inbound().answers(1, "101");
        Call call = story.told();
        for (int i = 0; i < CallTracker.MOST_EVENTS + 100; i++) {
            call = CallTracker.apply(call, new CallEvent.Queued(Story.ID, at(2 + i), "queue" + i));
        }
        call = CallTracker.apply(call, new CallEvent.Ended(Story.ID, at(9000), null, EndedBy.CUSTOMER, null));

        assertThat(call.events()).hasSizeLessThanOrEqualTo(CallTracker.MOST_EVENTS + 1);
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
    }
}
