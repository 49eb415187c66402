// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.contact.Match;
import io.cordboard.delivery.Delivery;
import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import io.cordboard.testkit.CrmBooks.HeldCall;
import io.cordboard.testkit.CrmBooks.Result;
import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.Sandboxes;
import io.cordboard.testkit.amocrm.AmoCrmSandbox;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import io.cordboard.testkit.salesforce.SalesforceSandbox;
import io.cordboard.testkit.zadarma.ZadarmaSandbox;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call into three CRMs: each has its own customer, its own responsible and its own troubles. */
class SeveralCrmsTest {
    private static final String CUSTOMER = "+79161234567";
    private static final String OTHER = "+79161234568";
    private static final String LINE = "74951110001";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final Map<String, CrmSandbox> crms = new LinkedHashMap<>();
    private ZadarmaSandbox pbx;
    private RunningServer server;

    @BeforeEach
    void open() throws IOException {
        for (String vendor : List.of("bitrix24", "amocrm", "salesforce")) {
            crms.put(vendor, (CrmSandbox) Sandboxes.start(vendor, SandboxOptions.DEFAULTS.withContacts(0)));
        }
        pbx = ZadarmaSandbox.start(SandboxOptions.DEFAULTS);
        pbx.turn(Map.of("extensions", List.of("101", "102", "103"), "line", LINE, "speed", 20.0));
        ((Bitrix24Sandbox) crm("bitrix24")).addContact("Anna Bitrix", List.of("8 (916) 123-45-67"), 18);
        ((AmoCrmSandbox) crm("amocrm")).addContact("Anna Amo", List.of("+7 916 123 45 67"), 504_143);
        ((SalesforceSandbox) crm("salesforce"))
                .add(
                        "Contact",
                        Map.of(
                                "LastName",
                                "Anna Sales",
                                "Phone",
                                "(916) 123-45-67",
                                "OwnerId",
                                agent("salesforce", 0)));
        ((SalesforceSandbox) crm("salesforce")).add("Contact", Map.of("LastName", "Boris Sales", "Phone", OTHER));
        Path file = Files.write(folder.resolve("cordboard.yaml"), configuration());
        server = RunningServer.start(ConfigFile.read(file, name -> null), Clock.systemUTC(), "test");
        pbx.publish(Objects.requireNonNull(server.hookUrls().get("office")));
        crms.keySet().forEach(account -> server.cordboard().sync(account, (read, total) -> {}));
    }

    @AfterEach
    void close() {
        server.close();
        pbx.close();
        crms.values().forEach(CrmSandbox::close);
    }

    private CrmSandbox crm(String account) {
        return Objects.requireNonNull(crms.get(account), account);
    }

    private String agent(String crm, int place) {
        return crm(crm).books().agents().get(place);
    }

