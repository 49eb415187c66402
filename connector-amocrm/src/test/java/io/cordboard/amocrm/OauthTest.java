// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Webhook;
import io.cordboard.crm.AgentSource;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An integration's permission: renewed once, kept before it is used, and gone without losing anything. */
final class OauthTest {
    private final AmoCrmUnderTest crm =
            AmoCrmUnderTest.integration(new AmoCrmFactory(), AmoCrmContractTest.FAST, c -> {});

    @AfterEach
    void close() {
        crm.close();
    }

    private void connected() {
        crm.connector().role(AgentSource.class).orElseThrow().users();
    }

    private String host() {
        return crm.account().url().getAuthority();
    }

    private Webhook.Response redirect(String code, String referer, String state) {
        String query = "code=" + code + "&referer=" + URLEncoder.encode(referer, StandardCharsets.UTF_8) + "&state="
                + state + "&platform=1";
        return get(query);
    }

    private Webhook.Response get(String query) {
        Webhook webhook = crm.connector().webhook().orElseThrow();
        return webhook.handle(new Webhook.Request("GET", query, Map.of(), new byte[0], "127.0.0.1"));
    }

    @Test
    void manyRequestsAtOnceRenewOnce() throws Exception {
        connected();
        int before = crm.account().refreshes();
        crm.expiresToken();
        List<Callable<Integer>> questions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            questions.add(() -> crm.connector()
                    .role(AgentSource.class)
                    .orElseThrow()
                    .users()
                    .size());
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (Future<Integer> answer : threads.invokeAll(questions)) {
            assertThat(answer.get()).isPositive();
        }
        threads.shutdownNow();

        assertThat(crm.account().refreshes() - before).isEqualTo(1);
        assertThat(crm.account().refusedTokens()).isZero();
    }

    @Test
    void newPairIsThereAfterARestart() {
        connected();
        crm.expiresToken();
        connected();
        crm.restart();
        connected();

        assertThat(crm.account().refusedTokens()).isZero();
        assertThat(crm.connector().health()).isEqualTo(Health.UP);
    }

    @Test
    void movedAccountIsFollowed() {
        connected();
        crm.account().moveTo("localhost");
        crm.expiresToken();
        connected();

        assertThat(crm.connector().counts()).containsEntry("account_moves", 1L);
        assertThat(Samples.write(crm, Samples.log(1, crm.user(), null))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void authorizationServerThatShutsTheAddressOutIsLeftAlone() {
        connected();
        Memory memory = crm.memory();
        memory.put(
                "oauth",
                memory.get("oauth")
                        .orElseThrow()
                        .replaceAll("\"expiresAt\":\"[^\"]*\"", "\"expiresAt\":\"" + Instant.EPOCH + "\""));
        crm.account().block(true);
        long before = crm.account().requests();
        crm.restart();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::connected).isInstanceOf(ConnectorException.class);
        }
        assertThat(crm.account().requests() - before).isEqualTo(1);
    }

    @Test
    void anotherAccountIsNotConnectedInPlaceOfTheKnownOne() {
        connected();
        Memory memory = crm.memory();
        await().until(() -> memory.get(AmoWebhook.ACCOUNT).isPresent());
        memory.put(AmoWebhook.ACCOUNT, "1");
        String tokens = memory.get("oauth").orElseThrow();

        redirect(crm.account().code(), host(), state(memory));

        await().until(() -> memory.get("oauth.code").isEmpty());
        assertThat(memory.get("oauth")).contains(tokens);
    }

    @Test
    void noTokenIsSpentOnAnAccountThatIsNotPaid() {
        connected();
        int before = crm.account().refreshes();
        crm.account().faults().set(Map.of("unpaid", true));

        assertThat(Samples.write(crm, Samples.log(8, crm.user(), null))).isInstanceOf(Outcome.Reauthorise.class);
        assertThat(crm.account().refreshes()).isEqualTo(before);
    }

    @Test
    void permissionThatIsGoneIsSaidAndComesBackByARedirect() {
        connected();
        crm.account().revokeTokens();
        Outcome outcome = Samples.write(crm, Samples.log(2, crm.user(), null));

        assertThat(outcome).isInstanceOf(Outcome.Reauthorise.class);
        assertThat(crm.connector().health().status()).isEqualTo(Health.Status.REAUTHORISE);

        String state = state(crm.memory());
        assertThat(redirect(crm.account().code(), host(), state).status()).isEqualTo(200);
        await().untilAsserted(
                        () -> assertThat(crm.connector().health().status()).isEqualTo(Health.Status.UP));
        assertThat(Samples.write(crm, Samples.log(2, crm.user(), null))).isInstanceOf(Outcome.Done.class);
        assertThat(crm.records(Samples.number(2))).hasSize(1);
    }

