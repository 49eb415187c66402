// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;
import io.cordboard.contact.ContactRef;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.MapMemory;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.contract.CrmUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A Salesforce organisation with a connector to it, for the contracts. */
public final class SalesforceUnderTest implements CrmUnderTest {
    private static final String ACCOUNT = "main";
    private static final List<String> PHONES = List.of("Phone", "MobilePhone", "HomePhone", "OtherPhone");
    private static final Map<String, ContactRef.Type> TYPES = Map.of(
            "Contact", ContactRef.Type.CONTACT, "Account", ContactRef.Type.COMPANY, "Lead", ContactRef.Type.LEAD);

    private final ConnectorFactory factory;
    private final SalesforceSandbox org;
    private final Map<String, String> settings;
    private final Consumer<Connector> beforeStart;
    private final MapMemory memory = new MapMemory();
    private Connector connector;
    private int lost;

    private SalesforceUnderTest(
            ConnectorFactory factory,
            SalesforceSandbox org,
            Map<String, String> settings,
            Consumer<Connector> beforeStart) {
        this.factory = factory;
        this.org = org;
        this.settings = settings;
        this.beforeStart = beforeStart;
        this.connector = connect();
    }

    /**
     * {@return an organisation in which an administrator created what the connector wants, reached by client
     * credentials}
     *
     * @param factory makes the connector
     * @param more further settings of the connector
     * @param beforeStart registers listeners
     */
    public static SalesforceUnderTest clientCredentials(
            ConnectorFactory factory, Map<String, String> more, Consumer<Connector> beforeStart) {
        return prepared(
                factory,
                org -> {
                    Map<String, String> settings = new LinkedHashMap<>(credentials(org));
                    settings.putAll(more);
                    return settings;
                },
                beforeStart);
    }

    /**
     * {@return an organisation in which nobody created anything for the connector, reached by client credentials}
     *
     * @param factory makes the connector
     * @param more further settings of the connector
     * @param beforeStart registers listeners
     */
    public static SalesforceUnderTest untouched(
            ConnectorFactory factory, Map<String, String> more, Consumer<Connector> beforeStart) {
        return prepared(
                factory,
                org -> {
                    org.removeCustomFields();
                    Map<String, String> settings = new LinkedHashMap<>(credentials(org));
                    // A lost request of the sandbox is never done later.
                    settings.put("call.unclearWait", "0s");
                    settings.putAll(more);
                    return settings;
                },
                beforeStart);
    }

    /**
     * {@return an organisation that a test prepares}
     *
     * @param factory makes the connector
     * @param prepare changes the organisation and says what the connector is to be set to
     * @param beforeStart registers listeners
     */
    public static SalesforceUnderTest prepared(
            ConnectorFactory factory,
            Function<SalesforceSandbox, Map<String, String>> prepare,
            Consumer<Connector> beforeStart) {
        SalesforceSandbox org =
                SalesforceSandbox.start(SandboxOptions.DEFAULTS.withContacts(60).withLimits(false));
        return new SalesforceUnderTest(factory, org, prepare.apply(org), beforeStart);
    }

    /**
     * {@return the settings for client credentials}
     *
     * @param org the organisation
     */
    public static Map<String, String> credentials(SalesforceSandbox org) {
        return Map.of(
                "baseUrl",
                org.url().toString(),
                "oauth.clientId",
                org.clientId(),
                "oauth.clientSecret",
                org.clientSecret());
    }

    /**
     * {@return the settings for assertions that are signed with the app's key}
     *
     * @param org the organisation
     */
    public static Map<String, String> assertions(SalesforceSandbox org) {
        return Map.of(
                "baseUrl",
                org.url().toString(),
                "oauth.clientId",
                org.clientId(),
                "oauth.username",
                org.username(),
                "oauth.privateKey",
                org.privateKey());
    }

    /**
     * {@return the settings for a refresh token, which a new one replaces each time}
     *
     * @param org the organisation
     */
    public static Map<String, String> refreshTokens(SalesforceSandbox org) {
        Map<String, String> settings = new LinkedHashMap<>(credentials(org));
        settings.put("oauth.refreshToken", org.refreshToken());
        return settings;
    }

    /** {@return the organisation itself} */
    public SalesforceSandbox org() {
        return org;
    }

