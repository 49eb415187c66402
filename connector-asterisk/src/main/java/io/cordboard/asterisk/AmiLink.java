// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.CoreShowChannelsAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Asterisk's manager interface: made, watched and made again, for ever.
 *
 * <p>asterisk-java does not retry the first login, does not notice a half-open connection, and stops for good when its
 * listener throws an Error; so one thread of our own looks after it, and the one listener only hands over. Safe for use
 * by many threads.
 */
final class AmiLink implements AutoCloseable {
    /** The name of the event that the listener is told when the connection is gone. */
    static final String DISCONNECTED = "disconnected";

    private static final String LIST = "list-";
    private static final Logger LOG = LoggerFactory.getLogger(AmiLink.class);
    private static final int FAILED_PINGS = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final AsteriskSettings settings;
    private final AsteriskCounts counts;
    private final Consumer<AmiEvent> ears;
    private final AmiFields fields = new AmiFields();
    private final Thread keeper;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean resync = new AtomicBoolean();
    private final AtomicLong lists = new AtomicLong();
    private volatile AmiConnection connection;
    private volatile long lastHeard;
    private volatile boolean closed;
    private volatile boolean up;
    private volatile boolean broken;
    private volatile Health health = Health.down("not connected yet");

    /**
     * Creates a link that is not started.
     *
     * @param account the PBX's id
     * @param settings where and how
     * @param counts where connections and actions are counted
     * @param ears takes an event and returns at once
     */
    AmiLink(String account, AsteriskSettings settings, AsteriskCounts counts, Consumer<AmiEvent> ears) {
        this.counts = counts;
        this.settings = settings;
        this.ears = ears;
        this.connection = new AmiConnection(settings);
        this.keeper = new Thread(this::keep, "asterisk-" + account + "-link");
        keeper.setDaemon(true);
    }

    void start() {
        keeper.start();
    }

    Health health() {
        return health;
    }

    boolean isUp() {
        return up;
    }

    /** {@return the number of the list that will tell the state of everything again, because events were lost} */
    long resync() {
        long next = lists.get() + 1;
        resync.set(true);
        wake.release();
        return next;
    }

    /** {@return the number of the list that an event belongs to; the highest when Asterisk does not say} */
    static long list(AmiEvent event) {
        String id = event.get("actionid");
        boolean numbered = id.matches(LIST + "[0-9]{1,18}");
        return numbered ? Long.parseLong(id.substring(LIST.length())) : Long.MAX_VALUE;
    }

    /**
     * {@return Asterisk's answer to an action}
     *
     * @param action what to do; every text in it has been through {@link AmiText}
     * @throws ConnectorException when it was not done, or may have been
     */
    ManagerResponse send(ManagerAction action) {
        try {
            ManagerResponse response =
                    connection.sendAction(action, settings.timing().answer().toMillis());
            if (response instanceof ManagerError) {
                counts.add(AsteriskCounts.REFUSED);
                throw refused(action, String.valueOf(response.getMessage()));
            }
            counts.add(AsteriskCounts.ACTIONS);
            return response;
        } catch (IllegalStateException e) {
            throw failed(Reason.UNAVAILABLE, action, "Asterisk is not connected", e);
        } catch (TimeoutException e) {
            throw failed(Reason.UNCLEAR, action, "Asterisk did not answer in time", e);
        } catch (IOException e) {
            throw failed(Reason.UNCLEAR, action, "the connection to Asterisk broke", e);
        }
    }

    private static ConnectorException refused(ManagerAction action, String message) {
        boolean gone = message.contains("No such") || message.contains("not found") || message.contains("not exist");
        boolean forbidden = message.contains("ermission");
        Reason reason = forbidden ? Reason.FORBIDDEN : gone ? Reason.NOT_FOUND : Reason.REFUSED;
        String advice = forbidden ? "; add the right to \"write\" of this user in manager.conf" : "";
        return new ConnectorException(reason, "Asterisk refused " + action.getAction() + ": " + message + advice);
    }

    private ConnectorException failed(Reason reason, ManagerAction action, String why, Exception cause) {
        counts.add(AsteriskCounts.UNANSWERED);
        return new ConnectorException(reason, action.getAction() + " failed: " + why, null, cause);
    }

