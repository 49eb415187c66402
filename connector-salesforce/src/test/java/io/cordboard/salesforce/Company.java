// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.MapMemory;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.salesforce.SalesforceSandbox;
import io.cordboard.testkit.salesforce.SalesforceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An organisation, and connectors to it that share one memory. */
final class Company implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T21:30:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final MapMemory memory = new MapMemory();
    private final SalesforceSandbox org;
    private final List<Salesforce> connectors = new ArrayList<>();

    Company() {
        this(SandboxOptions.DEFAULTS);
    }

    Company(SandboxOptions options) {
        this.org = SalesforceSandbox.start(
                options.withContacts(0).withLimits(false).withClock(clock));
    }

    SalesforceSandbox org() {
        return org;
    }

    ManualClock clock() {
        return clock;
    }

    MapMemory memory() {
        return memory;
    }

    Salesforce connector(String... more) {
        Map<String, String> settings = new LinkedHashMap<>(SalesforceUnderTest.credentials(org));
        return connector(settings, more);
    }

    Salesforce connector(Map<String, String> base, String... more) {
        Map<String, String> settings = new LinkedHashMap<>(base);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        Salesforce made =
                Salesforce.create(new ConnectorContext("main", "RU", clock, memory), SalesforceSettings.of(settings));
        connectors.add(made);
        return made;
    }

    Map<String, String> jwt() {
        return Map.of(
                "baseUrl", org.url().toString(),
                "oauth.clientId", org.clientId(),
                "oauth.username", org.username(),
                "oauth.privateKey", org.privateKey());
    }

    Map<String, String> refresh() {
        return Map.of(
                "baseUrl", org.url().toString(),
                "oauth.clientId", org.clientId(),
                "oauth.clientSecret", org.clientSecret(),
                "oauth.refreshToken", org.refreshToken());
    }

    String userNamed(String extension) {
        return org.rows("User").stream()
                .filter(row -> extension.equals(row.get("Extension")))
                .map(row -> String.valueOf(row.get("Id")))
                .findFirst()
                .orElseThrow();
    }

    String queue(String name) {
        return org.rows("Group").stream()
                .filter(row -> name.equals(row.get("DeveloperName")))
                .map(row -> String.valueOf(row.get("Id")))
                .findFirst()
                .orElseThrow();
    }

    String contact(String name, String phone) {
        return org.add("Contact", Map.of("LastName", name, "Phone", phone));
    }

    static CallId call(int index) {
        return new CallId("hq", "1795365484." + index);
    }

    static PhoneNumber number(int index) {
        return PhoneNumber.of("+7495700" + (1000 + index));
    }

    static CrmWrite.LogCall log(int index, @Nullable String user, @Nullable ContactRef contact) {
        return log(index, user, contact, 0);
    }

    static CrmWrite.LogCall log(int index, @Nullable String user, @Nullable ContactRef contact, int revision) {
        return new CrmWrite.LogCall(
                call(index),
                Direction.INBOUND,
                number(index),
                number(index).digits(),
                "74951110001",
                user,
                true,
                EndReason.COMPLETED,
                NOW,
                Duration.ofSeconds(95),
                contact,
                null,
                revision);
    }

    static Attempt<CrmWrite.LogCall> attempt(CrmWrite.LogCall write) {
        return new Attempt<>(write, write.call() + "/log/" + write.revision(), 1, false);
    }

    static Outcome logged(Salesforce salesforce, CrmWrite.LogCall write) {
        return salesforce
                .role(io.cordboard.crm.CallLog.class)
                .orElseThrow()
                .log(List.of(attempt(write)))
                .get(0);
    }

    @Override
    public void close() {
        connectors.forEach(Salesforce::close);
        org.close();
    }
}
