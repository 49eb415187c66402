// SPDX-License-Identifier: Apache-2.0
package io.cordboard.examples;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.EndedBy;
import io.cordboard.call.Extension;
import io.cordboard.call.LegEnd;
import io.cordboard.call.Party;
import io.cordboard.connector.Connector;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import io.cordboard.pbx.CallSink;
import io.cordboard.pbx.CallSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connector for a PBX of one's own: it plays one role, and says what happens on the line. */
public final class OwnPbx implements Connector, CallSource {
    private final String account;
    private @Nullable CallSink sink;

    /**
     * Creates the connector.
     *
     * @param account the account's id
     */
    public OwnPbx(String account) {
        this.account = account;
    }

    /**
     * Tells of a call that an agent answered after 2 seconds and that lasted a minute.
     *
     * @param number the caller's number as the PBX wrote it
     * @param agent the agent's extension
     * @param begun when it began
     * @return the call
     */
    public CallId answeredCall(String number, String agent, Instant begun) {
        CallId call = new CallId(account, "call-" + begun.toEpochMilli());
        Party party = Party.agent(new Extension(agent));
        Instant end = begun.plusSeconds(62);
        CallSink told = sink;
        if (told == null) {
            throw new IllegalStateException("nobody listens yet");
        }
        told.accept(List.of(
                new CallEvent.Arrived(call, begun, Direction.INBOUND, Caller.raw(number), "74951110001", null, null),
                new CallEvent.LegRinging(call, begun.plusSeconds(1), "leg-1", party),
                new CallEvent.LegAnswered(call, begun.plusSeconds(2), "leg-1", party),
                new CallEvent.LegEnded(call, end, "leg-1", LegEnd.HUNG_UP, null),
                new CallEvent.Ended(call, end, null, EndedBy.CUSTOMER, null)));
        return call;
    }

    @Override
    public void tell(CallSink listener) {
        this.sink = listener;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public String vendor() {
        return "own";
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return role == CallSource.class ? Optional.of(role.cast(this)) : Optional.empty();
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.empty();
    }

    @Override
    public void start() {}

    @Override
    public Health health() {
        return Health.UP;
    }

    @Override
    public List<Finding> check() {
        return List.of(Finding.ok("nothing to reach", account));
    }

    @Override
    public void close() {}
}
