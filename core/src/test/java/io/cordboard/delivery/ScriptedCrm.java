// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.connector.Connector;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.pbx.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An account that takes records of calls, notes and recordings, answers as a test says and remembers what it was asked.
 */
final class ScriptedCrm implements Connector, CallLog, CallNotes, RecordingArchive {
    private final String account;
    private final List<List<Attempt<?>>> asked = new CopyOnWriteArrayList<>();
    private volatile Health health = Health.UP;
    private volatile Function<List<Attempt<?>>, List<Outcome>> script = ScriptedCrm::allDone;

    ScriptedCrm(String account) {
        this.account = account;
    }

    static List<Outcome> allDone(List<Attempt<?>> attempts) {
        return attempts.stream()
                .map(attempt -> (Outcome) new Outcome.Done("ref-" + attempt.key()))
                .toList();
    }

    void answer(Function<List<Attempt<?>>, List<Outcome>> answer) {
        script = answer;
    }

    /** Says of itself how it is. */
    void says(Health how) {
        health = how;
    }

    /** Answers each write by itself. */
    void answerEach(Function<Attempt<?>, Outcome> answer) {
        script = attempts -> attempts.stream().map(answer).toList();
    }

    /** {@return the calls to the roles, each with its writes, oldest first} */
    List<List<Attempt<?>>> asked() {
        return asked;
    }

    List<Attempt<?>> attempts(String key) {
        return asked.stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.key().equals(key))
                .toList();
    }

    List<String> keys() {
        return asked.stream().flatMap(List::stream).map(Attempt::key).toList();
    }

    private List<Outcome> take(List<? extends Attempt<?>> attempts) {
        List<Attempt<?>> copy = new ArrayList<>(attempts);
        asked.add(copy);
        return script.apply(copy);
    }

    @Override
    public List<Outcome> log(List<Attempt<CrmWrite.LogCall>> attempts) {
        return take(attempts);
    }

    @Override
    public List<Outcome> add(List<Attempt<CrmWrite.AddNote>> attempts) {
        return take(attempts);
    }

    @Override
    public Outcome attach(Attempt<CrmWrite.AttachRecording> attempt, Recordings.Ready file) {
        try (InputStream content = file.content().open()) {
            long unused = content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return new Outcome.Retry(null, String.valueOf(e.getMessage()));
        }
        return take(List.of(attempt)).get(0);
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public String vendor() {
        return "scripted";
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
    public void start() {}

    @Override
    public Health health() {
        return health;
    }

    @Override
    public List<Finding> check() {
        return List.of();
    }

    @Override
    public void close() {}
}