    // An Error out of a listener would end asterisk-java's event thread for good, with the connection looking well.
    @SuppressWarnings("IllegalCatch")
    private void hear(ManagerEvent event) {
        lastHeard = System.nanoTime();
        try {
            if (event instanceof DisconnectEvent) {
                broken = true;
                wake.release();
                return;
            }
            Optional<AmiEvent> read = fields.read(event);
            // What cannot be taken is asked for again when there is room: see AsteriskCalls.
            read.ifPresent(ears);
        } catch (Throwable e) {
            LOG.error("An event of Asterisk could not be taken: {}", Where.of(e));
            resync();
        }
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            boolean served = false;
            try {
                served = serve();
            } catch (RuntimeException e) {
                // Without this thread nobody would connect again; the next connection asks for everything anew.
                LOG.error(
                        "The connection to Asterisk at {} failed: {}",
                        settings.ami().address(),
                        Where.of(e));
                down("the connection to Asterisk at " + settings.ami().address() + " failed and is made again");
                logOff();
            }
            sleep(served ? FIRST_PAUSE : pause);
            Duration longer = pause.multipliedBy(2);
            Duration most = settings.timing().retry();
            pause = served ? FIRST_PAUSE : longer.compareTo(most) < 0 ? longer : most;
        }
    }

    /** {@return whether there was a connection; it is over} */
    private boolean serve() {
        if (!connect()) {
            return false;
        }
        try {
            watch();
        } finally {
            leave();
        }
        return true;
    }

    private boolean connect() {
        String whom = settings.ami().address().toString();
        try {
            broken = false;
            AmiConnection next = new AmiConnection(settings);
            next.addEventListener(this::hear);
            connection = next;
            lastHeard = System.nanoTime();
            next.login();
            up = true;
            counts.add(AsteriskCounts.CONNECTIONS);
            resync.set(true);
            health = Health.UP;
            LOG.info("Connected to Asterisk at {}", whom);
            return true;
        } catch (AuthenticationFailedException e) {
            down("Asterisk at " + whom + " refused the login of \""
                    + settings.ami().username() + "\": check username and secret here, and permit in manager.conf");
        } catch (IOException e) {
            down("cannot reach Asterisk at " + whom + ": " + e.getMessage());
        } catch (TimeoutException | IllegalStateException e) {
            down("Asterisk at " + whom + " does not answer the login");
        }
        return false;
    }

    private void down(String detail) {
        if (!health.detail().equals(detail)) {
            LOG.warn("{}", detail);
        }
        health = Health.down(detail);
    }

    private void watch() {
        int failed = 0;
        // Who never answered anything does not break a connection by leaving a ping without an answer.
        boolean answers = false;
        Duration interval = settings.timing().silence().dividedBy(3);
        long checked = System.nanoTime();
        while (!closed && !broken && failed < FAILED_PINGS) {
            if (resync.getAndSet(false)) {
                answers |= snapshot();
            }
            sleep(Duration.ofNanos(Math.max(1, checked + interval.toNanos() - System.nanoTime())));
            if (System.nanoTime() - checked >= interval.toNanos()) {
                long before = checked;
                checked = System.nanoTime();
                boolean answered = asked(new PingAction());
                answers |= answered;
                failed = answered || !answers || lastHeard - before >= 0 ? 0 : failed + 1;
            }
        }
    }

    /** The answers come as events, in their place among the others; so nothing can be missed between. */
    private boolean snapshot() {
        CoreShowChannelsAction list = new CoreShowChannelsAction();
        list.setActionId(LIST + lists.incrementAndGet());
        boolean answered = false;
        try {
            send(list);
            answered = true;
            health = Health.UP;
        } catch (ConnectorException e) {
            answered = isAnswer(e);
            health = Health.degraded("calls in progress cannot be listed: " + e.getMessage());
            LOG.warn("{}", health.detail());
        }
        return asked(new QueueStatusAction()) || answered;
    }

    /** {@return whether Asterisk answered at all, be it with a refusal} */
    private boolean asked(ManagerAction action) {
        try {
            send(action);
            return true;
        } catch (ConnectorException e) {
            LOG.debug("{} was not answered well", action.getAction(), e);
            return isAnswer(e);
        }
    }

    private static boolean isAnswer(ConnectorException e) {
        return e.reason() != Reason.UNCLEAR && e.reason() != Reason.UNAVAILABLE;
    }

    private void leave() {
        up = false;
        if (!closed) {
            counts.add(AsteriskCounts.BROKEN);
            down("the connection to Asterisk at " + settings.ami().address() + " broke");
        }
        logOff();
        ears.accept(new AmiEvent(DISCONNECTED, Map.of("actionid", LIST + lists.get())));
    }

    private void logOff() {
        try {
            // Ends asterisk-java's own reconnecting, too: there is only one who makes connections.
            connection.logoff();
        } catch (RuntimeException e) {
            LOG.debug("There was nothing to log off from", e);
        }
    }

    private void sleep(Duration time) {
        try {
            if (wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            keeper.join(settings.timing().answer().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
