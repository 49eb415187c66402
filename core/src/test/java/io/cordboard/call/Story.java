// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one call, told second by second. */
final class Story {
    static final CallId ID = new CallId("hq", "1795365484.94");
    static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

    private final List<CallEvent> events = new ArrayList<>();

    static Extension ext(String number) {
        return new Extension(number);
    }

    static Story inbound() {
        return new Story()
                .say(new CallEvent.Arrived(
                        ID, at(0), Direction.INBOUND, Caller.raw("79161234567"), "74951110001", null, null));
    }

    static Story outbound(String agent) {
        return new Story()
                .say(new CallEvent.Arrived(
                        ID, at(0), Direction.OUTBOUND, Caller.raw("79031112233"), null, ext(agent), null));
    }

    static Story internal(String agent, String called) {
        return new Story()
                .say(new CallEvent.Arrived(ID, at(0), Direction.INTERNAL, Caller.raw(called), null, ext(agent), null));
    }

    static Instant at(double seconds) {
        return START.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    Story say(CallEvent event) {
        events.add(event);
        return this;
    }

    Story rings(double second, String agent) {
        return say(new CallEvent.LegRinging(ID, at(second), "leg-" + agent, Party.agent(ext(agent))));
    }

    Story answers(double second, String agent) {
        return say(new CallEvent.LegAnswered(ID, at(second), "leg-" + agent, Party.agent(ext(agent))));
    }

    Story customerRings(double second) {
        return say(new CallEvent.LegRinging(ID, at(second), "leg-customer", Party.CUSTOMER));
    }

    Story customerAnswers(double second) {
        return say(new CallEvent.LegAnswered(ID, at(second), "leg-customer", Party.CUSTOMER));
    }

    Story voicemail(double second) {
        return say(new CallEvent.LegAnswered(ID, at(second), "leg-mail", Party.VOICEMAIL));
    }

    Story legEnds(double second, String who, LegEnd why) {
        return say(new CallEvent.LegEnded(ID, at(second), "leg-" + who, why, null));
    }

    Story holds(double second, String agent) {
        return say(new CallEvent.LegHeld(ID, at(second), "leg-" + agent));
    }

    Story resumes(double second, String agent) {
        return say(new CallEvent.LegResumed(ID, at(second), "leg-" + agent));
    }

    Story transfers(double second, Transfer.Kind kind, String from, String to) {
        return say(new CallEvent.Transferred(ID, at(second), kind, ext(from), to));
    }

    Story asks(double second, String by, String whom) {
        return say(new CallEvent.Consulted(ID, at(second), ext(by), ext(whom)));
    }

    Story ends(double second, @Nullable EndedBy by) {
        return say(new CallEvent.Ended(ID, at(second), null, by, "16"));
    }

    Story settles(double second) {
        return say(new CallEvent.Settled(ID, at(second), false));
    }

    Story record(double second, @Nullable EndReason end, @Nullable Duration connected, List<Extension> answeredBy) {
        return say(new CallEvent.Recorded(
                ID,
                at(second),
                new PbxRecord("cdr", true, end, null, null, null, null, connected, List.of(), answeredBy)));
    }

    List<CallEvent> events() {
        return List.copyOf(events);
    }

    Call told() {
        return fold(events);
    }

    static Call fold(List<CallEvent> events) {
        @Nullable Call call = null;
        for (CallEvent event : events) {
            call = CallTracker.apply(call, event);
        }
        if (call == null) {
            throw new IllegalStateException("a story without events");
        }
        return call;
    }
}
