// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.Settings;
import io.cordboard.contact.ContactRef;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.MapMemory;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.WebhookPort;
import io.cordboard.testkit.contract.CrmUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Bitrix24 portal with a connector to it, for the contracts. */
public final class Bitrix24UnderTest implements CrmUnderTest {
    static final String COLLEAGUE = "18";

    private static final String ACCOUNT = "main";

    private final ConnectorFactory factory;
    private final Bitrix24Sandbox portal;
    private final Map<String, String> settings;
    private final Consumer<Connector> beforeStart;
    private final MapMemory memory = new MapMemory();
    private final PortalTickets tickets;
    private Connector connector;
    private WebhookPort port;
    private int lost;

    private Bitrix24UnderTest(
            ConnectorFactory factory,
            Bitrix24Sandbox portal,
            Map<String, String> settings,
            Consumer<Connector> beforeStart) {
        this.factory = factory;
        this.portal = portal;
        this.settings = settings;
        this.beforeStart = beforeStart;
        this.tickets = new PortalTickets(portal, settings);
        tickets.department().forEach(settings::putIfAbsent);
        this.connector = connect();
        this.port = mount();
    }

    /**
     * {@return a portal that is reached by an incoming webhook}
     *
     * @param factory makes the connector
     * @param strict whether the portal refuses telephony to webhooks
     * @param more further settings of the connector
     * @param beforeStart registers listeners
     */
    public static Bitrix24UnderTest webhook(
            ConnectorFactory factory, boolean strict, Map<String, String> more, Consumer<Connector> beforeStart) {
        Bitrix24Sandbox portal = Bitrix24Sandbox.start(options(strict));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("webhookUrl", portal.webhookUrl().toString());
        settings.put("applicationToken", portal.applicationToken());
        settings.putAll(more);
        return new Bitrix24UnderTest(factory, portal, settings, beforeStart);
    }

    /**
     * {@return a portal in which an application is installed}
     *
     * @param factory makes the connector
     * @param more further settings of the connector
     * @param beforeStart registers listeners
     */
    public static Bitrix24UnderTest application(
            ConnectorFactory factory, Map<String, String> more, Consumer<Connector> beforeStart) {
        Bitrix24Sandbox portal = Bitrix24Sandbox.start(options(true));
        Map<String, String> settings = new LinkedHashMap<>();
        portal.application().forEach((key, value) -> settings.put("oauth." + key, value));
        settings.put("responsible", "1");
        settings.put("applicationToken", portal.applicationToken());
        settings.putAll(more);
        return new Bitrix24UnderTest(factory, portal, settings, beforeStart);
    }

    private static SandboxOptions options(boolean strict) {
        return SandboxOptions.DEFAULTS.withContacts(60).withStrict(strict).withLimits(false);
    }

    /** {@return the portal itself} */
    public Bitrix24Sandbox portal() {
        return portal;
    }

    /**
     * {@return how the working day of a user stands: {@code OPENED}, {@code PAUSED}, {@code CLOSED} or {@code EXPIRED}}
     *
     * @param user the user's id
     */
    public String workDay(String user) {
        PortalWorld world = portal.world();
        synchronized (world) {
            return world.portal().user(Integer.parseInt(user)).workDay();
        }
    }

    /**
     * Lets the working day of a user stand so, as if the user had done it in the portal.
     *
     * @param user the user's id
     * @param day how it stands
     */
    public void workDay(String user, String day) {
        PortalWorld world = portal.world();
        synchronized (world) {
            User known = world.portal().user(Integer.parseInt(user));
            world.portal().users().put(known.id(), known.withWorkDay(day));
        }
    }

    private Connector connect() {
        ConnectorContext context = new ConnectorContext(ACCOUNT, "RU", SandboxOptions.DEFAULTS.clock(), memory);
        Connector made = factory.create(context, new Settings(settings));
        beforeStart.accept(made);
        made.start();
        return made;
    }

    private WebhookPort mount() {
        WebhookPort opened = WebhookPort.open(request -> connector
                .webhook()
                .orElseThrow(() -> new IllegalStateException("the connector has no webhook"))
                .handle(request));
        portal.outgoingWebhook(opened.url(), Set.of());
        return opened;
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
        return "17";
    }

    @Override
    public String colleague() {
        return COLLEAGUE;
    }

    @Override
    public String nobody() {
        return "4242";
    }

    @Override
    public void isDown() {
        portal.faults().set(Kind.SERVER_ERROR, true);
    }

    @Override
    public void isRateLimited() {
        portal.faults().set(Kind.RATE_LIMIT, true);
    }

    @Override
    public void answersWithPages() {
        portal.faults().set(Kind.HTML, true);
    }

    @Override
    public void isSlow(Duration time) {
        portal.faults().set(Kind.SLOW, (int) time.toMillis());
    }

    @Override
    public void isWell() {
        lost = answersLost();
        portal.faults().clear();
    }

    @Override
    public int answersLost() {
        return lost + portal.faults().struck(Kind.LOST_ANSWER) + portal.faults().struck(Kind.HALF_BODY);
    }

    @Override
    public void losesAnswers(int times, String step) {
        portal.faults().set(Kind.LOST_ANSWER, times, step);
    }

    @Override
    public void breaksAnswers(int times, String step) {
        portal.faults().set(Kind.HALF_BODY, times, step);
    }

    @Override
    public void expiresToken() {
        if (settings.containsKey("oauth.clientId")) {
            portal.expireTokens();
        } else {
            portal.faults().set(Kind.SERVER_ERROR, 1);
        }
    }

