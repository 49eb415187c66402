// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.connector.Webhook;
import io.cordboard.pbx.CallSink;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A PBX that says what a test has it say, and remembers whom it was asked to call. */
final class LinePbx implements Connector, CallSource, Dialing, Pausing {
    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final List<String> pauses = new CopyOnWriteArrayList<>();
    private volatile @Nullable Reason trouble;
    private volatile Runnable onClose = () -> {};
    private volatile @Nullable CallSink sink;
    private volatile Set<CallId> liveAtStart = Set.of();

    void says(CallEvent... events) {
        Objects.requireNonNull(sink).accept(List.of(events));
    }

    List<Order> orders() {
        return orders;
    }

    void onClose(Runnable what) {
        onClose = what;
    }

    @Override
    public void tell(CallSink told) {
        sink = told;
    }

    @Override
    public void dial(Order order) {
        orders.add(order);
    }

    /** {@return each pause that was asked for, as "101 paused lunch" or "101 ready"} */
    List<String> pauses() {
        return pauses;
    }

    /** Answers so to whoever wants a pause; null for well. */
    void fails(@Nullable Reason reason) {
        trouble = reason;
    }

    @Override
    public void pause(Extension agent, boolean paused, String why) {
        Reason reason = trouble;
        if (reason != null) {
            throw new ConnectorException(reason, "the line is " + reason);
        }
        pauses.add((agent + (paused ? " paused " : " ready ") + why).strip());
    }

    @Override
    public String account() {
        return "hq";
    }

    @Override
    public String vendor() {
        return "line";
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return role.isInstance(this) ? Optional.of(role.cast(this)) : Optional.empty();
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.empty();
    }

    @Override
    public void start() {
        liveAtStart = Objects.requireNonNull(sink).live(account());
    }

    /** {@return the calls that were known to be live when the line was opened} */
    Set<CallId> liveAtStart() {
        return liveAtStart;
    }

    @Override
    public Health health() {
        return Health.UP;
    }

    @Override
    public List<Finding> check() {
        return List.of();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
