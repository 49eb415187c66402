// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cordboard.connector.Health;
import io.cordboard.crm.Outcome;
import io.cordboard.testkit.salesforce.SalesforceUnderTest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SalesforceSignInTest {
    private final Company company = new Company();

    @AfterEach
    void end() {
        company.close();
    }

    private static void assertLogged(Salesforce salesforce, int call) {
        assertThat(Company.logged(salesforce, Company.log(call, null, null))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void clientCredentialsSignIn() {
        assertLogged(company.connector(), 1);
    }

    @Test
    void signedAssertionSignsIn() {
        assertLogged(company.connector(company.jwt()), 1);
    }

    @Test
    void refreshTokenThatIsReplacedEachTimeSurvivesARestart() {
        Salesforce first = company.connector(company.refresh());
        assertLogged(first, 1);
        company.org().expireSessions();
        assertLogged(first, 2);
        first.close();
        company.org().expireSessions();

        assertLogged(company.connector(company.refresh()), 3);
        assertThat(company.org().rows("Task")).hasSize(3);
    }

    @Test
    void oneTokenServesManyRequestsAndARestart() {
        Salesforce first = company.connector();
        assertLogged(first, 1);
        assertLogged(first, 2);
        first.close();
        assertLogged(company.connector(), 3);

        assertThat(company.org().asked("oauth.token")).isEqualTo(1);
    }

    @Test
    void everyWayToSayThatASessionEndedIsUnderstood() {
        Salesforce salesforce = company.connector();
        int call = 10;
        for (String how :
                new String[] {"INVALID_SESSION_ID", "sessionNotValidForApi", "sessionFaultWithoutDetail", "json401"}) {
            call++;
            company.org().faults().set(Map.of(how, 1));
            assertLogged(salesforce, call);
        }

        assertThat(salesforce.counts()).containsEntry("tokens_renewed", 5L);
    }

    @Test
    void refusedSignInWaitsForAPersonAndGoesOnByItself() {
        Salesforce salesforce = company.connector(company.refresh());
        assertLogged(salesforce, 1);
        Map<String, String> wrong = new LinkedHashMap<>(company.refresh());
        wrong.put("oauth.refreshToken", "5Aep861nobody");
        Salesforce refused = company.connector(wrong);

        assertThat(Company.logged(refused, Company.log(2, null, null)))
                .isInstanceOfSatisfying(
                        Outcome.Reauthorise.class,
                        outcome -> assertThat(outcome.reason()).contains("oauth.refreshToken"));
        assertThat(refused.health().status()).isEqualTo(Health.Status.REAUTHORISE);

        assertLogged(company.connector(), 2);
        assertThat(company.org().rows("Task")).hasSize(2);
    }

    @Test
    void refusalIsNotAskedForAgainAtOnce() {
        Salesforce refused = company.connector("oauth.clientSecret", "wrong");
        Company.logged(refused, Company.log(1, null, null));
        Company.logged(refused, Company.log(1, null, null));
        assertThat(company.org().asked("oauth.token")).isEqualTo(1);

        company.clock().advance(Duration.ofSeconds(11));
        Company.logged(refused, Company.log(1, null, null));
        assertThat(company.org().asked("oauth.token")).isEqualTo(2);
    }

    @Test
    void anotherAddressIsAnotherOrganisation() {
        try (Company sandbox = new Company()) {
            assertLogged(company.connector(SalesforceUnderTest.credentials(sandbox.org())), 1);
            assertLogged(company.connector(), 2);

            assertThat(sandbox.org().rows("Task")).hasSize(1);
            assertThat(company.org().rows("Task")).hasSize(1);
        }
    }

    @Test
    void refreshTokenThatWasReplacedSurvivesAnotherAddress() {
        assertLogged(company.connector(company.refresh()), 1);
        Map<String, String> renamed = new LinkedHashMap<>(company.refresh());
        renamed.put("baseUrl", company.org().url().toString().replace("127.0.0.1", "localhost"));

        assertLogged(company.connector(renamed), 2);
    }

    @Test
    void organisationThatMovedIsFollowed() throws IOException {
        for (int status : new int[] {404, 302, 0}) {
            HttpServer former = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            former.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            former.start();
            company.org()
                    .configure(Map.of(
                            "instanceUrl",
                            "http://127.0.0.1:" + former.getAddress().getPort()));
            company.memory().startingWith("oauth.").keySet().forEach(company.memory()::remove);
            if (status == 0) {
                former.stop(0);
            }
            Salesforce salesforce = company.connector();
            assertThat(Company.logged(salesforce, Company.log(status, null, null)))
                    .as("status " + status)
                    .isInstanceOf(Outcome.Retry.class);
            company.org().configure(Map.of("instanceUrl", ""));
            int before = company.org().asked("oauth.token");
            assertThat(Company.logged(salesforce, Company.log(status, null, null)))
                    .isInstanceOf(Outcome.Retry.class);
            assertThat(company.org().asked("oauth.token"))
                    .as("not asked for with each request")
                    .isEqualTo(before);

            company.clock().advance(Duration.ofMinutes(6));
            assertLogged(salesforce, status);
            former.stop(0);
        }
    }

    @Test
    void sessionsThatAreNeverTakenAreNotAskedForForEver() {
        Salesforce salesforce = company.connector();
        company.org().faults().set(Map.of("sessionNotValidForApi", true));
        for (int i = 0; i < 2; i++) {
            assertThat(Company.logged(salesforce, Company.log(1, null, null))).isInstanceOf(Outcome.Retry.class);
            company.clock().advance(Duration.ofSeconds(2));
        }
        assertThat(Company.logged(salesforce, Company.log(1, null, null)))
                .isInstanceOfSatisfying(
                        Outcome.Reauthorise.class,
                        outcome -> assertThat(outcome.reason()).contains("not valid for use with the API", "scope"));
        int asked = company.org().asked("oauth.token");
        Company.logged(salesforce, Company.log(1, null, null));
        assertThat(company.org().asked("oauth.token")).isEqualTo(asked);
        assertThat(salesforce.health().status()).isEqualTo(Health.Status.REAUTHORISE);

        company.org().faults().clear();
        company.clock().advance(Duration.ofMinutes(5));
        assertLogged(salesforce, 1);
        assertThat(salesforce.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void requestsGoWhereTheOrganisationWantsThem() throws IOException {
        List<String> paths = new CopyOnWriteArrayList<>();
        HttpServer instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            byte[] answer = forwarded(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().add("Content-Type", "text/xml;charset=UTF-8");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        instance.start();
        company.org()
                .configure(Map.of(
                        "instanceUrl",
                        "http://127.0.0.1:" + instance.getAddress().getPort()));
        try {
            assertLogged(company.connector(), 1);
            assertThat(paths).isNotEmpty().containsOnly("/services/Soap/u/65.0");
        } finally {
            instance.stop(0);
        }
    }

    private byte[] forwarded(String path, byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) company.org().url().resolve(path).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "text/xml; charset=UTF-8");
        connection.getOutputStream().write(body);
        return connection.getInputStream().readAllBytes();
    }

    @Test
    void tokenGoesToNoOtherMachineInTheClear() {
        company.org().configure(Map.of("instanceUrl", "http://elsewhere.example"));

        assertLogged(company.connector(), 1);
    }
}
