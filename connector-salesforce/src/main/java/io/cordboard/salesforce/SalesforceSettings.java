// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.Settings;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one Salesforce organisation is told, read from a section of the configuration; the keys are listed in the
 * connector's page of the documentation. {@link #toString()} hides secrets. Immutable.
 */
public final class SalesforceSettings {
    private final URI baseUrl;
    private final OauthSettings oauth;
    private final Calls calls;
    private final Cases cases;
    private final Customers customers;
    private final Sync sync;
    private final Limits limits;

    private SalesforceSettings(Settings settings) {
        URI given = settings.uri("baseUrl");
        this.baseUrl = URI.create(given.getScheme() + "://" + given.getRawAuthority() + "/");
        this.oauth = OauthSettings.read(settings, baseUrl);
        this.calls = calls(settings);
        this.cases = new Cases(
                settings.optionalText("case.keyField").orElse("Call_Id__c"),
                settings.optionalText("case.origin").orElse("Phone"),
                settings.optionalText("case.queue"),
                settings.optionalText("case.escalatedStatus").orElse("Escalated"),
                settings.flag("case.assignmentRule", false),
                settings.flag("case.linkCall", true),
                settings.below("case.departments"));
        this.customers = new Customers(
                settings.optionalText("customer.company").orElse("[not provided]"),
                settings.optionalText("customer.source").orElse("Phone Inquiry"),
                settings.choice("customer.duplicates", "use", List.of("use", "create", "refuse")),
                settings.flag("customer.assignmentRule", false));
        this.sync = new Sync(
                settings.flag("sync.contacts", true),
                settings.flag("sync.accounts", true),
                settings.flag("sync.leads", true),
                settings.integer("sync.batch", 2000, new Settings.Range(200, 2000)),
                settings.choice("sync.changes", "stamp", List.of("stamp", "replication")),
                settings.flag("sync.deleted", true),
                settings.duration("sync.deletedEvery", Duration.ofMinutes(5)),
                settings.optionalText("search.keyField"));
        this.limits = limits(settings);
        settings.finish();
    }

    /**
     * {@return the settings}
     *
     * @param settings a section of the configuration
     * @throws io.cordboard.connector.SettingsException with every mistake of the section at once
     */
    public static SalesforceSettings read(Settings settings) {
        return new SalesforceSettings(settings);
    }

    /**
     * {@return the settings}
     *
     * @param values by the keys of the configuration, such as {@code baseUrl}
     * @throws io.cordboard.connector.SettingsException with every mistake at once
     */
    public static SalesforceSettings of(Map<String, String> values) {
        return read(new Settings(values));
    }

    private static Calls calls(Settings settings) {
        return new Calls(
                settings.optionalText("call.keyField").orElse("Call_Id__c"),
                settings.optionalText("call.recordingField").orElse("Recording_Url__c"),
                settings.optionalText("call.startedField").orElse("Started__c"),
                settings.optionalText("call.status").orElse("Completed"),
                settings.duration("call.unclearWait", Duration.ofMinutes(2)),
                settings.optionalText("responsible"),
                zone(settings),
                settings.choice("recordings", "file", List.of("file", "link")),
                settings.integer("recordingMaxMegabytes", 25, new Settings.Range(1, 35)));
    }

    private static ZoneId zone(Settings settings) {
        Optional<String> name = settings.optionalText("timeZone");
        try {
            return name.map(ZoneId::of).orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException e) {
            settings.problem("timeZone", "must be the name of a time zone, such as Europe/Moscow");
            return ZoneId.of("UTC");
        }
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.integer("dailyApiBudget", 0, new Settings.Range(0, 100_000_000)),
                settings.integer("dailyApiWarning", 80, new Settings.Range(1, 100)),
                settings.integer("requestsPerSecond", 20, new Settings.Range(1, 200)),
                settings.integer("atOnce", 8, new Settings.Range(1, 25)),
                settings.duration("connectTimeout", Duration.ofSeconds(5)),
                settings.duration("readTimeout", Duration.ofSeconds(60)));
    }

    URI baseUrl() {
        return baseUrl;
    }

    OauthSettings oauth() {
        return oauth;
    }

    Calls calls() {
        return calls;
    }

    Cases cases() {
        return cases;
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

    @Override
    public String toString() {
        return "SalesforceSettings[" + baseUrl.getHost() + "]";
    }

    /**
     * How calls are kept. Immutable.
     *
     * @param keyField the external id of activities; used when the organisation has it
     * @param recordingField where a recording's link goes when the organisation has the field
     * @param startedField where the moment of the call goes when the organisation has the field
     * @param status what a call's task is
     * @param unclearWait how long nobody knows whether a lost request was done, where activities have no external id
     * @param responsible the user who gets what nobody answered, if anybody but this program's own user
     * @param zone where the day of a call begins
     * @param recordings {@code file} or {@code link}
     * @param recordingMegabytes how long a recording may be
     */
    record Calls(
            String keyField,
            String recordingField,
            String startedField,
            String status,
            Duration unclearWait,
            Optional<String> responsible,
            ZoneId zone,
            String recordings,
            int recordingMegabytes) {}

    /**
     * How tickets are kept. Immutable.
     *
     * @param keyField the external id of cases; used when the organisation has it
     * @param origin where cases come from
     * @param queue the queue of what has neither a person nor a department
     * @param escalatedStatus what a case becomes when it goes on; used when the organisation has it
     * @param assignmentRule whether the organisation's own rule decides whose a case without a person is
     * @param linkCall whether the call's task is put to the case
     * @param departments the developer names of queues, by department
     */
    record Cases(
            String keyField,
            String origin,
            Optional<String> queue,
            String escalatedStatus,
            boolean assignmentRule,
            boolean linkCall,
            Map<String, String> departments) {
        /** Copies the map. */
        Cases {
            departments = Map.copyOf(departments);
        }
    }

    /**
     * How unknown callers become customers. Immutable.
     *
     * @param company a lead's company until somebody knows it
     * @param source where leads and contacts come from
     * @param duplicates what is done when the organisation's rules know somebody already: use, create, refuse
     * @param assignmentRule whether the organisation's own rule decides whose a lead is
     */
    record Customers(String company, String source, String duplicates, boolean assignmentRule) {}

    /**
     * What is read. Immutable.
     *
     * @param contacts whether contacts are
     * @param accounts whether accounts are
     * @param leads whether leads are
     * @param batch how many at once
     * @param changes {@code stamp} asks by SystemModstamp, {@code replication} by getUpdated
     * @param deleted whether removed ones are asked for
     * @param deletedEvery how often
     * @param keyField an indexed field with a number's digits, if the organisation has one
     */
    record Sync(
            boolean contacts,
            boolean accounts,
            boolean leads,
            int batch,
            String changes,
            boolean deleted,
            Duration deletedEvery,
            Optional<String> keyField) {}

    /**
     * What may be asked. Immutable.
     *
     * @param daily requests in 24 hours; 0 for as many as the organisation allows
     * @param warning at how many percent of them a warning is given
     * @param requestsPerSecond how fast
     * @param atOnce how many at the same time
     * @param connect time to connect
     * @param read time between two bytes
     */
    record Limits(int daily, int warning, int requestsPerSecond, int atOnce, Duration connect, Duration read) {}
}
