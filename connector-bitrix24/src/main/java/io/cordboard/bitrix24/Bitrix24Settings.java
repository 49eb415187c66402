// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one Bitrix24 account is told, read from a section of the configuration; the keys are listed in the connector's
 * page of the documentation. {@link #toString()} hides secrets. Immutable.
 */
public final class Bitrix24Settings {
    private static final URI OAUTH_SERVER = URI.create("https://oauth.bitrix.info/");

    private final Optional<URI> webhook;
    private final Optional<Oauth> oauth;
    private final Events events;
    private final Calls calls;
    private final Cards cards;
    private final Tickets tickets;
    private final Customers customers;
    private final Sync sync;
    private final Limits limits;
    private final boolean workTime;

    private Bitrix24Settings(Settings settings) {
        this.oauth = settings.has("oauth") ? Optional.of(oauth(settings)) : Optional.empty();
        this.webhook = webhook(settings, oauth.isPresent());
        this.events = events(settings);
        this.calls = calls(settings, webhook);
        this.cards = new Cards(
                settings.choice("cards", "ringing", List.of("ringing", "answer", "never")),
                settings.duration("cardDelay", Duration.ofMillis(300)));
        this.tickets = TicketSettings.read(settings);
        this.customers = new Customers(
                settings.optionalText("originator").orElse("cordboard"),
                settings.optionalText("source").orElse("CALL"));
        this.sync = sync(settings);
        this.limits = limits(settings);
        this.workTime = settings.flag("workTime", false);
        settings.finish();
    }

    /**
     * {@return the settings}
     *
     * @param settings a section of the configuration
     * @throws io.cordboard.connector.SettingsException with every mistake of the section at once
     */
    public static Bitrix24Settings read(Settings settings) {
        return new Bitrix24Settings(settings);
    }

    /**
     * {@return the settings}
     *
     * @param values by the keys of the configuration, such as {@code webhookUrl}
     * @throws io.cordboard.connector.SettingsException with every mistake at once
     */
    public static Bitrix24Settings of(Map<String, String> values) {
        return read(new Settings(values));
    }

    Optional<URI> webhook() {
        return webhook;
    }

    Optional<Oauth> oauth() {
        return oauth;
    }

    Events events() {
        return events;
    }

    Calls calls() {
        return calls;
    }

    Cards cards() {
        return cards;
    }

    Tickets tickets() {
        return tickets;
    }

    Customers customers() {
        return customers;
    }

    Sync sync() {
        return sync;
    }

    Limits limits() {
        return limits;
    }

    /** {@return whether the portal's working days are those of the agents} */
    boolean workTime() {
        return workTime;
    }

    @Override
    public String toString() {
        return webhook.map(uri -> "webhook of " + uri.getHost())
                .orElseGet(() -> oauth.map(Oauth::toString).orElse("nothing"));
    }

    private static Optional<URI> webhook(Settings settings, boolean app) {
        if (app && settings.has("webhookUrl")) {
            settings.problem("webhookUrl", "cannot be given together with oauth");
            return settings.optionalText("webhookUrl").map(text -> OAUTH_SERVER);
        }
        return app ? Optional.empty() : Optional.of(folder(settings.uri("webhookUrl")));
    }

    private static Oauth oauth(Settings settings) {
        return new Oauth(
                folder(settings.uri("oauth.portal")),
                settings.text("oauth.clientId"),
                settings.text("oauth.clientSecret"),
                settings.optionalText("oauth.refreshToken").orElse(""),
                folder(settings.uri("oauth.server", OAUTH_SERVER)),
                settings.flag("oauth.post", false));
    }

    private static Events events(Settings settings) {
        return new Events(
                settings.optionalText("applicationToken"),
                settings.optionalText("eventsUrl"),
                settings.duration("clickMaxAge", Duration.ofMinutes(2)));
    }

    private static Calls calls(Settings settings, Optional<URI> webhook) {
        Optional<String> responsible = settings.optionalText("responsible");
        responsible
                .filter(text -> !text.chars().allMatch(Character::isDigit))
                .ifPresent(text -> settings.problem("responsible", "must be the number of a Bitrix24 user"));
        if (webhook.isEmpty() && responsible.isEmpty()) {
            settings.problem("responsible", "is required with oauth: the user who gets calls that nobody answered");
        }
        return new Calls(
                responsible.or(() -> webhook.flatMap(Bitrix24Settings::userOf)),
                settings.optionalText("line"),
                settings.optionalText("hiddenNumber").orElse("0"),
                settings.choice("registerBy", "auto", List.of("auto", "telephony", "activity")),
                settings.choice("withoutCustomer", "lead", List.of("lead", "park")),
                settings.flag("addToChat", false),
                settings.choice("recordings", "upload", List.of("upload", "link"))
                        .equals("link"),
                settings.choice("notes", "comment", List.of("comment", "activity"))
                        .equals("comment"));
    }

    private static Sync sync(Settings settings) {
        return new Sync(
                settings.flag("sync.contacts", true),
                settings.flag("sync.companies", true),
                settings.flag("sync.leads", true),
                settings.flag("sync.convertedLeads", false),
                settings.integer("sync.listsPerRequest", 50, new Settings.Range(1, 50)));
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.integer("requestsPerSecond", 2, new Settings.Range(1, 1000)),
                settings.integer("burst", 50, new Settings.Range(1, 10_000)),
                settings.duration("operatingLimit", Duration.ofSeconds(480)),
                settings.duration("connectTimeout", Duration.ofSeconds(5)),
                settings.duration("readTimeout", Duration.ofSeconds(65)));
    }

    /** The address of a webhook ends with {@code /rest/user/secret/}. */
    private static Optional<String> userOf(URI webhook) {
        String[] steps = webhook.getPath().split("/", -1);
        String user = steps.length >= 3 ? steps[steps.length - 3] : "";
        return Optional.of(user).filter(text -> !text.isEmpty() && text.chars().allMatch(Character::isDigit));
    }

    private static URI folder(URI uri) {
        return uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
    }

    /** An installed app; {@code toString} hides its secrets. */
    record Oauth(URI portal, String clientId, String clientSecret, String refreshToken, URI server, boolean post) {
        @Override
        public String toString() {
            return "app of " + portal.getHost();
        }
    }

    /** What the portal tells; {@code toString} hides the token. */
    record Events(Optional<String> token, Optional<String> url, Duration clickMaxAge) {
        @Override
        public String toString() {
            return "events";
        }
    }

    /** How calls are recorded. */
    record Calls(
            Optional<String> responsible,
            Optional<String> line,
            String hiddenNumber,
            String registerBy,
            String withoutCustomer,
            boolean addToChat,
            boolean recordingsByLink,
            boolean notesAsComments) {}

    /** When cards are shown. */
    record Cards(String when, Duration delay) {}

    /** What a ticket is. */
    record Tickets(
            boolean task,
            int entityTypeId,
            int categoryId,
            String stageId,
            Optional<String> markerField,
            Optional<String> textField,
            Map<String, String> departments,
            Map<String, String> departmentUsers) {
        /** {@return the names of all departments} */
        Set<String> names() {
            Set<String> names = new TreeSet<>(departments.keySet());
            names.addAll(departmentUsers.keySet());
            return names;
        }

        /** {@return where a department's tickets go, if the settings say anything of it} */
        Optional<Department> department(String name) {
            Department department = new Department(
                    Optional.ofNullable(departments.get(name)).map(Integer::parseInt),
                    Optional.ofNullable(departmentUsers.get(name)));
            return Optional.of(department)
                    .filter(d -> d.place().isPresent() || d.user().isPresent());
        }
    }

    /** Where a department's tickets go: a funnel or a group, and a user. */
    record Department(Optional<Integer> place, Optional<String> user) {}

    /** How customers are created, and what marks what this program created. */
    record Customers(String originator, String source) {}

    /** Which contacts are read. */
    record Sync(boolean contacts, boolean companies, boolean leads, boolean convertedLeads, int listsPerRequest) {}

    /** What the portal can take. */
    record Limits(int requestsPerSecond, int burst, Duration operating, Duration connect, Duration read) {}
}
