// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.Webhook;
import io.cordboard.testkit.Faults.Kind;
import io.cordboard.testkit.Form;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.WebhookPort;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the portal tells by itself, and to whom it gives tokens. */
class Bitrix24EventsTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T09:00:00Z"));
    private final Bitrix24Sandbox portal = Bitrix24Sandbox.start(
            SandboxOptions.DEFAULTS.withClock(clock).withLimits(false).withStrict(true));
    private final List<Map<String, Object>> told = new CopyOnWriteArrayList<>();
    private final WebhookPort handler = WebhookPort.open(request -> {
        told.add(Form.parse(request.text()));
        return Webhook.Response.text(500, "the portal does not care");
    });
    private final Wire rest = new Wire(portal.url().resolve("/rest/"));

    @AfterEach
    void stop() {
        portal.close();
        handler.close();
    }

    private Wire.Reply token(Map<String, String> params) {
        Map<String, String> all = new HashMap<>(params);
        all.put("client_id", String.valueOf(portal.application().get("clientId")));
        all.put("client_secret", String.valueOf(portal.application().get("clientSecret")));
        return new Wire(portal.url()).get("/oauth/token/", all);
    }

    private Wire.Reply refresh(@Nullable Object refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", String.valueOf(refreshToken)));
    }

    private Map<String, Object> firstTokens() {
        return refresh(portal.application().get("refreshToken")).body();
    }

    private void awaitTold(int times) {
        await().atMost(Duration.ofSeconds(10)).until(() -> told.size() >= times);
    }

    private List<Object> names() {
        return told.stream().map(event -> event.getOrDefault("event", "")).toList();
    }

    @Test
    void refreshTokenWorksOnceAndIsReplaced() {
        Map<String, Object> first = firstTokens();

        assertThat(first)
                .containsEntry("expires_in", 3600)
                .containsEntry("user_id", 1)
                .containsEntry("client_endpoint", portal.url() + "/rest/");
        assertThat(refresh(portal.application().get("refreshToken")).error())
                .isEqualTo("400 invalid_grant: Invalid grant");
        assertThat(refresh(first.get("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void accessTokenIsOldAfterAnHour() {
        Map<String, Object> auth = Map.of("auth", String.valueOf(firstTokens().get("access_token")));
        assertThat(rest.json("app.info", auth).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(61));

        assertThat(rest.json("app.info", auth).error())
                .isEqualTo("401 expired_token: The access token provided has expired.");
    }

    @Test
    void codeOfTheRedirectBuysTokensForHalfAMinute() {
        Wire.Reply redirect =
                new Wire(portal.url()).get("/oauth/authorize/", Map.of("client_id", TokenDesk.CLIENT_ID, "state", "s"));
        String location = redirect.response().headers().firstValue("location").orElse("");
        String code = String.valueOf(
                Form.parse(location.substring(location.indexOf('?') + 1)).get("code"));

        Map<String, String> grant = Map.of("grant_type", "authorization_code", "code", code);
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(token(grant).body()).containsKey("refresh_token").doesNotContainKeys("expires", "user_id");
        assertThat(token(grant).status()).isEqualTo(400);
    }

    @Test
    void applicationRegistersCallsWhereWebhooksMayNot() {
        Map<String, Object> call = Map.of(
                "auth",
                String.valueOf(firstTokens().get("access_token")),
                "USER_ID",
                17,
                "TYPE",
                2,
                "PHONE_NUMBER",
                "+74951112233");

        assertThat(rest.json("telephony.externalCall.register", call).status()).isEqualTo(200);
        assertThat(new Wire(portal.webhookUrl())
                        .json("telephony.externalCall.register", call)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void boundApplicationIsToldWithTokens() {
        Object auth = firstTokens().getOrDefault("access_token", "");
        Map<String, Object> bind = Map.of(
                "auth",
                auth,
                "event",
                "OnExternalCallStart",
                "handler",
                handler.url().toString());

        assertThat(rest.json("event.bind", bind).result()).isEqualTo(true);
        assertThat(rest.json("event.bind", bind).error()).isEqualTo("400 ERROR_CORE: Unable to set event handler");
        assertThat(rest.json("event.bind", Map.of("auth", auth, "event", "ONNOTHING", "handler", "http://x"))
                        .error())
                .isEqualTo("400 ERROR_EVENT_NOT_FOUND: Event not found");
        String call = portal.click(17, "+79160000001");
        awaitTold(1);

        assertThat(told.get(0)).containsEntry("event", "ONEXTERNALCALLSTART");
        assertThat(told.get(0).get("data")).asString().contains("CALL_ID=" + call, "USER_ID=17", "CRM_ENTITY_ID=0");
        assertThat(told.get(0).get("auth")).asString().contains("access_token=", portal.applicationToken());
        assertThat(rest.json("event.get", Map.of("auth", auth)).rows()).hasSize(1);
    }

    @Test
    void outgoingWebhookIsToldWithoutTokensAndNeverAgain() {
        portal.outgoingWebhook(handler.url(), Set.of("ONCRMCONTACTADD", "ONCRMCONTACTDELETE"));
        int id = portal.addContact("Анна", List.of("+79160000001"), 17);
        portal.changeContact(id, List.of("+79160000002"));
        portal.removeContact(id);
        awaitTold(2);

        assertThat(names()).containsExactly("ONCRMCONTACTADD", "ONCRMCONTACTDELETE");
        assertThat(told.get(0)).containsEntry("data", Map.of("FIELDS", Map.of("ID", Integer.toString(id))));
        assertThat(told.get(0).get("auth"))
                .asString()
                .contains(portal.applicationToken())
                .doesNotContain("access_token");
    }

    @Test
    void eventsCanComeTwiceAndInTheWrongOrder() {
        portal.outgoingWebhook(handler.url(), Set.of());
        portal.faults().set(Kind.DUPLICATE, 1);
        portal.addContact("Анна", List.of("1"), 17);
        awaitTold(2);
        assertThat(names()).containsExactly("ONCRMCONTACTADD", "ONCRMCONTACTADD");

        portal.faults().set(Kind.REORDER, 1);
        portal.addCompany("Ромашка", List.of("1"), 17);
        portal.addLead("Заявка", List.of("1"), 17);
        awaitTold(4);
        assertThat(names().subList(2, 4)).containsExactly("ONCRMLEADADD", "ONCRMCOMPANYADD");
    }

    @Test
    void callTellsItsBeginningItsActivityAndItsEnd() {
        portal.outgoingWebhook(handler.url(), Set.of());
        int anna = portal.addContact("Анна", List.of("+74951112233"), 17);
        Object auth = firstTokens().getOrDefault("access_token", "");
        Wire.Reply call = rest.json(
                "telephony.externalCall.register",
                Map.of("auth", auth, "USER_ID", 17, "TYPE", 2, "PHONE_NUMBER", "+74951112233"));
        rest.json(
                "telephony.externalCall.finish",
                Map.of("auth", auth, "CALL_ID", call.text("CALL_ID"), "USER_ID", 17, "DURATION", 5));
        awaitTold(4);

        assertThat(call.map()).containsEntry("CRM_ENTITY_ID", anna);
        assertThat(names())
                .containsExactly("ONCRMCONTACTADD", "ONVOXIMPLANTCALLINIT", "ONCRMACTIVITYADD", "ONVOXIMPLANTCALLEND");
        assertThat(told.get(3).get("data")).asString().contains("PORTAL_NUMBER=REST_APP:,", "CALL_FAILED_CODE=200");
    }

    @Test
    void offlineEventsWaitUntilTheyAreFetched() {
        Object auth = firstTokens().getOrDefault("access_token", "");
        rest.json("event.bind", Map.of("auth", auth, "event", "ONCRMCONTACTADD", "event_type", "offline"));
        portal.addContact("Анна", List.of("1"), 17);

        assertThat(rest.json("event.offline.get", Map.of("auth", auth)).result())
                .asString()
                .contains("EVENT_NAME=ONCRMCONTACTADD", "FIELDS={ID=21}");
        assertThat(rest.json("event.offline.get", Map.of("auth", auth)).map()).containsEntry("events", List.of());
    }
}