    @Test
    void refusedTokenIsNotSentAgainAndAgain() {
        connected();
        crm.account().revokeTokens();
        for (int i = 0; i < 10; i++) {
            Samples.write(crm, Samples.log(3, crm.user(), null));
        }

        assertThat(crm.account().refusedTokens()).isLessThanOrEqualTo(2);
    }

    @Test
    void freshTokenThatIsRefusedTooCostsNoRefreshTokenForEachRequest() {
        connected();
        int before = crm.account().refreshes();
        crm.account().faults().set(Faults.Kind.EXPIRED_TOKEN, true);
        for (int i = 0; i < 5; i++) {
            assertThat(Samples.write(crm, Samples.log(4, crm.user(), null))).isInstanceOf(Outcome.Reauthorise.class);
        }
        assertThat(crm.account().refreshes() - before).isEqualTo(1);

        crm.account().faults().set(Faults.Kind.EXPIRED_TOKEN, false);
        assertThat(Samples.write(crm, Samples.log(4, crm.user(), null))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void accessTokenGoesOnToWorkWhenTheAnswerOfARenewalIsLost() {
        connected();
        Memory memory = crm.memory();
        String near = memory.get("oauth")
                .orElseThrow()
                .replaceAll(
                        "\"expiresAt\":\"[^\"]*\"",
                        "\"expiresAt\":\"" + Instant.now().plusSeconds(3600) + "\"");
        memory.put("oauth", near);
        crm.account().faults().set(Faults.Kind.LOST_ANSWER, 1, "POST oauth2/access_token");
        crm.restart();
        await().untilAsserted(() -> {
            connected();
            assertThat(crm.connector().health().status()).isEqualTo(Health.Status.REAUTHORISE);
        });

        assertThat(crm.account().faults().struck(Faults.Kind.LOST_ANSWER)).isEqualTo(1);
        assertThat(Samples.write(crm, Samples.log(4, crm.user(), null))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void redirectFromAnotherHostOrWithAnotherStateIsRefused() {
        String state = state(crm.memory());
        for (String host : List.of(
                "evil.example.com",
                "amocrm.ru.evil.example.com",
                "evilamocrm.ru",
                "www.amocrm.ru",
                "example.amocrm.ru:81",
                "x@example.amocrm.ru",
                "example.amocrm.ru/x?")) {
            assertThat(redirect("code", host, state).status()).as(host).isEqualTo(403);
        }
        assertThat(redirect("code", host(), "0000").status()).isEqualTo(403);
        assertThat(crm.memory().get("oauth.code")).isEmpty();
    }

    @Test
    void hostsOfTheVendorAreAllowed() {
        Hosts hosts = new Hosts(URI.create("https://old.amocrm.ru/"), List.of("crm.example.com"));

        for (String host : List.of("new.amocrm.ru", "new.kommo.com", "New.AmoCRM.com", "a.crm.example.com")) {
            assertThat(hosts.address(host)).as(host).isPresent();
        }
    }

    @Test
    void removalOfTheIntegrationHasToBeSigned() {
        connected();
        Samples.awaitStarted(crm);
        Map<String, String> app = crm.account().integration();
        String client = app.getOrDefault("clientId", "");
        String right = AmoWebhook.hmac(app.getOrDefault("clientSecret", ""), client + "|31005501");

        assertThat(get("account_id=31005501&client_uuid=" + client + "&signature=00")
                        .status())
                .isEqualTo(403);
        String other = AmoWebhook.hmac(app.getOrDefault("clientSecret", ""), client + "|1");
        assertThat(get("account_id=1&client_uuid=" + client + "&signature=" + other)
                        .status())
                .as("another account's business")
                .isEqualTo(200);
        assertThat(crm.connector().health().status()).isEqualTo(Health.Status.UP);
        assertThat(get("account_id=31005501&client_uuid=" + client + "&signature=" + right)
                        .status())
                .isEqualTo(200);
        assertThat(crm.connector().health().status()).isEqualTo(Health.Status.REAUTHORISE);
    }

    private static String state(Memory memory) {
        return memory.get("oauth.state").orElseThrow();
    }
}