    private Connector connect() {
        ConnectorContext context = new ConnectorContext(ACCOUNT, "RU", SandboxOptions.DEFAULTS.clock(), memory);
        Connector made = factory.create(context, new Settings(settings));
        beforeStart.accept(made);
        made.start();
        return made;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public void restart() {
        connector.close();
        connector = connect();
    }

    @Override
    public String user() {
        return Ids.full(Ids.of("005", 2));
    }

    @Override
    public String colleague() {
        return Ids.full(Ids.of("005", 3));
    }

    @Override
    public String nobody() {
        return Ids.full(Ids.of("005", 4242));
    }

    @Override
    public void isDown() {
        org.faults().set(Kind.SERVER_ERROR, true);
    }

    @Override
    public void isRateLimited() {
        org.faults().set(Kind.RATE_LIMIT, true);
    }

    @Override
    public void answersWithPages() {
        org.faults().set(Kind.HTML, true);
    }

    @Override
    public void isSlow(Duration time) {
        org.faults().set(Kind.SLOW, (int) time.toMillis());
    }

    @Override
    public void isWell() {
        lost = answersLost();
        org.faults().clear();
    }

    @Override
    public int answersLost() {
        return lost + org.faults().struck(Kind.LOST_ANSWER) + org.faults().struck(Kind.HALF_BODY);
    }

    @Override
    public void losesAnswers(int times, String step) {
        org.faults().set(Kind.LOST_ANSWER, times, step);
    }

    @Override
    public void breaksAnswers(int times, String step) {
        org.faults().set(Kind.HALF_BODY, times, step);
    }

    @Override
    public void expiresToken() {
        org.expireSessions();
    }

    @Override
    public void expiresTokenMidway() {
        org.faults().set(Map.of("INVALID_SESSION_ID", 0.5));
    }

    /** Every operation that may be one of the steps: a fault waits in vain for those that are none. */
    @Override
    public List<String> stepsOf(Write write) {
        return write == Write.CUSTOMER
                ? List.of("search", "query", "create", "upsert")
                : List.of("query", "create", "upsert", "update");
    }

    @Override
    public ContactRef hasContact(String name, List<String> phones, String owner) {
        Map<String, String> fields = new LinkedHashMap<>(numbers(phones));
        int space = name.lastIndexOf(' ');
        fields.put("FirstName", space < 0 ? "" : name.substring(0, space));
        fields.put("LastName", name.substring(space + 1));
        fields.put("OwnerId", owner);
        return new ContactRef(ACCOUNT, ContactRef.Type.CONTACT, org.add("Contact", fields));
    }

    private static Map<String, String> numbers(List<String> phones) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < PHONES.size(); i++) {
            fields.put(PHONES.get(i), i < phones.size() ? phones.get(i) : "");
        }
        return fields;
    }

    @Override
    public void contactChanges(ContactRef ref, List<String> phones) {
        org.change(ref.id(), numbers(phones));
    }

    @Override
    public void contactVanishes(ContactRef ref) {
        org.remove(ref.id());
    }

    @Override
    public Set<ContactRef> withNumber() {
        Set<ContactRef> refs = new HashSet<>();
        TYPES.forEach((object, type) -> org.rows(object).stream()
                .filter(row -> !"true".equals(row.get("IsConverted")))
                .filter(row -> row.keySet().stream().anyMatch(field -> field.endsWith("Phone")))
                .forEach(row -> refs.add(new ContactRef(ACCOUNT, type, text(row, "Id")))));
        return refs;
    }

    @Override
    public List<CallRecord> records(PhoneNumber customer) {
        return new TaskRecords(org, ACCOUNT).of(customer);
    }

    /** Nobody sees a card: the vendor shows none by itself. */
    @Override
    public Set<String> seeCard(PhoneNumber customer) {
        return Set.of();
    }

    @Override
    public List<String> tickets(String title) {
        List<String> owners = new ArrayList<>();
        for (String object : List.of("Case", "Task")) {
            org.rows(object).stream()
                    .filter(row -> title.equals(row.get("Subject")))
                    .forEach(row -> owners.add(text(row, "OwnerId")));
        }
        return owners;
    }

    @Override
    public String department() {
        return "Escalations";
    }

    @Override
    public Optional<TicketRecord> ticket(String id) {
        String queue = org.rows("Group").stream()
                .filter(row -> department().equals(row.get("DeveloperName")))
                .map(row -> text(row, "Id"))
                .findFirst()
                .orElseThrow();
        List<String> notes = org.rows("CaseComment").stream()
                .filter(row -> id.equals(row.get("ParentId")))
                .map(row -> text(row, "CommentBody"))
                .toList();
        return org.rows("Case").stream()
                .filter(row -> id.equals(row.get("Id")))
                .findFirst()
                .map(row -> new TicketRecord(queue.equals(text(row, "OwnerId")) ? department() : "", notes));
    }

    @Override
    public void ticketVanishes(String id) {
        org.remove(id);
    }

    @Override
    public int notes(String text) {
        return (int) Map.of("Task", "Description", "CaseComment", "CommentBody", "FeedItem", "Body").entrySet().stream()
                .flatMap(field -> org.rows(field.getKey()).stream().map(row -> text(row, field.getValue())))
                .filter(note -> note.contains(text))
                .count();
    }

    static String text(Map<String, Object> row, String field) {
        Object value = row.get(field);
        return value == null ? "" : value.toString();
    }

    @Override
    public void clicks(String user, PhoneNumber number, boolean twice) {
        throw new IllegalStateException("this vendor tells nobody that a user clicked a number");
    }

    @Override
    public void close() {
        connector.close();
        org.close();
    }
}
