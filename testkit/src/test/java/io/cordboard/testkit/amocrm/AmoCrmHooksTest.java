// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.Webhook;
import io.cordboard.testkit.Form;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.WebhookPort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who subscribed is told in the old names, again when it does not accept, and no more when it never does. */
class AmoCrmHooksTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T09:00:00Z"));
    private final AmoCrmSandbox account =
            AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withClock(clock).withLimits(false));
    private final Wire wire = new Wire(account.url(), account.token());
    private final List<Webhook.Request> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final WebhookPort subscriber = WebhookPort.open(request -> {
        told.add(request);
        return Webhook.Response.text(status.get(), "");
    });

    @AfterEach
    void stop() {
        account.close();
        subscriber.close();
    }

    private Map<String, Object> awaitTold(int count) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> (told.size() >= count && account.waitingDeliveries() == 0)
                        || account.failedDeliveries() >= count);
        return Form.parse(told.get(count - 1).text());
    }

    private static Map<String, Object> first(Map<String, Object> body, String key, String action) {
        return Body.map(Body.map(Body.map(body.get(key)).get(action)).get("0"));
    }

    @Test
    void contactIsToldInTheOldNames() {
        account.subscribe(subscriber.url(), Set.of());
        int anna = account.addContact("Anna", List.of("+79160001122"), 504_141);
        Map<String, Object> body = awaitTold(1);

        assertThat(told.get(0).header("content-type")).hasValue("application/x-www-form-urlencoded");
        assertThat(Body.map(body.get("account"))).containsEntry("subdomain", "example");
        Map<String, Object> contact = first(body, "contacts", "add");
        assertThat(contact)
                .containsEntry("id", Integer.toString(anna))
                .containsEntry("type", "contact")
                .containsKeys("date_create", "last_modified", "modified_user_id", "created_user_id");
        Map<String, Object> field =
                Body.map(Body.map(contact.get("custom_fields")).get("0"));
        assertThat(field).containsEntry("code", "PHONE");
        assertThat(Objects.requireNonNull(field.get("values")).toString()).contains("+79160001122");

        account.removeContact(anna);
        assertThat(first(awaitTold(2), "contacts", "delete")).containsOnlyKeys("id", "type");
        account.addCompany("Works", List.of(), 504_141);
        assertThat(first(awaitTold(3), "contacts", "add")).containsEntry("type", "company");
    }

    @Test
    void oneRequestIsOneMessageAndOnlyOfWhatWasAskedFor() {
        wire.post(
                "/api/v4/webhooks",
                Map.of("destination", subscriber.url().toString(), "settings", List.of("add_lead")));
        wire.post("/api/v4/contacts", List.of(Map.of("name", "Anna")));
        wire.post("/api/v4/leads", List.of(Map.of("name", "One"), Map.of("name", "Two")));

        Map<String, Object> body = awaitTold(1);
        assertThat(Body.map(Body.map(body.get("leads")).get("add"))).hasSize(2);
        assertThat(body).doesNotContainKey("contacts");
    }

    @Test
    void subscriptionIsReplacedListedAndRemovedByItsAddress() {
        Map<String, Object> hook = Map.of("destination", subscriber.url().toString(), "settings", List.of("add_lead"));
        wire.post("/api/v4/webhooks", hook);
        wire.post(
                "/api/v4/webhooks",
                Map.of("destination", subscriber.url().toString(), "settings", List.of("add_contact", "note_lead")));

        assertThat(wire.get("/api/v4/webhooks?filter[destination]=" + subscriber.url())
                        .rows("webhooks"))
                .singleElement()
                .satisfies(one -> assertThat(one)
                        .containsEntry("settings", List.of("add_contact", "note_lead"))
                        .containsEntry("disabled", false));
        assertThat(wire.post("/api/v4/webhooks", Map.of("destination", "https://x.example", "settings", List.of("x")))
                        .wrong())
                .isEqualTo("400 0 NotSupportedChoice settings.0");
        assertThat(wire.delete(
                                "/api/v4/webhooks",
                                Map.of("destination", subscriber.url().toString()))
                        .status())
                .isEqualTo(204);
        assertThat(wire.get("/api/v4/webhooks").status()).isEqualTo(204);
    }

    @Test
    void refusedMessageComesAgainFiveTimesInAll() {
        status.set(503);
        account.subscribe(subscriber.url(), Set.of("add_contact"));
        account.addContact("Anna", List.of(), 504_141);
        List<Duration> pauses =
                List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofHours(1));
        int attempts = 1;
        for (Duration pause : pauses) {
            awaitFailed(attempts);
            clock.advance(pause.plusSeconds(1));
            attempts++;
        }
        awaitFailed(5);
        await().until(() -> account.waitingDeliveries() == 0);
        assertThat(told).hasSize(5);
    }

    @Test
    void whoNeverAcceptsIsToldNothingMore() {
        status.set(404);
        account.subscribe(subscriber.url(), Set.of("add_contact"));
        for (int i = 0; i < 101; i++) {
            account.addContact("Anna", List.of(), 504_141);
        }
        awaitFailed(101);

        assertThat(wire.get("/api/v4/webhooks").rows("webhooks").get(0)).containsEntry("disabled", true);
        account.addContact("Boris", List.of(), 504_141);
        assertThat(told).hasSize(101);
    }

    private void awaitFailed(int attempts) {
        await().atMost(Duration.ofSeconds(20)).until(() -> account.failedDeliveries() == attempts);
    }
}
