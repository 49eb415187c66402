// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the desk shows of a call's way into the CRM. */
class DeskFactsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void notesAndThePagesOfWhatWasWrittenAreTold() throws Exception {
        try (Branch branch = new Branch(folder)) {
            branch.crm().addContact("Olga Sidorova", List.of("8 (916) 777-00-01"), 1);
            branch.run(branch.app());
            branch.post(branch.url().resolve("/api/sync/main"), "application/json", "{}");
            await().atMost(PATIENCE).until(() -> !branch.called().isEmpty());
            branch.pbx().play(Map.of("kind", "answered", "from", "+79167770001", "extension", "101"));
            await().atMost(PATIENCE).until(() -> !calls(branch).isEmpty());
            String id = calls(branch).get(0).path("id").asText();
            String path = "/api/calls/" + URLEncoder.encode(id, StandardCharsets.UTF_8);

            post(branch, path + "/note", "{\"text\":\"calls again\",\"disposition\":\"CALLBACK\",\"agent\":\"Anna\"}");
            post(branch, path + "/ticket", "{\"title\":\"Call back\"}");

            await().atMost(PATIENCE)
                    .until(() -> branch.json(path).path("deliveries").findValuesAsText("state").stream()
                                    .filter("DONE"::equals)
                                    .count()
                            >= 3);
            JsonNode call = branch.json(path);
            assertThat(call.path("notes")).hasSize(1);
            JsonNode note = call.path("notes").get(0);
            assertThat(note.path("agent").asText()).isEqualTo("Anna");
            assertThat(note.path("text").asText()).isEqualTo("calls again");
            assertThat(note.path("disposition").asText()).isEqualTo("CALLBACK");
            assertThat(note.path("at").asText()).endsWith("Z");
            String portal = branch.crm().url().toString();
            assertThat(call.path("crm").path("main").path("url").asText()).startsWith(portal + "/crm/contact/details/");
            assertThat(url(call, "OpenTicket")).startsWith(portal + "/company/personal/user/0/tasks/task/view/");
            assertThat(branch.json("/api/deliveries").path("deliveries").findValuesAsText("url"))
                    .contains(url(call, "OpenTicket"));
            assertThat(calls(branch).get(0).path("notes")).hasSize(1);
        }
    }

    private static void post(Branch branch, String path, String body) throws Exception {
        HttpResponse<String> answer = branch.post(branch.url().resolve(path), "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static JsonNode calls(Branch branch) throws Exception {
        return branch.json("/api/calls").path("calls");
    }

    private static String url(JsonNode call, String kind) {
        for (JsonNode delivery : call.path("deliveries")) {
            if (delivery.path("kind").asText().equals(kind)) {
                return delivery.path("url").asText();
            }
        }
        return "";
    }
}
