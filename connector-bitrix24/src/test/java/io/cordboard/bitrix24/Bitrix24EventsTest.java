// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.call.CallId;
import io.cordboard.connector.Webhook;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.DialRequests;
import io.cordboard.http.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the portal posts to this program. */
final class Bitrix24EventsTest {
    private static final String HOOK = "http://127.0.0.1:9/hook/main/new";

    @TempDir
    Path folder;

    private Portal portal;
    private final List<ContactRef> changed = new ArrayList<>();
    private final List<ContactRef> removed = new ArrayList<>();
    private final List<DialRequests.Click> clicks = new ArrayList<>();

    @BeforeEach
    void start() {
        portal = Portal.app(folder, Map.of());
        portal.role(ContactChanges.class).tell(new ContactChanges.Listener() {
            @Override
            public void changed(Set<ContactRef> refs) {
                changed.addAll(refs);
            }

            @Override
            public void removed(Set<ContactRef> refs) {
                removed.addAll(refs);
            }
        });
        portal.role(DialRequests.class).tell(clicks::add);
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ONCRMCONTACTADD, CONTACT",
        "onCrmContactUpdate, CONTACT",
        "ONCRMCOMPANYUPDATE, COMPANY",
        "ONCRMLEADADD, LEAD"
    })
    void changedContactIsTold(String event, ContactRef.Type type) {
        int status = post("event=" + event + "&data%5BFIELDS%5D%5BID%5D=275" + token());

        assertThat(status).isEqualTo(200);
        assertThat(changed).containsExactly(new ContactRef("main", type, "275"));
    }

    @Test
    void removedContactIsTold() {
        post("event=ONCRMCONTACTDELETE&data%5BFIELDS%5D%5BID%5D=275" + token());

        assertThat(removed).containsExactly(new ContactRef("main", ContactRef.Type.CONTACT, "275"));
    }

    @Test
    void unknownEventIsAcknowledged() {
        assertThat(post("event=ONSOMETHINGNEW&data%5BX%5D=1" + token())).isEqualTo(200);
        assertThat(changed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event=ONCRMCONTACTADD&data[FIELDS][ID]=1&auth[application_token]=wrong | 403",
                "event=ONCRMCONTACTADD&data[FIELDS][ID]=1 | 403",
                "event=ONAPPINSTALL&auth[access_token]=a&auth[refresh_token]=b&auth[application_token]=c | 403",
                "data[FIELDS][ID]=1 | 400",
                "event=%ZZ | 400",
                "=x | 400"
            })
    void forgedAndBrokenEventsAreRefused(String body, int status) {
        assertThat(post(body)).isEqualTo(status);
        assertThat(changed).isEmpty();
    }

    @Test
    void otherThanAFormIsRefused() {
        Webhook webhook = portal.connector.webhook().orElseThrow();

        assertThat(webhook.handle(request("POST", "application/json", "{}")).status())
                .isEqualTo(415);
        assertThat(webhook.handle(request("GET", "application/x-www-form-urlencoded", ""))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void clickIsToldOnceHoweverOftenItComes() {
        String click = click("externalCall.1", Instant.now());

        post(click);
        post(click);
        // The same person clicks the same number again within a moment.
        post(click("externalCall.2", Instant.now()));

        assertThat(clicks).singleElement().satisfies(c -> {
            assertThat(c.ref()).isEqualTo("externalCall.1");
            assertThat(c.user()).isEqualTo("17");
            assertThat(c.number()).isEqualTo("+79161234567");
            assertThat(c.line()).isEqualTo("7");
            assertThat(c.contact()).isEqualTo(new ContactRef("main", ContactRef.Type.CONTACT, "797"));
            assertThat(c.toString()).doesNotContain("9161234567");
        });
    }

    @Test
    void clickThatComesLateRingsNoTelephone() {
        assertThat(post(click("externalCall.1", Instant.now().minusSeconds(600))))
                .isEqualTo(200);

        assertThat(clicks).isEmpty();
    }

    @Test
    void installationBringsTokensAndTheSecretOfAllLaterEvents() {
        try (Portal fresh = Portal.app(folder.resolve("fresh"), Map.of("applicationToken", " "))) {
            String install = "event=ONAPPINSTALL&auth[access_token]=a1&auth[refresh_token]=r1&auth[expires_in]=3600"
                    + "&auth[domain]=127.0.0.1&auth[client_endpoint]=https%3A%2F%2Fevil.example.com%2Frest%2F"
                    + "&auth[application_token]=secret1";
            Webhook webhook = fresh.connector.webhook().orElseThrow();

            assertThat(webhook.handle(form(install)).status()).isEqualTo(200);
            // Nobody installs it a second time with another secret.
            assertThat(webhook.handle(form(install.replace("secret1", "secret2")))
                            .status())
                    .isEqualTo(403);
            assertThat(webhook.handle(form("event=ONCRMLEADADD&data[FIELDS][ID]=1&auth[application_token]=secret1"))
                            .status())
                    .isEqualTo(200);
            assertThat(fresh.store.memory("main").get("oauth").orElseThrow())
                    .contains("a1")
                    .doesNotContain("evil.example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&auth[domain]=foreign.example.com",
                "&auth[domain]=foreign.example.com&auth[client_endpoint]=http%3A%2F%2F127.0.0.1%2Frest%2F",
                "&auth[client_endpoint]=https%3A%2F%2Fforeign.example.com%2Frest%2F",
                "&auth[domain]=%20%20",
                ""
            })
    void installationOfAForeignPortalIsRefused(String where) {
        try (Portal fresh = Portal.app(folder.resolve("fresh"), Map.of("applicationToken", " "))) {
            String install = "event=ONAPPINSTALL&auth[access_token]=a1&auth[refresh_token]=r1"
                    + "&auth[application_token]=secret1" + where;
            Webhook webhook = fresh.connector.webhook().orElseThrow();

            assertThat(webhook.handle(form(install)).status()).isEqualTo(403);
            assertThat(fresh.store.memory("main").get("applicationToken")).isEmpty();
            assertThat(fresh.store.memory("main").get("oauth").orElseThrow()).doesNotContain("a1");
        }
    }

    @Test
    void eventsAreAskedForAsSoonAsTheAppIsInstalled() {
        Map<String, String> settings = Map.of("applicationToken", " ", "eventsUrl", HOOK);
        try (Portal fresh = Portal.app(folder.resolve("fresh"), settings)) {
            fresh.sandbox.faults().set(Map.of("ACCESS_DENIED", 1, "only", "event.get"));
            fresh.connector.start();
            await().until(() -> fresh.sandbox.asked("event.get") == 1);

            JsonNode present = Json.parse(
                            fresh.store.memory("main").get("oauth").orElseThrow())
                    .orElseThrow();
            fresh.connector
                    .webhook()
                    .orElseThrow()
                    .handle(form("event=ONAPPINSTALL&auth[access_token]=" + Json.text(present, "access")
                            + "&auth[refresh_token]=" + Json.text(present, "refresh")
                            + "&auth[domain]=127.0.0.1&auth[application_token]=secret1"));

            await().untilAsserted(
                            () -> assertThat(fresh.sandbox.asked("event.bind")).isEqualTo(Bindings.EVENTS.size()));
        }
    }

    @Test
    void eventsGoNoLongerToTheAddressOfBefore() {
        String foreign = "http://127.0.0.1:9/other/program/x";
        String newer = "https://127.0.0.2/hook/main/newer";
        try (Portal moving = Portal.app(folder.resolve("moving"), Map.of())) {
            Set<String> told = moving.sandbox.handlers();
            for (String address : List.of(foreign, HOOK, newer)) {
                moving.restart(Map.of("eventsUrl", address));
                moving.connector.start();
                await().until(() -> moving.sandbox.handlers().contains(address));
            }

            told.addAll(List.of(foreign, newer));
            await().untilAsserted(() -> assertThat(moving.sandbox.handlers()).isEqualTo(told));
        }
    }

    @Test
    void whatIsHiddenStaysHiddenInTexts() {
        assertThat(Bitrix24Settings.of(Map.of("webhookUrl", "https://p.example.com/rest/1/topsecret/"))
                        .toString())
                .doesNotContain("topsecret");
        assertThat(new CrmWrite.AddNote(new CallId("hq", "1"), "secret", null, null).toString())
                .doesNotContain("secret");
    }

    private int post(String body) {
        return portal.connector.webhook().orElseThrow().handle(form(body)).status();
    }

    private static Webhook.Request form(String body) {
        return request("POST", "application/x-www-form-urlencoded", body);
    }

    private static Webhook.Request request(String method, String type, String body) {
        return new Webhook.Request(
                method, "", Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8), "127.0.0.1");
    }

    private String token() {
        return "&auth%5Bapplication_token%5D=" + portal.sandbox.applicationToken();
    }

    private String click(String id, Instant at) {
        return "event=ONEXTERNALCALLSTART&event_handler_id=1055&data%5BPHONE_NUMBER%5D=89161234567"
                + "&data%5BPHONE_NUMBER_INTERNATIONAL%5D=%2B79161234567&data%5BEXTENSION%5D=&data%5BUSER_ID%5D=17"
                + "&data%5BCALL_LIST_ID%5D=0&data%5BLINE_NUMBER%5D=7&data%5BIS_MOBILE%5D=0&data%5BCALL_ID%5D=" + id
                + "&data%5BCRM_ENTITY_TYPE%5D=CONTACT&data%5BCRM_ENTITY_ID%5D=797&ts=" + at.getEpochSecond() + token();
    }
}
