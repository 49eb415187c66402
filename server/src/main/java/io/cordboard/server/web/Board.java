// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentState;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import io.cordboard.connector.Health;
import io.cordboard.delivery.Outbox;
import io.cordboard.directory.Lookup;
import io.cordboard.directory.Reading;
import io.cordboard.directory.SyncReport;
import io.cordboard.playbook.CallCard;
import io.cordboard.store.CallShelf;
import io.cordboard.ticket.TicketDraft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What the web server needs of the engine. */
public interface Board {
    List<CallCard> calls(CallShelf.Query query);
    Optional<CallCard> call(CallId id);
    NumberAnswer lookup(String number);
    Map<String, Health> health();
    void verifyStore();
    Optional<Connector> connector(String account);
    List<Connector> connectors();
    Outbox outbox();
    void retry(long id);
    int retryAll();
    String dial(String agentName, String number);
    void hangUp(CallId call);
    void transfer(CallId call, Extension to);
    void pause(String agentName, boolean paused, String why);
    void note(CallId call, String text, @Nullable String disposition, @Nullable String agentName);
    void ticket(CallId call, TicketDraft draft, @Nullable String agentName);
    List<AgentView> agents();
    AutoCloseable listen(Listener listener);
    SyncReport sync(String account, LongConsumer progress);
    Map<String, Long> counters();

    record NumberAnswer(Reading reading, Lookup lookup, long micros) {}

    record AgentView(
            Agent agent,
            AgentState state,
            @Nullable Instant since,
            @Nullable String detail,
            @Nullable CallId call) {}

    interface Listener {
        void callChanged(CallCard card);

        void agentChanged(AgentView agent);
    }
}
