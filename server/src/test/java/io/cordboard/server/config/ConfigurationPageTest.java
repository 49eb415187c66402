// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.agent.AgentRoster;
import io.cordboard.connector.Settings;
import io.cordboard.connector.SettingsException;
import io.cordboard.playbook.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/configuration.md says what the program does. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleIsRead() throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();
        Path file = Files.writeString(folder.resolve("c.yaml"), example.group(1));

        ServerConfig config = ConfigFile.read(file, name -> "https://portal.example.com/rest/1/secret/");
        assertThat(config.rules().missedTicket()).isEqualTo(Rules.MissedTicket.ALWAYS);
        assertThat(config.desk().departments()).containsExactly("Sales", "Support");
    }

    @Test
    void everyRuleIsThereWithItsDefault() throws IOException {
        List<String> rows = Files.readAllLines(PAGE);
        Rules usual = Rules.DEFAULT;
        Map<String, Object> defaults = Map.of(
                "responsible", usual.responsible(),
                "missedTo", usual.missedTo(),
                "unknownCaller", usual.unknownCaller(),
                "missedTicket", usual.missedTicket(),
                "logInternal", usual.logInternal(),
                "recordings", usual.recordings());
        defaults.forEach((key, value) -> assertThat(rows)
                .as(key)
                .anyMatch(row ->
                        row.startsWith("| `" + key + "` | `" + value.toString().toLowerCase(Locale.ROOT) + "` |")));
        assertThat(knownRules()).allMatch(key -> rows.stream().anyMatch(row -> row.startsWith("| `" + key + "` |")));
    }

    /** A key that nobody knows is answered with those that are known. */
    private static List<String> knownRules() {
        Settings settings = new Settings(Map.of("nonsense", "x"));
        Rules rules = RuleKeys.read(settings, AgentRoster.of(List.of()));
        assertThat(rules).isEqualTo(Rules.DEFAULT);
        List<String> known = new ArrayList<>();
        try {
            settings.finish();
        } catch (SettingsException e) {
            String message = e.problems().get(0).message();
            known.addAll(List.of(
                    message.substring(message.indexOf("known keys: ") + 12).split(", ")));
        }
        assertThat(known).contains("missedTicket");
        return known;
    }
}
