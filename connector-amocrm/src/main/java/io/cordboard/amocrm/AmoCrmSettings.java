// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.connector.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one amoCRM account is told, read from a section of the configuration; the keys are listed in the connector's
 * page of the documentation. {@link #toString()} hides secrets. Immutable.
 */
public final class AmoCrmSettings {
    private final URI base;
    private final Optional<String> token;
    private final Optional<Oauth> oauth;
    private final Calls calls;
    private final Customers customers;
    private final TicketSettings tickets;
    private final Cards cards;
    private final Sync sync;
    private final Events events;
    private final Limits limits;

    private AmoCrmSettings(Settings settings) {
        this.base = folder(settings.uri("baseUrl"));
        this.oauth = settings.has("oauth") ? Optional.of(oauth(settings)) : Optional.empty();
        this.token = token(settings, oauth.isPresent());
        this.calls = calls(settings);
        this.customers = customers(settings);
        this.tickets = TicketSettings.read(settings);
        this.cards = new Cards(
                settings.choice("cards", "ringing", List.of("ringing", "answer", "never")),
                settings.duration("cardDelay", Duration.ofMillis(200)));
        this.sync = new Sync(
                settings.flag("sync.contacts", true),
                settings.flag("sync.companies", true),
                settings.flag("sync.leads", true),
                settings.integer("sync.rows", 250, new Settings.Range(1, 250)),
                settings.choice("search", "auto", List.of("auto", "digits", "spellings")));
        this.events = events(settings);
        this.limits = new Limits(
                settings.integer("requestsPerSecond", 7, new Settings.Range(1, 50)),
                settings.integer("batch", 50, new Settings.Range(1, 50)),
                settings.duration("connectTimeout", Duration.ofSeconds(5)),
                settings.duration("readTimeout", Duration.ofSeconds(20)),
                settings.duration("pauseWhenBlocked", Duration.ofMinutes(10)));
        settings.finish();
    }

    /**
     * {@return the settings}
     *
     * @param settings a section of the configuration
     * @throws io.cordboard.connector.SettingsException with every mistake of the section at once
     */
    public static AmoCrmSettings read(Settings settings) {
        return new AmoCrmSettings(settings);
    }

    /**
     * {@return the settings}
     *
     * @param values by the keys of the configuration, such as {@code baseUrl}
     * @throws io.cordboard.connector.SettingsException with every mistake at once
     */
    public static AmoCrmSettings of(Map<String, String> values) {
        return read(new Settings(values));
    }

    URI base() {
        return base;
    }

    Optional<String> token() {
        return token;
    }

    Optional<Oauth> oauth() {
        return oauth;
    }

    Calls calls() {
        return calls;
    }

    Customers customers() {
        return customers;
    }

    TicketSettings tickets() {
        return tickets;
    }

    Cards cards() {
        return cards;
    }

    Sync sync() {
        return sync;
    }

    Events events() {
        return events;
    }

    Limits limits() {
        return limits;
    }

    @Override
    public String toString() {
        return (oauth.isPresent() ? "OAuth at " : "token at ") + base.getHost();
    }

    private static Optional<String> token(Settings settings, boolean app) {
        if (!app) {
            return Optional.of(settings.text("token"));
        }
        settings.optionalText("token")
                .ifPresent(text -> settings.problem("token", "cannot be given together with oauth"));
        return Optional.empty();
    }

    private static Oauth oauth(Settings settings) {
        return new Oauth(
                settings.text("oauth.clientId"),
                settings.text("oauth.clientSecret"),
                settings.optionalText("oauth.redirectUri"),
                settings.optionalText("oauth.code"),
                settings.optionalText("oauth.refreshToken"),
                settings.texts("oauth.domains"));
    }

    private static Calls calls(Settings settings) {
        return new Calls(
                user(settings, "responsible"),
                settings.optionalText("source").orElse("cordboard"),
                settings.choice("callCard", "contact", List.of("contact", "lead"))
                        .equals("lead"),
                settings.choice("unmatched", "contact", List.of("contact", "unsorted", "refuse")),
                settings.optionalText("hidden").orElse("Hidden number"),
                settings.optionalText("recordingUrl"));
    }

    private static Customers customers(Settings settings) {
        return new Customers(
                settings.choice("unknown", "auto", List.of("auto", "unsorted", "lead", "contact")),
                number(settings, "unsorted.pipeline"),
                settings.optionalText("unsorted.link"),
                number(settings, "lead.pipeline"),
                number(settings, "lead.status"),
                settings.optionalText("phoneKind").orElse("WORK"));
    }

    private static Events events(Settings settings) {
        Map<String, String> users = settings.below("widget.users");
        users.forEach((extension, user) -> {
            if (!isNumber(user)) {
                settings.problem("widget.users." + extension, "must be the number of an amoCRM user");
            }
        });
        Optional<String> secret = settings.optionalText("widget.secret");
        Optional<String> login = settings.optionalText("widget.login");
        if (login.isPresent() != secret.isPresent()) {
            settings.problem(
                    secret.isPresent() ? "widget.login" : "widget.secret", "is required: login and secret go together");
        }
        return new Events(
                settings.flag("webhooks", true), settings.optionalText("eventsUrl"), login, secret, Map.copyOf(users));
    }

    static Optional<String> user(Settings settings, String key) {
        Optional<String> user = settings.optionalText(key);
        if (user.isPresent() && !isNumber(user.get())) {
            settings.problem(key, "must be the number of an amoCRM user");
        }
        return user;
    }

    static Optional<Long> number(Settings settings, String key) {
        Optional<String> text = settings.optionalText(key);
        if (text.isPresent() && !isNumber(text.get())) {
            settings.problem(key, "must be a number");
        }
        return text.filter(AmoCrmSettings::isNumber).map(Long::parseLong);
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static URI folder(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? uri : URI.create(text + "/");
    }

    /**
     * An integration. Immutable.
     *
     * @param clientId its id
     * @param clientSecret its secret key
     * @param redirectUri the address that is registered with it; the webhook's own where it is not given
     * @param code a code from the integration's card; used once
     * @param refreshToken a refresh token from elsewhere
     * @param domains further domains to which an account may move
     */
    record Oauth(
            String clientId,
            String clientSecret,
            Optional<String> redirectUri,
            Optional<String> code,
            Optional<String> refreshToken,
            List<String> domains) {
        @Override
        public String toString() {
            return "Oauth[" + clientId + "]";
        }
    }

    /**
     * Records of calls. Immutable.
     *
     * @param responsible who has what nobody else has
     * @param source the name under which calls are written
     * @param onLead whether a call of a contact with one active lead is written to the lead
     * @param unmatched what becomes of a call for which there is no card
     * @param hidden the name of the contact on whose card calls from hidden numbers are kept; {@code refuse} for none
     * @param recordingUrl where users find recordings that the PBX gives no link to; {@code {file}} and {@code {call}}
     *     are put in
     */
    record Calls(
            Optional<String> responsible,
            String source,
            boolean onLead,
            String unmatched,
            String hidden,
            Optional<String> recordingUrl) {}

    /**
     * People whom the account does not know. Immutable.
     *
     * @param unknown what they become
     * @param unsortedPipeline whose incoming leads they join; the main one's by default
     * @param unsortedLink stands in the place of a recording where the account insists on one
     * @param pipeline the pipeline of leads
     * @param status the stage of leads
     * @param phoneKind the kind of number, such as {@code WORK}
     */
    record Customers(
            String unknown,
            Optional<Long> unsortedPipeline,
            Optional<String> unsortedLink,
            Optional<Long> pipeline,
            Optional<Long> status,
            String phoneKind) {}

    /**
     * Cards on screens. Immutable.
     *
     * @param when {@code ringing}, {@code answer} or {@code never}
     * @param delay changes within this time become one request
     */
    record Cards(String when, Duration delay) {}

    /**
     * Reading contacts. Immutable.
     *
     * @param contacts whether contacts are read
     * @param companies whether companies are read
     * @param leads whether open leads are read
     * @param rows how many on a page
     * @param search {@code digits}, {@code spellings} or {@code auto}
     */
    record Sync(boolean contacts, boolean companies, boolean leads, int rows, String search) {}

    /**
     * What the account tells. Immutable.
     *
     * @param subscribe whether the account is asked to tell of changes
     * @param url where it reaches this program, if not at the webhook's own address
     * @param login the widget's login
     * @param secret the widget's secret
     * @param users users by what the widget calls them
     */
    record Events(
            boolean subscribe,
            Optional<String> url,
            Optional<String> login,
            Optional<String> secret,
            Map<String, String> users) {
        @Override
        public String toString() {
            return "Events[" + subscribe + "]";
        }
    }

    /**
     * How fast. Immutable.
     *
     * @param perSecond requests in a second
     * @param batch writes in a request
     * @param connect time to connect
     * @param read time to wait for an answer
     * @param blocked how long nothing is sent to an account that blocks this address
     */
    record Limits(int perSecond, int batch, Duration connect, Duration read, Duration blocked) {}
}
