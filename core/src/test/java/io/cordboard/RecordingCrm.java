// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.call.CallId;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallLog;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.CustomerDesk;
import io.cordboard.crm.DialRequests;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.ScreenPop;
import io.cordboard.crm.TicketDesk;
import io.cordboard.crm.WorkTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A CRM that remembers everything that it was told, does what it is asked, and can be made to hang or to refuse. */
final class RecordingCrm
        implements Connector,
                CallLog,
                CallNotes,
                TicketDesk,
                CustomerDesk,
                ContactSearch,
                ScreenPop,
                DialRequests,
                WorkTime {
    private final String account;
    private final Set<Class<?>> without = new HashSet<>();
    private final List<CrmWrite> written = new CopyOnWriteArrayList<>();
    private final List<Contact> contacts = new CopyOnWriteArrayList<>();
    private final List<View> views = new CopyOnWriteArrayList<>();
    private volatile Function<CrmWrite, Outcome> answer = write -> new Outcome.Done("ref");
    private volatile Consumer<View> onView = view -> {};
    private volatile Runnable onClose = () -> {};
    private volatile Health health = Health.UP;
    private volatile @Nullable Listener listener;
    private final Map<String, Day> days = new ConcurrentHashMap<>();

    RecordingCrm(String account) {
        this.account = account;
    }

    /** Leaves a role out. */
    RecordingCrm without(Class<?> role) {
        without.add(role);
        return this;
    }

    void answers(Function<CrmWrite, Outcome> how) {
        answer = how;
    }

    /** How the working days of the users stand, for tests to change. */
    Map<String, Day> days() {
        return days;
    }

    @Override
    public Map<String, Day> days(Set<String> users) {
        Map<String, Day> known = new HashMap<>(days);
        known.keySet().retainAll(users);
        return known;
    }

    @Override
    public void change(String user, Day wanted) {
        days.put(user, wanted);
    }

    void says(Health how) {
        health = how;
    }

    void onView(Consumer<View> what) {
        onView = what;
    }

    void onClose(Runnable what) {
        onClose = what;
    }

    /** A user clicks a number. */
    void click(String ref, String user, String number) {
        Objects.requireNonNull(listener).clicked(new Click(account, ref, user, number, null, null));
    }

    <W extends CrmWrite> List<W> written(Class<W> kind) {
        return written.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<CrmWrite.LogCall> logged(CallId call) {
        return written(CrmWrite.LogCall.class).stream()
                .filter(log -> log.call().equals(call))
                .toList();
    }

    /** {@return how a call was shown, oldest first} */
    List<View> views(CallId call) {
        return views.stream().filter(view -> view.call().equals(call)).toList();
    }

    private <W extends CrmWrite> List<Outcome> take(List<Attempt<W>> attempts) {
        return attempts.stream()
                .map(attempt -> {
                    Outcome outcome = answer.apply(attempt.write());
                    if (outcome instanceof Outcome.Done) {
                        written.add(attempt.write());
                    }
                    return outcome;
                })
                .toList();
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
    public List<Outcome> open(List<Attempt<CrmWrite.OpenTicket>> attempts) {
        return take(attempts);
    }

    /** Who is created is found from then on. */
    @Override
    public List<Outcome> create(List<Attempt<CrmWrite.CreateCustomer>> attempts) {
        for (Attempt<CrmWrite.CreateCustomer> attempt : attempts) {
            CrmWrite.CreateCustomer write = attempt.write();
            contacts.add(new Contact(
                    new ContactRef(account, write.type(), "ref"),
                    write.title(),
                    List.of(write.customer().e164()),
                    null,
                    null,
                    null,
                    null));
        }
        return take(attempts);
    }

    @Override
    public List<Contact> search(PhoneNumber number) {
        return List.copyOf(contacts);
    }

    @Override
    public void show(View view) {
        views.add(view);
        onView.accept(view);
    }

    @Override
    public void tell(Listener told) {
        listener = told;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public String vendor() {
        return "recording";
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return role.isInstance(this) && !without.contains(role) ? Optional.of(role.cast(this)) : Optional.empty();
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
    public void close() {
        onClose.run();
    }
}
