// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;
import io.cordboard.connector.Webhook;
import io.cordboard.contact.ContactRef;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.Form;
import io.cordboard.testkit.MapMemory;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.WebhookPort;
import io.cordboard.testkit.contract.CrmUnderTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An amoCRM account with a connector to it, for the contracts. */
public final class AmoCrmUnderTest implements CrmUnderTest {
    static final String COLLEAGUE = "504142";

    private static final String ACCOUNT = "main";
    private static final String USER = "504141";
    private static final int TALKED = 4;

    private final ConnectorFactory factory;
    private final AmoCrmSandbox account;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Consumer<Connector> beforeStart;
    private final MapMemory memory = new MapMemory();
    private final AtomicReference<@Nullable Connector> connector = new AtomicReference<>();
    private final WebhookPort port = WebhookPort.open(request -> webhook().handle(request));
    private final AccountTickets tickets;
    private final RecordingSite site = new RecordingSite();
    private int lost;

    private AmoCrmUnderTest(
            ConnectorFactory factory, boolean oauth, Map<String, String> more, Consumer<Connector> beforeStart) {
        this.factory = factory;
        this.beforeStart = beforeStart;
        this.account =
                AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withContacts(60).withLimits(false));
        settings.put("baseUrl", account.url().toString());
        if (oauth) {
            account.redirectTo(port.url());
            account.integration().forEach((key, value) -> settings.put("oauth." + key, value));
            settings.put("oauth.domains", "localhost:" + account.url().getPort());
        } else {
            settings.put("token", account.token());
        }
        settings.put("responsible", Integer.toString(Residents.ADMIN));
        settings.put("widget.login", "telephony");
        settings.put("widget.secret", "0f6d2b");
        settings.put("widget.users.101", USER);
        settings.put("widget.users.102", COLLEAGUE);
        settings.put("recordingUrl", site.pattern());
        settings.putAll(AccountTickets.department());
        settings.putAll(more);
        this.tickets = new AccountTickets(account, settings);
        connector.set(connect());
    }

    /**
     * {@return an account that is reached with a long-lived token}
     *
     * @param factory makes the connector
     * @param more further settings of the connector
     * @param beforeStart registers listeners
     */
    public static AmoCrmUnderTest longLived(
            ConnectorFactory factory, Map<String, String> more, Consumer<Connector> beforeStart) {
        return new AmoCrmUnderTest(factory, false, more, beforeStart);
    }

    /**
     * {@return an account in which an integration is installed}
     *
     * @param factory makes the connector
     * @param more further settings of the connector
     * @param beforeStart registers listeners
     */
    public static AmoCrmUnderTest integration(
            ConnectorFactory factory, Map<String, String> more, Consumer<Connector> beforeStart) {
        return new AmoCrmUnderTest(factory, true, more, beforeStart);
    }

    /** {@return the account itself} */
    public AmoCrmSandbox account() {
        return account;
    }

    /** {@return what the connector has kept} */
    public MapMemory memory() {
        return memory;
    }

    private Connector connect() {
        ConnectorContext context =
                new ConnectorContext(ACCOUNT, "RU", SandboxOptions.DEFAULTS.clock(), memory).withWebhookUrl(port.url());
        Connector made = factory.create(context, new Settings(settings));
        beforeStart.accept(made);
        made.start();
        return made;
    }

    private Webhook webhook() {
        Connector now = connector.get();
        if (now == null) {
            return request -> Webhook.Response.text(503, "not yet");
        }
        return now.webhook().orElseThrow(() -> new IllegalStateException("the connector has no webhook"));
    }

    @Override
    public Connector connector() {
        Connector now = connector.get();
        if (now == null) {
            throw new IllegalStateException("closed");
        }
        return now;
    }

    @Override
    public void restart() {
        connector().close();
        connector.set(connect());
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String colleague() {
        return COLLEAGUE;
    }

    @Override
    public String nobody() {
        return "424242";
    }

    @Override
    public void isDown() {
        account.faults().set(Kind.SERVER_ERROR, true);
    }

    @Override
    public void isRateLimited() {
        account.faults().set(Kind.RATE_LIMIT, true);
    }

    @Override
    public void answersWithPages() {
        account.faults().set(Kind.HTML, true);
    }

    @Override
    public void isSlow(Duration time) {
        account.faults().set(Kind.SLOW, (int) time.toMillis());
    }

    @Override
    public void isWell() {
        lost = answersLost();
        account.faults().clear();
    }

    @Override
    public int answersLost() {
        return lost
                + account.faults().struck(Kind.LOST_ANSWER)
                + account.faults().struck(Kind.HALF_BODY);
    }

    @Override
    public void losesAnswers(int times, String step) {
        account.faults().set(Kind.LOST_ANSWER, times, step);
    }

    @Override
    public void breaksAnswers(int times, String step) {
        account.faults().set(Kind.HALF_BODY, times, step);
    }

    @Override
    public void expiresToken() {
        if (settings.containsKey("token")) {
            account.faults().set(Kind.SERVER_ERROR, 1);
        } else {
            account.expireTokens();
        }
    }

    /** There are no requests of several commands here: some requests of many are refused. */
    @Override
    public void expiresTokenMidway() {
        account.faults().set(settings.containsKey("token") ? Kind.SERVER_ERROR : Kind.EXPIRED_TOKEN, 0.5);
    }

    @Override
    public List<String> stepsOf(Write write) {
        return switch (write) {
            case CALL -> List.of("POST calls", "POST contacts", "POST contacts/notes");
            case TICKET -> List.of("POST tasks", "POST leads", "POST leads/complex", "POST leads/unsorted/sip");
            case ESCALATION -> List.of("PATCH tasks", "PATCH leads", "POST leads/notes");
            case CUSTOMER -> List.of("POST leads/unsorted/sip", "POST leads/complex", "POST contacts", "POST leads");
            case RECORDING -> List.of("PATCH contacts/notes", "PATCH leads/notes");
            case NOTE -> List.of("POST contacts/notes", "PATCH contacts/notes", "POST leads/notes");
        };
    }

    @Override
    public ContactRef hasContact(String name, List<String> phones, String owner) {
        return ref(ContactRef.Type.CONTACT, account.addContact(name, phones, Integer.parseInt(owner)));
    }

    private static ContactRef ref(ContactRef.Type type, Object id) {
        return new ContactRef(ACCOUNT, type, String.valueOf(id));
    }

    @Override
    public void contactChanges(ContactRef ref, List<String> phones) {
        account.changeContact(Integer.parseInt(ref.id()), phones);
    }

    @Override
    public void contactVanishes(ContactRef ref) {
        account.removeContact(Integer.parseInt(ref.id()));
    }

    /** Leads have no numbers of their own. Who waits to be accepted is there, too. */
    @Override
    public Set<ContactRef> withNumber() {
        Set<ContactRef> refs = new HashSet<>();
        rows(account.contacts(), row -> row.containsKey("phones"))
                .forEach(row -> refs.add(ref(ContactRef.Type.CONTACT, Objects.requireNonNull(row.get("id")))));
        rows(account.companies(), row -> row.containsKey("phones"))
                .forEach(row -> refs.add(ref(ContactRef.Type.COMPANY, Objects.requireNonNull(row.get("id")))));
        return refs;
    }

    private static List<Map<String, Object>> rows(
            List<Map<String, Object>> all, Predicate<Map<String, Object>> wanted) {
        return all.stream().filter(wanted).toList();
    }

    @Override
    public List<CallRecord> records(PhoneNumber customer) {
        List<CallRecord> records = new ArrayList<>();
        for (Map<String, Object> note : account.notes()) {
            Map<String, Object> params = Body.map(note.get("params"));
            String phone = PhoneIndex.last(String.valueOf(params.get("phone")));
            if (String.valueOf(note.get("note_type")).startsWith("call_")
                    && phone.equals(PhoneIndex.last(customer.e164()))) {
                records.add(record(note, params));
            }
        }
        return records;
    }

    private CallRecord record(Map<String, Object> note, Map<String, Object> params) {
        if (!Objects.requireNonNull(note.get("created_by")).equals(note.get("responsible_user_id"))) {
            throw new AssertionError("a call is counted for nobody unless created_by is responsible_user_id: " + note);
        }
        Object status = params.get("call_status");
        int seconds = params.get("duration") instanceof Number number ? number.intValue() : 0;
        ContactRef.Type type = switch (String.valueOf(note.get("entity_type"))) {
            case "leads" -> ContactRef.Type.LEAD;
            case "companies" -> ContactRef.Type.COMPANY;
            default -> ContactRef.Type.CONTACT;
        };
        return new CallRecord(
                String.valueOf(note.get("created_by")),
                status == null ? seconds > 0 : Integer.valueOf(TALKED).equals(status),
                Duration.ofSeconds(seconds),
                ref(type, Objects.requireNonNull(note.get("entity_id"))),
                site.heard(params.get("link")));
    }

    @Override
    public boolean keepsRecordings() {
        return false;
    }

    @Override
    public void publish(String fileName, byte[] bytes) {
        site.publish(fileName, bytes);
    }

    @Override
    public boolean takesCardsBack() {
        return false;
    }

    @Override
    public Set<String> seeCard(PhoneNumber customer) {
        Set<String> users = new HashSet<>();
        for (Map<String, Object> popUp : account.popUps()) {
            if (PhoneIndex.last(String.valueOf(popUp.get("phone_number"))).equals(PhoneIndex.last(customer.e164()))
                    && popUp.get("users") instanceof Collection<?> seen) {
                seen.forEach(user -> users.add(String.valueOf(user)));
            }
        }
        return users;
    }

    @Override
    public List<String> tickets(String title) {
        return tickets.responsible(title);
    }

    @Override
    public String department() {
        return AccountTickets.DEPARTMENT;
    }

    @Override
    public Optional<TicketRecord> ticket(String id) {
        return tickets.ticket(id);
    }

    @Override
    public void ticketVanishes(String id) {
        tickets.remove(id);
    }

    @Override
    public int notes(String text) {
        return rows(account.notes(), note -> {
                    Map<String, Object> params = Body.map(note.get("params"));
                    return String.valueOf(params.get("text")).contains(text)
                            || String.valueOf(params.get("call_result")).contains(text);
                })
                .size();
    }

    /** A click in the page: the stock widget asks by a script element, which carries no secret but its own. */
    @Override
    public void clicks(String user, PhoneNumber number, boolean twice) {
        Map<String, String> ask = new LinkedHashMap<>();
        ask.put("_login", settings.getOrDefault("widget.login", ""));
        ask.put("_secret", settings.getOrDefault("widget.secret", ""));
        ask.put("_action", "call");
        ask.put("from", user.equals(COLLEAGUE) ? "102" : "101");
        ask.put("to", number.e164());
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            site.get(URI.create(port.url() + "?" + Form.write(ask)));
        }
    }

    @Override
    public void close() {
        connector().close();
        port.close();
        site.close();
        account.close();
    }
}
