// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.Health;
import io.cordboard.pbx.Router;
import io.cordboard.pbx.Routing;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.asteriskjava.fastagi.StaticMappingStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Asterisk who is calling and who is responsible, while the caller hears nothing yet.
 *
 * <p>Asterisk waits for an AGI script without a limit, so the limit is here: what is not decided in time is not said,
 * and the dial plan goes its own way. Safe for use by many threads.
 */
final class AsteriskRouting implements Routing, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsteriskRouting.class);
    private static final int MOST_CALLS = 64;
    private static final int LONGEST_NAME = 80;
    private static final int READ_TIMEOUT = 10_000;

    private final String account;
    private final AsteriskCounts counts;
    private final AsteriskSettings settings;
    private final AsteriskSettings.Address address;
    private final DefaultAgiServer server;
    private final ExecutorService deciders;
    private volatile Router router = question -> Router.Route.DEFAULT;
    private volatile @Nullable String failure;
    private volatile boolean closed;

    AsteriskRouting(
            String account, AsteriskSettings.Address address, AsteriskSettings settings, AsteriskCounts counts) {
        this.counts = counts;
        this.account = account;
        this.settings = settings;
        this.address = address;
        // Never a strategy that instantiates what the request names.
        this.server = new DefaultAgiServer(new StaticMappingStrategy(new Script()));
        server.setPort(address.port());
        server.setPoolSize(4);
        server.setMaximumPoolSize(MOST_CALLS);
        server.setSocketReadTimeout(READ_TIMEOUT);
        this.deciders = new ThreadPoolExecutor(
                MOST_CALLS, MOST_CALLS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_CALLS), this::thread);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "asterisk-" + account + "-route");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void routeBy(Router whom) {
        router = whom;
    }

    void start() {
        thread(this::listen).start();
    }

    private void listen() {
        try {
            server.setAddress(InetAddress.getByName(address.host()));
            server.startup();
        } catch (IOException e) {
            if (!closed) {
                failure = "FastAGI cannot listen on " + address + ": " + e.getMessage() + "; change \"agi\"";
                LOG.error("{}", failure);
            }
        }
    }

    Health health() {
        String problem = failure;
        return problem == null ? Health.UP : Health.degraded(problem);
    }

    private Router.Route decide(Router.Question question) {
        try {
            Router.Route route = CompletableFuture.supplyAsync(() -> router.route(question), deciders)
                    .get(settings.timing().route().toMillis(), TimeUnit.MILLISECONDS);
            counts.add(AsteriskCounts.ROUTED);
            return route;
        } catch (TimeoutException | RejectedExecutionException e) {
            counts.add(AsteriskCounts.LATE);
            LOG.warn("A call was not routed in time; it goes its own way");
        } catch (ExecutionException e) {
            counts.add(AsteriskCounts.UNROUTED);
            LOG.error("A call could not be routed; it goes its own way", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Router.Route.DEFAULT;
    }

    private Router.Question question(AgiRequest request) {
        String did = request.getParameter("did");
        String line = did != null && !did.isBlank() ? did : request.getExtension();
        String caller = request.getCallerIdNumber();
        return new Router.Question(account, caller == null ? "" : caller, line);
    }

    /** {@return the name as a phone can show it: one line, no quotes, not too long} */
    static String shown(String name) {
        String plain = name.codePoints()
                .map(c -> Character.isISOControl(c) || c == '"' || c == '\\' || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.strip();
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.shutdown();
        } catch (IllegalStateException e) {
            LOG.debug("FastAGI did not run", e);
        }
        deciders.shutdownNow();
    }

    /** The one script that there is. */
    private final class Script implements AgiScript {
        @Override
        public void service(AgiRequest request, AgiChannel channel) throws AgiException {
            if (request.getChannel() == null) {
                // Somebody who only looks whether the port is open.
                return;
            }
            Router.Route route = decide(question(request));
            String name = route.callerName() == null ? "" : shown(route.callerName());
            if (!name.isEmpty()) {
                channel.setVariable("CALLERID(name)", name);
            }
            if (route.extension() != null) {
                channel.setVariable(
                        settings.variables().responsible(), route.extension().number());
            }
        }
    }
}
