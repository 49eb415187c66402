// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Extension;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Reason;
import io.cordboard.crm.DialRequests;
import io.cordboard.directory.NumberPlan;
import io.cordboard.directory.Reading;
import io.cordboard.pbx.Dialing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to call somebody: from the desk, the API, or a click in a CRM. Each is on disk before the PBX is asked, and
 * none is repeated, because a second request is a second call: what a kill interrupts is not dialled. Safe for use by
 * many threads.
 */
final class DialOrders {
    private static final Logger LOG = LoggerFactory.getLogger(DialOrders.class);
    private static final String PREFIX = "dial/";
    private static final Duration KEPT = Duration.ofDays(30);

    private final Accounts accounts;
    private final AgentRoster roster;
    private final NumberPlan plan;
    private final Memory memory;
    private final Clock clock;

    DialOrders(Accounts accounts, AgentRoster roster, NumberPlan plan, Memory memory, Clock clock) {
        this.accounts = accounts;
        this.roster = roster;
        this.plan = plan;
        this.memory = memory;
        this.clock = clock;
    }

    /** {@return the CRMs' own ids of the call that an order is for, by the id of the CRM} */
    Map<String, String> refs(String orderId) {
        Map<String, String> refs = new TreeMap<>();
        memory.get(PREFIX + orderId).ifPresent(text -> {
            String ref = text.lines().findFirst().orElse("");
            int bar = ref.indexOf('|');
            if (bar > 0) {
                refs.put(ref.substring(0, bar), ref.substring(bar + 1));
            }
        });
        return refs;
    }

    /** Dials for an agent and returns the id of the order. */
    String dial(String agentName, String text) {
        Agent agent = roster.byName(agentName)
                .orElseThrow(() -> new IllegalArgumentException("there is no agent \"" + agentName + "\""));
        String id = "cb-" + UUID.randomUUID();
        memory.put(PREFIX + id, dated(""));
        place(id, agent, number(text));
        return id;
    }

    /**
     * Takes a click in a CRM; it is on disk when this returns, and whether it is new. The same click is dialled once.
     */
    boolean isNew(DialRequests.Click click) {
        String key = PREFIX + id(click);
        synchronized (memory) {
            if (memory.get(key).isPresent()) {
                return false;
            }
            memory.put(key, dated(click.account() + "|" + click.ref()));
            return true;
        }
    }

    /** Dials for a click that is on disk. */
    void clicked(DialRequests.Click click) {
        Optional<Agent> agent = roster.byUser(click.account(), click.user());
        if (agent.isEmpty()) {
            LOG.warn("user {} of {} clicked to call and is no configured agent", click.user(), click.account());
            return;
        }
        try {
            place(id(click), agent.get(), number(click.number()));
        } catch (ConnectorException | IllegalArgumentException e) {
            LOG.warn("click to call of {} in {} failed: {}", agent.get().name(), click.account(), e.getMessage());
        }
    }

    /** Forgets orders whose calls are long over. */
    void forget() {
        Instant limit = clock.instant().minus(KEPT);
        memory.startingWith(PREFIX).forEach((key, text) -> {
            String at = text.lines().skip(1).findFirst().orElse("0");
            if (Long.parseLong(at) < limit.getEpochSecond()) {
                memory.remove(key);
            }
        });
    }

    private String dated(String ref) {
        return ref + "\n" + clock.instant().getEpochSecond();
    }

    private static String id(DialRequests.Click click) {
        String text = click.account() + "|" + click.ref();
        return "cb-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private PhoneNumber number(String text) {
        if (plan.read(text) instanceof Reading.Phone phone) {
            return phone.number();
        }
        throw new IllegalArgumentException("what is to be dialled is no telephone number");
    }

    private void place(String id, Agent agent, PhoneNumber number) {
        for (Connector pbx : accounts.pbxs().values()) {
            Optional<Extension> extension = agent.extension(pbx.account());
            Optional<Dialing> dialing = pbx.role(Dialing.class);
            if (extension.isPresent() && dialing.isPresent()) {
                dialing.get().dial(new Dialing.Order(id, extension.get(), number.e164(), null));
                return;
            }
        }
        throw new ConnectorException(
                Reason.REFUSED, agent.name() + " has no extension in a PBX that can dial; give one under agents");
    }
}