    @Override
    public void expiresTokenMidway() {
        String fault = settings.containsKey("oauth.clientId") ? "expired_token" : "INTERNAL_SERVER_ERROR";
        portal.faults().set(Map.of(fault, 0.5));
    }

    @Override
    public List<String> stepsOf(Write write) {
        return switch (write) {
            case CALL ->
                List.of("telephony.externalCall.register", "telephony.externalCall.finish", "crm.activity.add");
            case TICKET -> List.of("tasks.task.add", "crm.item.add");
            case ESCALATION ->
                List.of("crm.item.get", "crm.item.update", "crm.timeline.comment.add", "tasks.task.update");
            case CUSTOMER -> List.of("crm.lead.add", "crm.item.add");
            case RECORDING -> List.of("telephony.externalCall.attachRecord", "upload");
            case NOTE -> List.of("crm.timeline.comment.add", "crm.activity.update");
        };
    }

    @Override
    public ContactRef hasContact(String name, List<String> phones, String owner) {
        int id = portal.addContact(name, phones, Integer.parseInt(owner));
        return ref("CONTACT", id);
    }

    private static ContactRef ref(String type, int id) {
        return new ContactRef(ACCOUNT, ContactRef.Type.valueOf(type), Integer.toString(id));
    }

    @Override
    public void contactChanges(ContactRef ref, List<String> phones) {
        portal.changeContact(Integer.parseInt(ref.id()), phones);
    }

    @Override
    public void contactVanishes(ContactRef ref) {
        portal.removeContact(Integer.parseInt(ref.id()));
    }

    @Override
    public Set<ContactRef> withNumber() {
        Set<ContactRef> refs = new HashSet<>();
        Map.of("LEAD", Portal.LEAD, "CONTACT", Portal.CONTACT, "COMPANY", Portal.COMPANY)
                .forEach((name, type) -> portal.items(type).stream()
                        .filter(row -> row.containsKey("PHONE"))
                        .forEach(row -> refs.add(
                                ref(name, Params.numberOf(row.get("ID")).orElse(0)))));
        return refs;
    }

    /** A finished call, or an activity where the portal refuses telephony. */
    @Override
    public List<CallRecord> records(PhoneNumber customer) {
        List<CallRecord> records = new ArrayList<>();
        List<Map<String, Object>> activities = portal.activities();
        for (Bitrix24Call call : portal.calls()) {
            if (call.finished() && PhoneIndex.normal(call.number()).equals(customer.digits())) {
                records.add(record(call, activities));
            }
        }
        activities.stream()
                .filter(row -> !row.containsKey("PROVIDER_ID") && spokenTo(row).equals(customer.digits()))
                .forEach(row -> records.add(record(row)));
        return records;
    }

    private static CallRecord record(Bitrix24Call call, List<Map<String, Object>> activities) {
        String user = activities.stream()
                .filter(row -> Objects.equals(row.get("ID"), call.activity()))
                .map(row -> Params.textOf(row.get("RESPONSIBLE_ID")))
                .findFirst()
                .orElse(Integer.toString(call.user()));
        @Nullable Integer entity = call.entityId();
        return new CallRecord(
                user,
                "200".equals(call.statusCode()),
                Duration.ofSeconds(call.duration()),
                entity == null ? null : ref(call.entityType(), entity),
                call.recordBytes());
    }

    private static CallRecord record(Map<String, Object> row) {
        Duration connected = Duration.between(
                java.time.OffsetDateTime.parse(Params.textOf(row.get("START_TIME"))),
                java.time.OffsetDateTime.parse(Params.textOf(row.get("END_TIME"))));
        String type = Portal.NAMES.getOrDefault(
                Params.numberOf(row.get("OWNER_TYPE_ID")).orElse(0), "LEAD");
        return new CallRecord(
                Params.textOf(row.get("RESPONSIBLE_ID")),
                Params.textOf(row.get("COMPLETED")).equals("Y"),
                connected,
                ref(type, Params.numberOf(row.get("OWNER_ID")).orElse(0)),
                new byte[0]);
    }

    private static String spokenTo(Map<String, Object> row) {
        return Params.listOf(row.get("COMMUNICATIONS")).stream()
                .map(one -> PhoneIndex.normal(Params.textOf(Params.mapOf(one).get("VALUE"))))
                .findFirst()
                .orElse("");
    }

    @Override
    public Set<String> seeCard(PhoneNumber customer) {
        return portal.calls().stream()
                .filter(call -> PhoneIndex.normal(call.number()).equals(customer.digits()))
                .flatMap(call -> call.visibleTo().stream())
                .map(user -> Integer.toString(user))
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> tickets(String title) {
        return tickets.responsible(title);
    }

    @Override
    public String department() {
        return PortalTickets.DEPARTMENT;
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
        long comments = portal.comments().stream()
                .filter(row -> Params.textOf(row.get("COMMENT")).contains(text))
                .count();
        long descriptions = portal.activities().stream()
                .filter(row -> Params.textOf(row.get("DESCRIPTION")).contains(text))
                .count();
        return (int) (comments + descriptions);
    }

    @Override
    public void clicks(String user, PhoneNumber number, boolean twice) {
        if (twice) {
            portal.faults().set(Kind.DUPLICATE, 1);
        }
        portal.click(Integer.parseInt(user), number.e164());
    }

    @Override
    public void close() {
        connector.close();
        port.close();
        portal.close();
    }
}