    private List<String> configuration() throws JsonProcessingException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("store", folder.resolve("data").toString());
        config.put("region", "RU");
        config.put("http", Map.of("listen", "127.0.0.1:0"));
        config.put("pbx", List.of(with("office", pbx.config())));
        List<Map<String, Object>> accounts = new ArrayList<>();
        crms.forEach((account, crm) -> accounts.add(with(account, crm.config())));
        accounts.stream()
                .filter(account -> "bitrix24".equals(account.get("id")))
                .forEach(account -> account.put("ticket", Map.of("departments", Map.of("Repairs", "3"))));
        config.put("crm", accounts);
        config.put("settleAfter", "200ms");
        config.put("desk", Map.of("departments", List.of("Sales")));
        List<Map<String, Object>> agents = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Map<String, String> users = new LinkedHashMap<>();
            for (String crm : crms.keySet()) {
                users.put(crm, agent(crm, i));
            }
            agents.add(Map.of("name", "Agent " + i, "extensions", Map.of("office", "10" + (i + 1)), "users", users));
        }
        config.put("agents", agents);
        // YAML takes JSON.
        return List.of(JSON.writeValueAsString(config));
    }

    private static Map<String, Object> with(String id, Map<String, Object> config) {
        Map<String, Object> account = new LinkedHashMap<>(config);
        account.put("id", id);
        return account;
    }

    private void call(String kind) {
        call(kind, CUSTOMER);
    }

    private void call(String kind, String from) {
        pbx.play(Map.of("kind", kind, "from", from, "to", LINE, "extension", "101", "wait", true, "speed", 20.0));
    }

    private List<HeldCall> calls(String crm) {
        return crm(crm).books().calls().stream().filter(HeldCall::finished).toList();
    }

    private long pending(String crm) {
        return server.cordboard().outbox().count(crm, Delivery.State.PENDING);
    }

    @Test
    void eachHasOneRecordOfTheCallOnItsOwnCustomerWithItsOwnResponsible() {
        call("noanswer");

        for (String crm : crms.keySet()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> calls(crm).size() == 1 && pending(crm) == 0);
            HeldCall held = calls(crm).get(0);
            assertThat(held.result()).as(crm).isEqualTo(Result.MISSED);
            assertThat(held.customer()).as(crm).startsWith("CONTACT ");
        }
        // Nobody answered, so whoever is responsible for the customer has it, in each CRM somebody else.
        assertThat(calls("bitrix24").get(0).user()).isEqualTo("18");
        assertThat(calls("amocrm").get(0).user()).isEqualTo("504143");
        assertThat(calls("salesforce").get(0).user()).isEqualTo(agent("salesforce", 0));
    }

    @Test
    void theCustomersOfAllAreRankedTogether() {
        assertThat(server.cordboard().lookup("8 916 123-45-67").lookup().matches())
                .extracting(Match::contact)
                .extracting(contact -> contact.ref().account())
                .containsExactlyInAnyOrder("bitrix24", "amocrm", "salesforce");
    }

    @Test
    void aTicketIsHandedOnToAQueueByTheApi() throws Exception {
        call("answered", OTHER);
        await().until(() -> calls("salesforce").size() == 1 && pending("salesforce") == 0);
        String path = "/api/calls/" + calls("salesforce").get(0).call();
        assertThat(post(path + "/escalate", "{\"department\":\"Escalations\"}"))
                .as("there is no ticket yet")
                .isEqualTo(400);

        assertThat(post(path + "/ticket", "{\"title\":\"Broken\",\"agent\":\"Agent 0\"}"))
                .isEqualTo(202);
        assertThat(post(path + "/escalate", "{\"department\":\"Escalations\",\"note\":\"urgent\"}"))
                .isEqualTo(202);
        SalesforceSandbox org = (SalesforceSandbox) crm("salesforce");
        String queue = Objects.requireNonNull(org).rows("Group").stream()
                .filter(row -> "Escalations".equals(row.get("Name")))
                .map(row -> String.valueOf(row.get("Id")))
                .findFirst()
                .orElseThrow();
        await().until(() -> org.rows("Case").stream().anyMatch(row -> queue.equals(row.get("OwnerId"))));
        assertThat(org.rows("Case")).hasSize(1);
        List<JsonNode> steps = new ArrayList<>();
        get(path).path("deliveries").forEach(steps::add);
        assertThat(steps)
                .filteredOn(step -> step.path("kind").asText().equals("Escalate"))
                .extracting(step -> step.path("department").asText())
                .containsExactly("Escalations");
    }

    @Test
    void theStatusTellsWhichCrmHandsTicketsOnAndWhereTo() throws Exception {
        Map<String, List<String>> can = new LinkedHashMap<>();
        for (JsonNode account : get("/api/status").path("accounts")) {
            can.put(account.path("id").asText(), JSON.convertValue(account.path("can"), new TypeReference<>() {}));
        }
        assertThat(can)
                .containsEntry("salesforce", List.of("escalate"))
                .containsEntry("amocrm", List.of("escalate"))
                .containsEntry("bitrix24", List.of("escalate"));
        assertThat(get("/api/status").path("departments"))
                .extracting(JsonNode::asText)
                .containsExactly("Sales", "Repairs");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.deskUrl().resolve(path)).build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private int post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.deskUrl().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void oneThatIsDownHoldsNothingElseBackAndMissesNothingInTheEnd() {
        crm("amocrm").faults().set(Faults.Kind.SERVER_ERROR, true);
        for (int i = 0; i < 5; i++) {
            call("answered");
        }
        for (String crm : List.of("bitrix24", "salesforce")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> calls(crm).size() == 5 && pending(crm) == 0);
        }
        assertThat(calls("amocrm")).isEmpty();
        assertThat(pending("amocrm")).isPositive();
        await().until(() -> crm("amocrm").faults().struck(Faults.Kind.SERVER_ERROR) > 0);

        crm("amocrm").faults().clear();
        server.cordboard().retryAll();
        await().atMost(Duration.ofMinutes(2)).until(() -> pending("amocrm") == 0);
        for (String crm : crms.keySet()) {
            assertThat(calls(crm)).as(crm).hasSize(5).extracting(HeldCall::call).doesNotHaveDuplicates();
            assertThat(server.cordboard().outbox().count(crm, Delivery.State.PARKED))
                    .isZero();
        }
    }
}
