// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.action.CoreShowChannelsAction;
import org.asteriskjava.manager.action.ListCommandsAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.manager.response.PingResponse;
import org.jspecify.annotations.Nullable;

/** Asks an Asterisk whether everything is as it should be. Safe for use by many threads. */
final class AsteriskCheck {
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final Map<String, String> NEEDED = needed();

    private final String account;
    private final AsteriskSettings settings;
    private final Endpoints endpoints;
    private final Clock clock;
    private final Object lock = new Object();
    private volatile Seen seen = new Seen(0, 0, 0, false);
    private int agents;
    private int trunks;
    private int members;
    private boolean variables;

    /** What the channels and queues that were listed last look like. */
    private record Seen(int agents, int trunks, int members, boolean variables) {}

    AsteriskCheck(String account, AsteriskSettings settings, Endpoints endpoints, Clock clock) {
        this.account = account;
        this.settings = settings;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    private static Map<String, String> needed() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("Originate", "originate: click-to-call");
        needed.put("BlindTransfer", "call: hand a customer over");
        needed.put("Hangup", "call: end a call");
        needed.put("QueuePause", "agent: pause an agent");
        return needed;
    }

    /** Counts the channels and members of a list. */
    void hear(AmiEvent event) {
        synchronized (lock) {
            switch (event.name()) {
                case "coreshowchannel" -> {
                    Endpoint endpoint = endpoints.of(event.get("channel"));
                    agents += endpoint.isAgent() ? 1 : 0;
                    trunks += endpoint.isTrunk() ? 1 : 0;
                    variables |= !event.variables().isEmpty();
                }
                case "queuemember" -> members += endpoints.member(event.get("location")) == null ? 0 : 1;
                case "coreshowchannelscomplete" -> {
                    seen = new Seen(agents, trunks, members, variables);
                    agents = 0;
                    trunks = 0;
                    members = 0;
                    variables = false;
                }
                default -> {
                    // Not a list.
                }
            }
        }
    }

    List<Finding> check(AmiLink link, @Nullable AsteriskRouting routing) {
        List<Finding> findings = new ArrayList<>();
        if (!awaitConnection(link)) {
            findings.add(Finding.fail(
                    link.health().detail(), account, "start Asterisk, or correct host, port, username, secret"));
            return findings;
        }
        findings.add(Finding.ok("logged in to Asterisk at " + settings.ami().address(), account));
        clocks(link, findings);
        lists(link, findings);
        rights(link, findings);
        channels(findings);
        if (routing == null) {
            findings.add(Finding.ok("no routing: \"agi\" is not set", account));
        } else if (routing.health().status() == Health.Status.UP) {
            findings.add(Finding.ok("FastAGI listens on " + settings.agi(), account + ".agi"));
        } else {
            findings.add(Finding.fail(routing.health().detail(), account + ".agi", "choose a free port"));
        }
        return findings;
    }

    private boolean awaitConnection(AmiLink link) {
        long until = System.nanoTime() + settings.timing().answer().toNanos();
        try {
            while (!link.isUp() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return link.isUp();
    }

    private void clocks(AmiLink link, List<Finding> findings) {
        try {
            ManagerResponse response = link.send(new PingAction());
            String stamp =
                    response instanceof PingResponse ping ? ping.getTimestamp() : response.getAttribute("timestamp");
            if (stamp == null) {
                return;
            }
            Instant there = new AmiEvent("ping", Map.of("timestamp", stamp)).at(clock.instant());
            Duration skew = Duration.between(clock.instant(), there).abs();
            findings.add(
                    skew.compareTo(SKEW) > 0
                            ? Finding.warn(
                                    "Asterisk's clock differs by " + skew.toSeconds() + " s",
                                    account,
                                    "let both machines take their time from NTP")
                            : Finding.ok("the clocks agree", account));
        } catch (ConnectorException e) {
            findings.add(Finding.warn(String.valueOf(e.getMessage()), account, "check Asterisk's load"));
        }
    }

    private void lists(AmiLink link, List<Finding> findings) {
        try {
            link.send(new QueueStatusAction());
            link.send(new CoreShowChannelsAction());
            findings.add(Finding.ok("calls in progress can be listed", account));
        } catch (ConnectorException e) {
            findings.add(Finding.fail(
                    String.valueOf(e.getMessage()),
                    account,
                    "add reporting to \"write\" of this user in manager.conf"));
        }
    }

    private void rights(AmiLink link, List<Finding> findings) {
        try {
            Map<String, Object> commands = link.send(new ListCommandsAction()).getAttributes();
            NEEDED.forEach((command, why) -> {
                boolean may = commands.keySet().stream().anyMatch(command::equalsIgnoreCase);
                findings.add(
                        may
                                ? Finding.ok("may " + command, account)
                                : Finding.warn(
                                        "may not " + command,
                                        account,
                                        "add to \"write\" in manager.conf the right " + why));
            });
        } catch (ConnectorException e) {
            findings.add(Finding.warn(String.valueOf(e.getMessage()), account, "the rights could not be read"));
        }
    }

    private void channels(List<Finding> findings) {
        Seen now = seen;
        if (now.agents() + now.trunks() == 0) {
            findings.add(
                    Finding.ok("no call is up: agentPattern and trunks could not be compared with channels", account));
        } else {
            if (now.agents() == 0) {
                findings.add(Finding.warn(
                        "no channel that is up belongs to an agent",
                        account + ".agentPattern",
                        "compare it with \"core show channels\""));
            }
            if (!now.variables()) {
                findings.add(Finding.warn(
                        "events bring no channel variables",
                        account,
                        "set channelvars = " + settings.variables().did() + ","
                                + settings.variables().recording() + ","
                                + settings.variables().callId() + " in manager.conf"));
            }
        }
        if (now.members() == 0) {
            findings.add(Finding.warn(
                    "no member of a queue is an agent", account + ".agentPattern", "compare it with \"queue show\""));
        }
    }
}
