// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.AgentState;
import io.cordboard.agent.WorkingDay;
import io.cordboard.call.CallId;
import io.cordboard.call.CallTracker;
import io.cordboard.call.Extension;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.delivery.Outbox;
import io.cordboard.directory.SyncProgress;
import io.cordboard.directory.SyncReport;
import io.cordboard.playbook.CallCard;
import io.cordboard.store.CallShelf;
import io.cordboard.store.Store;
import io.cordboard.ticket.TicketDraft;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The front door: puts store, connectors, directory, tracker, playbook and courier together, and answers what an
 * application asks.
 *
 * <p>Made by {@link #builder}, then {@link #start() started}. Safe for use by many threads.
 */
public final class Cordboard implements AutoCloseable {
    private final Engine engine;
    private final Duration closeWithin;

    Cordboard(Engine engine, Duration closeWithin) {
        this.engine = engine;
        this.closeWithin = closeWithin;
    }

    /**
     * {@return a builder; the defaults are region RU, no agents, the default rules, and the patience of
     * {@link CallTracker.Patience#DEFAULT}}
     *
     * @param store where everything lives; closed by whoever opened it
     */
    public static CordboardBuilder builder(Store store) {
        return new CordboardBuilder(store);
    }

    /** Takes up the calls and deliveries of the last run, then starts every connector; returns at once. */
    public void start() {
        engine.start();
    }

    /**
     * {@return calls, newest first}
     *
     * @param query which
     */
    public List<CallCard> calls(CallShelf.Query query) {
        return engine.calls(query);
    }

    /**
     * {@return a call with its events, if there is one}
     *
     * @param id the call
     */
    public Optional<CallCard> call(CallId id) {
        return engine.card(id);
    }

    /**
     * {@return what a text of a number is and whose number it is, from memory}
     *
     * @param text the number as a person or a PBX wrote it
     */
    public NumberAnswer lookup(String text) {
        return engine.lookup(text);
    }

    /**
     * {@return whose number it is; the CRMs are asked when nobody is known}
     *
     * <p>Waits for them, at most as long as the directory's budget; {@link #lookup} never does.
     *
     * @param text the number as anybody may write it
     */
    public NumberAnswer ask(String text) {
        return engine.ask(text);
    }

    /** {@return how every account is, by its id} */
    public Map<String, Health> health() {
        return engine.health();
    }

    /**
     * Writes something small and takes it back.
     *
     * @throws io.cordboard.connector.StoreException if the store cannot be written
     */
    public void verifyStore() {
        engine.store().verifyWritable();
    }

    /**
     * {@return an account's connector}
     *
     * @param account the account's id
     */
    public Optional<Connector> connector(String account) {
        return engine.accounts().find(account);
    }

    /** {@return the deliveries} */
    public Outbox outbox() {
        return engine.store().outbox();
    }

    /**
     * Has a parked or waiting delivery tried now.
     *
     * @param delivery its id
     * @return whether there is such a delivery that is not done
     */
    public boolean retry(long delivery) {
        return engine.courier().retry(delivery);
    }

    /**
     * Has every parked delivery tried now.
     *
     * @return how many there were
     */
    public int retryAll() {
        return engine.courier().retryAll();
    }

    /**
     * Calls a customer for an agent; the agent's phone rings first.
     *
     * @param agent the agent's name
     * @param number the number as a person wrote it
     * @return the id of the order; it comes back as the call's {@code dialId}
     * @throws IllegalArgumentException if there is no such agent or it is no number
     * @throws ConnectorException if the PBX did not take the order
     */
    public String dial(String agent, String number) {
        return engine.orders().dial(agent, number);
    }

    /**
     * Ends a call.
     *
     * @param call a live call
     * @throws ConnectorException if its PBX cannot or did not
     */
    public void hangUp(CallId call) {
        engine.control(call).hangUp(call);
    }

    /**
     * Hands the customer to another extension without asking first.
     *
     * @param call a connected call
     * @param to where the customer goes
     * @throws ConnectorException if its PBX cannot or did not
     */
    public void transfer(CallId call, Extension to) {
        engine.control(call).transfer(call, to);
    }

    /**
     * Takes what an agent chose to do, and tells the queues and the CRMs that keep working days. Takes as long as they
     * do; what one of them does not take for now is tried again by itself.
     *
     * @param agent the agent's name
     * @param state {@code AVAILABLE} begins or goes on with the working day, {@code PAUSED} interrupts it,
     *     {@code OFFLINE} ends it
     * @param why the reason that supervisors see; may be empty
     * @return what became of it in each PBX and CRM that can be told
     * @throws IllegalArgumentException if there is no such agent, or it is another state
     */
    public List<AgentPush> choose(String agent, AgentState state, String why) {
        return engine.choose(agent, state, why);
    }

    /**
     * {@return what an agent did on a day, where the agent works}
     *
     * @param agent the agent's name
     * @param date the day
     * @throws IllegalArgumentException if there is no such agent
     */
    public WorkingDay day(String agent, LocalDate date) {
        return engine.day(agent, date);
    }

    /**
     * Writes an agent's note about a call to every CRM that takes notes.
     *
     * @param call the call
     * @param text the note; may be empty when there is a disposition
     * @param disposition the outcome that the agent chose, or null
     * @param agent the agent's name, or null
     * @return how many CRMs it goes to
     * @throws IllegalArgumentException if there is no such call
     */
    public int note(CallId call, String text, @Nullable String disposition, @Nullable String agent) {
        return engine.desk().note(call, text, disposition, agent);
    }

    /**
     * Opens a ticket about a call, in the CRM that knows the customer or else in the first that takes tickets.
     *
     * @param call the call
     * @param ticket the ticket; without a responsible it goes to the agent
     * @param agent the agent's name, or null
     * @return the id of the CRM account it goes to
     * @throws IllegalArgumentException if there is no such call or no CRM that takes tickets
     */
    public String ticket(CallId call, TicketDraft ticket, @Nullable String agent) {
        return engine.desk().ticket(call, ticket, agent);
    }

    /**
     * Hands the newest ticket of a call on to a department, after it was opened.
     *
     * @param call the call
     * @param department the department's name, as the CRM's settings know it
     * @param note what the next one should know; may be empty
     * @param agent the agent's name, or null
     * @return the id of the CRM account
     * @throws IllegalArgumentException if there is no such call, no ticket, or a CRM without departments
     */
    public String escalate(CallId call, String department, String note, @Nullable String agent) {
        return engine.desk().escalate(call, department, note, agent);
    }

    /** {@return every agent and what the agent is doing} */
    public List<AgentView> agents() {
        return engine.board().all();
    }

    /**
     * Has a listener told of every change.
     *
     * @param listener who is told
     * @return ends that when closed
     */
    public AutoCloseable listen(CordboardListener listener) {
        return engine.listeners().add(listener);
    }

    /**
     * Reads all contacts of a CRM account anew. Takes as long as the vendor takes.
     *
     * @param account the CRM's id
     * @param progress is told after each page
     * @return what was done
     * @throws IllegalArgumentException if there is no such CRM or it has no contacts
     * @throws ConnectorException if the CRM could not be asked
     */
    public SyncReport sync(String account, SyncProgress progress) {
        return engine.sync(account, progress);
    }

    /** {@return figures for monitoring, by name} */
    public Map<String, Long> counters() {
        return engine.counters();
    }

    /**
     * Stops the connectors and finishes what is being worked on, within the time of
     * {@link CordboardBuilder#closeWithin}; the rest is on disk and is taken up at the next start.
     */
    @Override
    public void close() {
        engine.close(closeWithin);
    }
}
