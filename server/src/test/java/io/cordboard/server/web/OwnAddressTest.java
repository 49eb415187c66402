// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has to tell a connector where its own webhook is: the server knows. */
class OwnAddressTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    private Branch branch = unopened();

    // JUnit calls open() first; the field is never read before.
    @SuppressWarnings("NullAway")
    private static Branch unopened() {
        return null;
    }

    @BeforeEach
    void open() throws IOException {
        branch = new Branch(folder);
    }

    @AfterEach
    void close() {
        branch.close();
    }

    @Test
    void anAppHasThePortalTellOfChangesAtItsWebhook() throws Exception {
        branch.run(branch.app());

        await().atMost(PATIENCE).until(() -> bindings().size() == 10);
        assertThat(bindings())
                .allMatch(binding -> binding.path("handler")
                        .asText()
                        .equals(branch.hook("main").toString()));
        assertThat(bindings().findValuesAsText("event")).contains("ONCRMCONTACTUPDATE", "ONEXTERNALCALLSTART");
        contactsThatChangeInThePortalReachTheDirectory();
        assertThat(findings("main")).contains("the portal tells of changes and clicks");
    }

    @Test
    void anOutboundWebhookBringsChangesAsWell() throws Exception {
        branch.run(branch.webhook());
        branch.crm().outgoingWebhook(branch.hook("main"), Set.of());

        contactsThatChangeInThePortalReachTheDirectory();
    }

    private JsonNode bindings() {
        return new ObjectMapper().valueToTree(branch.crm().state()).path("bindings");
    }

    private void contactsThatChangeInThePortalReachTheDirectory() throws Exception {
        // What the first sync reads must not be taken for what an event brought.
        await().atMost(PATIENCE).until(() -> branch.text("/metrics").contains("cordboard_contacts{account=\"main\"} "));
        branch.json("/api/check?only=hooks");
        branch.post(branch.url().resolve("/api/sync/main"), "application/json", "{}");

        int id = branch.crm().addContact("Olga Sidorova", List.of("8 (916) 777-00-01"), 1);
        await().atMost(PATIENCE).until(() -> names("+79167770001").equals(List.of("Olga Sidorova")));
        branch.crm().changeContact(id, List.of("8 (916) 777-00-02"));
        await().atMost(PATIENCE).until(() -> names("+79167770002").equals(List.of("Olga Sidorova")));
        branch.crm().removeContact(id);
        await().atMost(PATIENCE).until(() -> names("+79167770002").isEmpty());
        assertThat(branch.text("/metrics"))
                .containsPattern(
                        "cordboard_connector_webhooks_taken_total\\{account=\"main\",vendor=\"bitrix24\"} [3-9]");
    }

    private List<String> names(String number) throws IOException, InterruptedException {
        return branch.json("/api/lookup?number=" + number.replace("+", "%2B"))
                .path("matches")
                .findValuesAsText("name");
    }

    @Test
    void zadarmaIsToldWhereToCallWhenItCallsNobody() throws Exception {
        branch.run(branch.webhook());

        await().atMost(PATIENCE)
                .until(() -> branch.called().equals(branch.hook("office").toString()));
        branch.pbx().play(Map.of("kind", "answered", "from", "+79161234567", "extension", "101"));
        await().atMost(PATIENCE)
                .until(() -> !branch.json("/api/calls").path("calls").isEmpty());
        assertThat(findings("office")).contains("Zadarma calls 127.0.0.1", "all notifications are on");
    }

    @Test
    void anAddressThatSomebodyElseEnteredStaysUnlessItIsToBeReplaced() throws Exception {
        branch.run(branch.webhook());
        await().atMost(PATIENCE)
                .until(() -> branch.called().equals(branch.hook("office").toString()));
        branch.stop();
        branch.run(branch.webhook(), "hookSecret: another-secret-of-16");

        assertThat(findings("office"))
                .contains("Zadarma calls another address, at 127.0.0.1, and not this account's webhook");
        assertThat(branch.called()).isNotEqualTo(branch.hook("office").toString());
        branch.stop();
        branch.run(branch.webhook(), "hookSecret: another-secret-of-16", "publish: always");

        await().atMost(PATIENCE)
                .until(() -> branch.called().equals(branch.hook("office").toString()));
    }

    private List<String> findings(String account) throws IOException, InterruptedException {
        return branch.json("/api/check").path("findings").findParents("account").stream()
                .filter(finding -> finding.path("account").asText().equals(account))
                .map(finding -> finding.path("what").asText())
                .toList();
    }
}
