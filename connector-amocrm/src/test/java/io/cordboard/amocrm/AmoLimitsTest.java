// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Reason;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.Outcome;
import io.cordboard.http.AccountBudget;
import io.cordboard.http.Answer;
import io.cordboard.http.VendorHttp;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.amocrm.AmoCrmSandbox;
import io.cordboard.testkit.amocrm.AmoCrmUnderTest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An account that says no, in its several ways. */
final class AmoLimitsTest {
    @Test
    void accountThatShutsThisAddressOutIsLeftAlone() {
        try (AmoCrmUnderTest crm = Samples.account("webhooks", "false", "search", "digits")) {
            crm.account().block(true);
            Outcome first = Samples.write(crm, Samples.log(1, crm.user(), null));
            long requests = crm.account().requests();
            Outcome second = Samples.write(crm, Samples.log(1, crm.user(), null));

            assertThat(first).isInstanceOf(Outcome.Retry.class);
            assertThat(second)
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.after()).isGreaterThan(Duration.ofMinutes(9)));
            assertThat(crm.account().requests()).isEqualTo(requests);
            assertThat(crm.connector().health().status()).isEqualTo(Health.Status.DOWN);
        }
    }

    @Test
    void accountThatLetsThisAddressInAgainGoesOn() {
        try (AmoCrmUnderTest crm = Samples.account("pauseWhenBlocked", "0s")) {
            crm.account().block(true);
            Samples.write(crm, Samples.log(2, crm.user(), null));
            crm.account().block(false);

            assertThat(Samples.write(crm, Samples.log(2, crm.user(), null))).isInstanceOf(Outcome.Done.class);
            assertThat(crm.connector().health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void burstThatIsRefusedIsOnePauseAndNotOneForEachRequest() throws Exception {
        try (AmoCrmUnderTest crm = Samples.account("webhooks", "false", "search", "digits")) {
            crm.account().faults().set(Map.of("rateLimit", 8, "slowMillis", 300));
            ContactSearch search = crm.connector().role(ContactSearch.class).orElseThrow();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                PhoneNumber number = Samples.number(i);
                asked.add(threads.submit(() -> search.search(number)));
            }
            for (Future<?> one : asked) {
                assertThatThrownBy(one::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                refused -> assertThat(refused.retryAfter().orElseThrow())
                                        .isLessThan(Duration.ofMillis(1300)));
            }
            threads.shutdownNow();
        }
    }

    @Test
    void missingRightIsRefusedAndNotTakenForAShutDoor() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            crm.account().faults().set(Map.of("noRights", true, "only", "POST calls"));

            assertThat(Samples.write(crm, Samples.log(3, crm.user(), null))).isInstanceOf(Outcome.Refused.class);
            assertThat(crm.connector().health().status()).isNotEqualTo(Health.Status.DOWN);
        }
    }

    @Test
    void unpaidAccountWaitsForAPerson() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            crm.account().faults().set(Map.of("unpaid", true));

            assertThat(Samples.write(crm, Samples.log(4, crm.user(), null)))
                    .isInstanceOfSatisfying(
                            Outcome.Reauthorise.class,
                            gone -> assertThat(gone.reason()).contains("not paid"));
            assertThat(crm.connector().health().status()).isEqualTo(Health.Status.REAUTHORISE);
        }
    }

    @Test
    void longLivedTokenThatEndedWaitsForAPerson() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            crm.account().revokeTokens();

            assertThat(Samples.write(crm, Samples.log(5, crm.user(), null))).isInstanceOf(Outcome.Reauthorise.class);
            assertThat(crm.connector().health().status()).isEqualTo(Health.Status.REAUTHORISE);
            assertThat(crm.connector().check())
                    .anyMatch(finding -> finding.grade() == Finding.Grade.FAIL
                            && finding.advice().contains("long-lived token"));
        }
    }

    @Test
    void accountThatWasRenamedWaitsForAPersonInsteadOfRefusingEachCall() {
        try (AmoCrmUnderTest crm = Samples.account()) {
            String before = crm.account().url().getHost();
            crm.account().moveTo("renamed.example");

            assertThat(Samples.write(crm, Samples.log(6, crm.user(), null)))
                    .isInstanceOfSatisfying(
                            Outcome.Reauthorise.class,
                            outcome -> assertThat(outcome.reason()).contains("baseUrl"));
            assertThat(crm.connector().health().status()).isEqualTo(Health.Status.REAUTHORISE);

            crm.account().moveTo(before);
            assertThat(Samples.write(crm, Samples.log(6, crm.user(), null))).isInstanceOf(Outcome.Done.class);
            assertThat(crm.connector().health().status()).isEqualTo(Health.Status.UP);
        }
    }

    @Test
    void errorsOfAnAccountThatIsNotWellDoNotSayThatNothingWasDone() {
        String body = "{\"_total_items\":0,\"errors\":[{\"title\":\"Entity not found\",\"request_id\":\"0\"}]}";
        VendorHttp http = VendorHttp.builder("amocrm", URI.create("http://localhost/"), Clock.systemUTC())
                .build();

        assertThat(AmoMessages.reply(new Answer(500, Map.of(), body), http).fault())
                .extracting(Fault::reason)
                .isEqualTo(Reason.UNCLEAR);
        assertThat(AmoMessages.reply(new Answer(400, Map.of(), body), http).fault())
                .extracting(Fault::reason)
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void checkFindsWhatIsWrongInTheSettings() {
        try (AmoCrmUnderTest crm = Samples.account(
                "responsible",
                "424242",
                "ticket.pipeline",
                "1",
                "lead.pipeline",
                "7100101",
                "lead.status",
                "60100105")) {
            assertThat(crm.connector().check())
                    .anyMatch(finding -> finding.grade() == Finding.Grade.FAIL
                            && finding.where().equals("responsible"))
                    .anyMatch(finding -> finding.grade() == Finding.Grade.FAIL
                            && finding.where().equals("ticket.pipeline"))
                    .anyMatch(finding -> finding.grade() == Finding.Grade.OK
                            && finding.where().equals("lead"));
        }
    }

    @Test
    void searchIsAskedForSpellingsUntilTheAccountIsSeenToDoWithoutThem() {
        try (AmoCrmUnderTest crm = Samples.account("webhooks", "false")) {
            crm.hasContact("Anna", List.of("+7 (916) 123-45-67"), crm.user());
            SearchProbe strict = probe(crm.account(), crm.memory());
            strict.learn();
            assertThat(strict.isNeeded()).isTrue();

            crm.account().faults().set(Map.of("looseQuery", true));
            crm.memory().remove("search.digits");
            SearchProbe loose = probe(crm.account(), crm.memory());
            loose.learn();
            assertThat(loose.isNeeded()).isFalse();
        }
    }

    @Test
    void whereNobodyWritesBracketsNoSpellingIsAskedForUntilSomebodyDoes() {
        try (AmoCrmUnderTest crm = Samples.account("webhooks", "false", "search", "digits");
                AmoCrmSandbox young = AmoCrmSandbox.start(SandboxOptions.DEFAULTS.withContacts(0))) {
            crm.memory().remove("search.digits");
            int user = Integer.parseInt(crm.user());
            SearchProbe probe = probe(young, crm.memory());
            probe.learn();
            assertThat(probe.isNeeded()).as("nothing is known yet").isTrue();

            young.addContact("Boris", List.of("+79161234567"), user);
            probe.learn();
            assertThat(probe.isNeeded()).isFalse();

            young.addContact("Anna", List.of("+7 (916) 123-45-68"), user);
            probe.learn();
            assertThat(probe.isNeeded()).isTrue();
        }
    }

    private static SearchProbe probe(AmoCrmSandbox account, Memory memory) {
        AmoCrmSettings settings =
                AmoCrmSettings.of(Map.of("baseUrl", account.url().toString(), "token", account.token()));
        Clock clock = Clock.systemUTC();
        VendorHttp http = VendorHttp.builder("amocrm", settings.base(), clock).build();
        AmoApi api = new AmoApi(
                new LongLivedAccess(settings.base(), account.token(), http, clock),
                http,
                new AccountBudget("main", new AmoRate(50)),
                new Pulse(),
                clock,
                Duration.ofMinutes(1));
        return new SearchProbe(api, memory, "auto");
    }
}
