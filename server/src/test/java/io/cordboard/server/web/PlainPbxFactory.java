// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.call.Caller;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Settings;
import io.cordboard.connector.StoreException;
import io.cordboard.connector.Webhook;
import io.cordboard.pbx.CallSink;
import io.cordboard.pbx.CallSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PBX that takes one word a line: {@code arrive ID NUMBER}, {@code ring ID EXTENSION}, {@code end ID}, {@code fail},
 * {@code limp}, {@code echo}. It makes the server's own part of a webhook testable without any vendor's signature.
 */
public final class PlainPbxFactory implements ConnectorFactory {
    @Override
    public String type() {
        return "plain";
    }

    @Override
    public Kind kind() {
        return Kind.PBX;
    }

    @Override
    public Connector create(ConnectorContext context, Settings settings) {
        settings.finish();
        return new PlainPbx(context.account());
    }

    private static final class PlainPbx implements Connector, CallSource {
        private final String account;
        private @Nullable CallSink sink;
        private volatile Health health = Health.UP;

        PlainPbx(String account) {
            this.account = account;
        }

        @Override
        public String account() {
            return account;
        }

        @Override
        public String vendor() {
            return "plain";
        }

        @Override
        public <R> Optional<R> role(Class<R> role) {
            return role.isInstance(this) ? Optional.of(role.cast(this)) : Optional.empty();
        }

        @Override
        public void tell(CallSink to) {
            this.sink = to;
        }

        @Override
        public Optional<Webhook> webhook() {
            return Optional.of(this::handle);
        }

        private Webhook.Response handle(Webhook.Request request) {
            String[] words = request.text().strip().split(" ", -1);
            CallSink to = sink;
            switch (words[0]) {
                case "limp" -> health = Health.degraded("the plain PBX limps");
                case "ring" ->
                    accept(
                            to,
                            new CallEvent.LegRinging(
                                    new CallId(account, words[1]),
                                    Instant.now(),
                                    "leg-" + words[2],
                                    Party.agent(new Extension(words[2]))));
                case "fail" -> throw new StoreException("the disk is full; make room", null);
                case "arrive" ->
                    accept(
                            to,
                            new CallEvent.Arrived(
                                    new CallId(account, words[1]),
                                    Instant.now(),
                                    Direction.INBOUND,
                                    Caller.raw(words[2]),
                                    null,
                                    null,
                                    null));
                case "end" ->
                    accept(
                            to,
                            new CallEvent.Ended(
                                    new CallId(account, words[1]), Instant.now(), EndReason.ABANDONED, null, null));
                default -> {}
            }
            return Webhook.Response.text(200, request.remoteAddress() + " " + request.query() + " " + request.text());
        }

        private static void accept(@Nullable CallSink sink, CallEvent event) {
            if (sink != null) {
                sink.accept(List.of(event));
            }
        }

        @Override
        public void start() {}

        @Override
        public Health health() {
            return health;
        }

        @Override
        public List<Finding> check() {
            return List.of(Finding.ok("it is plain", account));
        }

        @Override
        public void close() {}
    }
}
