// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Webhook;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.DialRequests;
import io.cordboard.testkit.ManualClock;
import io.cordboard.testkit.MapMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes to the webhook's address: changes as forms, clicks as scripts. Nothing here asks the account. */
final class AmoWebhookTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T09:00:00Z"));
    private final MapMemory memory = new MapMemory();
    private final Set<ContactRef> changed = new HashSet<>();
    private final Set<ContactRef> removed = new HashSet<>();
    private final List<DialRequests.Click> clicks = new ArrayList<>();
    private final Connector connector = AmoCrm.create(
            new ConnectorContext("sales", "RU", clock, memory),
            AmoCrmSettings.of(Map.of(
                    "baseUrl", "http://127.0.0.1:9",
                    "token", "t",
                    "widget.login", "crm",
                    "widget.secret", "s3cret",
                    "widget.users.101", "504141")));

    AmoWebhookTest() {
        connector.role(ContactChanges.class).orElseThrow().tell(new ContactChanges.Listener() {
            @Override
            public void changed(Set<ContactRef> refs) {
                changed.addAll(refs);
            }

            @Override
            public void removed(Set<ContactRef> refs) {
                removed.addAll(refs);
            }
        });
        connector.role(DialRequests.class).orElseThrow().tell(clicks::add);
    }

    @AfterEach
    void close() {
        connector.close();
    }

    private Webhook.Response post(String form) {
        return send("POST", "", form);
    }

    private Webhook.Response get(String query) {
        return send("GET", query, "");
    }

    private Webhook.Response send(String method, String query, String body) {
        return connector
                .webhook()
                .orElseThrow()
                .handle(new Webhook.Request(
                        method,
                        query,
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        body.getBytes(StandardCharsets.UTF_8),
                        "127.0.0.1"));
    }

    private static String text(Webhook.Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static ContactRef ref(ContactRef.Type type, String id) {
        return new ContactRef("sales", type, id);
    }

    @Test
    void formTellsOfContactsCompaniesAndLeads() {
        Webhook.Response response = post("contacts%5Badd%5D%5B0%5D%5Bid%5D=11&contacts[add][0][type]=contact"
                + "&contacts[add][0][linked_leads_id][77][ID]=77"
                + "&contacts[update][0][id]=12&contacts[update][0][type]=company"
                + "&contacts[delete][0][id]=13&contacts[delete][0][type]=contact"
                + "&leads[status][0][id]=14&leads[status][0][old_status_id]=3"
                + "&account[id]=31&account[subdomain]=example");

        assertThat(response.status()).isEqualTo(200);
        assertThat(changed)
                .containsExactlyInAnyOrder(
                        ref(ContactRef.Type.CONTACT, "11"),
                        ref(ContactRef.Type.LEAD, "77"),
                        ref(ContactRef.Type.COMPANY, "12"),
                        ref(ContactRef.Type.LEAD, "14"));
        assertThat(removed).containsExactly(ref(ContactRef.Type.CONTACT, "13"));
    }

    @Test
    void messageOfAnotherAccountIsRefused() {
        memory.put("account.id", "31");

        assertThat(post("contacts[add][0][id]=11&account[id]=32").status()).isEqualTo(403);
        assertThat(post("contacts[add][0][id]=11").status()).isEqualTo(403);
        assertThat(changed).isEmpty();
        assertThat(connector.counts()).containsEntry("webhooks_refused_account", 2L);
    }

    @Test
    void nonsenseIsNoAccident() {
        assertThat(post("").status()).isEqualTo(400);
        assertThat(post("%%%=1").status()).isEqualTo(400);
        assertThat(post("contacts[add][0][id]=1%20OR%201&contacts[add][1][id]=-5&leads[add][x][id]=3")
                        .status())
                .isEqualTo(200);
        assertThat(send("PUT", "", "").status()).isEqualTo(405);
        assertThat(get("").status()).isEqualTo(404);
        assertThat(changed).isEmpty();
    }

    @Test
    void ownWriteIsNotReadBack() {
        Echoes echoes = new Echoes(clock);
        AmoEvents events = new AmoEvents(new ConnectorContext("sales", "RU", clock, memory), echoes);
        events.tell(new ContactChanges.Listener() {
            @Override
            public void changed(Set<ContactRef> refs) {
                changed.addAll(refs);
            }

            @Override
            public void removed(Set<ContactRef> refs) {
                removed.addAll(refs);
            }
        });
        long now = clock.instant().getEpochSecond();
        echoes.wrote(List.of(Card.contact("11")));
        events.take(Map.of("contacts[update][0][id]", "11", "contacts[update][0][last_modified]", "" + (now + 1)));
        assertThat(changed).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        events.take(Map.of("contacts[update][0][id]", "11", "contacts[update][0][last_modified]", "" + (now + 60)));
        assertThat(changed).containsExactly(ref(ContactRef.Type.CONTACT, "11"));
        assertThat(events.counts()).containsEntry("events_own", 1L);
    }

    @Test
    void clickOfTheWidgetIsTold() {
        Webhook.Response response = get("_login=crm&_secret=s3cret&_action=call&from=101&to=%2B79161234567");

        assertThat(response.contentType()).startsWith("text/javascript");
        assertThat(text(response)).isEqualTo("asterisk_cb({\"status\":\"ok\",\"action\":\"call\"});");
        assertThat(clicks).singleElement().satisfies(click -> {
            assertThat(click.user()).isEqualTo("504141");
            assertThat(click.number()).isEqualTo("+79161234567");
            assertThat(click.toString()).doesNotContain("9161234567");
        });
    }

    @Test
    void secondClickWithinSecondsIsTheSame() {
        String query = "_login=crm&_secret=s3cret&_action=call&from=504142&to=89161234567";
        get(query);
        clock.advance(Duration.ofSeconds(2));
        get(query);
        clock.advance(Duration.ofSeconds(10));
        get(query);

        assertThat(clicks).hasSize(2).extracting(DialRequests.Click::user).containsOnly("504142");
        assertThat(clicks).extracting(DialRequests.Click::ref).doesNotHaveDuplicates();
    }

    @Test
    void clickWithoutTheSecretIsRefused() {
        for (String query : List.of(
                "_login=crm&_secret=wrong&_action=call&from=101&to=89161234567",
                "_login=other&_secret=s3cret&_action=call&from=101&to=89161234567",
                "_action=call&from=101&to=89161234567")) {
            assertThat(get(query).status()).isEqualTo(403);
        }
        assertThat(clicks).isEmpty();
        assertThat(connector.counts()).containsEntry("clicks_refused", 3L);
    }

    @Test
    void widgetIsToldThatAllIsWell() {
        assertThat(text(get("_login=crm&_secret=s3cret&_action=status"))).contains("\"status\":\"ok\"");
        assertThat(text(get("_login=crm&_secret=s3cret&_action=cdr"))).contains("\"data\":[]");
        assertThat(text(get("_login=crm&_secret=s3cret&_action=dance"))).contains("\"status\":\"error\"");
        assertThat(text(get("_login=crm&_secret=s3cret&_action=call&from=101&to=")))
                .contains("BAD_REQUEST");
    }
}
