// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorFactory.Kind;
import io.cordboard.playbook.Responsible;
import io.cordboard.playbook.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    private ServerConfig read(String yaml) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("c.yaml"), yaml), environment::get);
    }

    private List<String> problems(String yaml) {
        ConfigException wrong = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        assertThat(wrong).as("it must be refused").isNotNull();
        return wrong.problems().stream()
                .map(problem -> problem.toString().replace(folder.toString() + "/", ""))
                .toList();
    }

    @Test
    void everyVariableThatIsNotSetIsToldAtOnce() {
        assertThat(problems("""
                http: {listen: "${HOST}:${PORT}", token: "${TOKEN}"}
                crm:
                  - {id: main, type: bitrix24, webhookUrl: "${HOOK}"}
                """))
                .extracting(problem -> problem.replaceAll(", which.*", ""))
                .containsExactly(
                        "c.yaml:1: http.listen needs the environment variable HOST",
                        "c.yaml:1: http.listen needs the environment variable PORT",
                        "c.yaml:1: http.token needs the environment variable TOKEN",
                        "c.yaml:3: crm[0].webhookUrl needs the environment variable HOOK");
    }

    @Test
    void twoAgentsWhoseUsersAreNotSetAreNotTheSameUser() {
        assertThat(problems("""
                crm: [{id: main, type: bitrix24, webhookUrl: "https://p.example.com/rest/1/s/"}]
                agents:
                  - {name: Anna, users: {main: "${ANNA}"}}
                  - {name: Boris, users: {main: "${BORIS}"}}
                """)).hasSize(2).allMatch(problem -> problem.contains("needs the environment variable"));
    }

    @Test
    void aFileThatCannotBeReadIsToldWithoutTheNamesOfJavasClasses() throws IOException {
        assertThat(YamlFile.unreadable(new AccessDeniedException("/etc/cb.yaml")))
                .isEqualTo("may not be read by this program's user; give that user the right to read it");
        assertThat(YamlFile.unreadable(new FileSystemException("/etc/cb.yaml", null, "Input/output error")))
                .isEqualTo("cannot be read (Input/output error); see that it is a file on a disk that works");
        assertThat(YamlFile.unreadable(new IOException()))
                .isEqualTo("cannot be read; see that it is a file on a disk that works");

        Path secret = Files.writeString(folder.resolve("secret.yaml"), "store: ./data\n");
        assumeTrue(secret.toFile().setReadable(false) && !Files.isReadable(secret), "root reads everything");
        ConfigException wrong =
                catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(secret, environment::get));
        assertThat(wrong)
                .hasMessage(secret + ": may not be read by this program's user; give that user the right to read it");
    }

    @Test
    void everythingOfTheExampleIsRead() throws IOException {
        environment.put("CORDBOARD_TOKEN", "a-long-token");
        ServerConfig config = read("""
                store: ./data
                region: KZ
                http:
                  listen: 0.0.0.0:8088
                  publicUrl: https://cc.example.com/
                  token: ${CORDBOARD_TOKEN}
                  trustedProxies: [10.0.0.1]
                pbx:
                  - id: office
                    type: zadarma
                    key: ${ZADARMA_KEY:-key}
                    secret: s
                crm:
                  - id: main
                    type: bitrix24
                    webhookUrl: https://portal.example.com/rest/1/secret/
                agents:
                  - name: Anna
                    extensions: {office: "0100"}
                    users: {main: "17"}
                    timeZone: Europe/Moscow
                rules: {missedTicket: always, unknownCaller: none, responsible: first_talked}
                settleAfter: 7s
                """);

        assertThat(config.store()).isEqualTo(folder.resolve("data"));
        assertThat(config.region()).isEqualTo("KZ");
        assertThat(config.http().listen().getPort()).isEqualTo(8088);
        assertThat(config.http().publicUrl()).map(Object::toString).contains("https://cc.example.com");
        assertThat(config.http().token()).contains("a-long-token");
        assertThat(config.http().trustedProxies()).containsExactly("10.0.0.1");
        assertThat(config.accounts())
                .extracting(AccountConfig::id, AccountConfig::kind, AccountConfig::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("office", Kind.PBX, 9),
                        org.assertj.core.groups.Tuple.tuple("main", Kind.CRM, 14));
        assertThat(config.accounts().get(0).settings()).isEqualTo(Map.of("key", "key", "secret", "s"));
        assertThat(config.agents().byExtension("office", new Extension("0100"))).isPresent();
        assertThat(config.rules().missedTicket()).isEqualTo(Rules.MissedTicket.ALWAYS);
        assertThat(config.rules().unknownCaller()).isEqualTo(Rules.UnknownCaller.NONE);
        assertThat(config.rules().responsible()).isEqualTo(Responsible.Policy.FIRST_TALKED);
        assertThat(config.settleAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void nothingTellsSecrets() throws IOException {
        ServerConfig config = read("""
                http: {token: very-secret-token}
                pbx: [{id: office, type: zadarma, key: k, secret: very-secret}]
                """);

        assertThat(config.http().toString()).doesNotContain("very-secret");
        assertThat(config.accounts().toString()).doesNotContain("very-secret");
    }

    @Test
    void aTypoIsToldWithItsLineAndWhatWasMeant() {
        assertThat(problems("store: ./data\nregoin: RU\n"))
                .containsExactly(
                        "c.yaml:2: regoin is not known here; did you mean region? known keys: agents, crm, desk,"
                                + " http, pbx, region, rules, settleAfter, store, wrapUp");
        assertThat(problems("http:\n  listen: 127.0.0.1:80\n  tokn: abcdefgh\n"))
                .containsExactly("c.yaml:3: http.tokn is not known here; did you mean token? known keys: listen,"
                        + " publicUrl, token, trustedProxies");
    }

    @Test
    void whatAgentsChooseFromIsRead() throws IOException {
        ServerConfig config = read("""
                desk:
                  dispositions: [Sold, Call again]
                  departments: [Sales]
                """);

        assertThat(config.desk().dispositions()).containsExactly("Sold", "Call again");
        assertThat(config.desk().departments()).containsExactly("Sales");
        assertThat(problems("desk:\n  departmnts: [a]\n"))
                .singleElement()
                .asString()
                .startsWith("c.yaml:2: desk.departmnts[0] is not known here; did you mean departments?");
    }

    @Test
    void aPublicAddressWithoutATokenIsToldAndALocalOneIsNot() throws IOException {
        assertThat(read("http:\n  listen: 127.0.0.1:1\n  publicUrl: https://cc.example.com\n")
                        .exposure())
                .hasValueSatisfying(problem -> assertThat(problem.toString())
                        .contains("c.yaml:3: http.publicUrl is not of this machine and http.token is missing"));
        assertThat(read("http: {publicUrl: \"https://cc.example.com\", token: abcdefgh}\n")
                        .exposure())
                .isEmpty();
        for (String near : List.of("http://127.0.0.1:8080", "http://localhost/x", "http://[::1]:8080")) {
            assertThat(read("http: {publicUrl: \"" + near + "\"}\n").exposure())
                    .as(near)
                    .isEmpty();
        }
    }

    @Test
    void anUnknownVendorIsToldWithThoseThatAreKnown() {
        assertThat(problems("crm:\n  - id: main\n    type: bitrx\n"))
                .containsExactly(
                        "c.yaml:3: crm[0].type \"bitrx\" is not a known vendor; known here: amocrm, bitrix24, salesforce");
        assertThat(problems("pbx:\n  - id: main\n    type: bitrix24\n"))
                .singleElement()
                .asString()
                .startsWith("c.yaml:3: pbx[0].type \"bitrix24\" does not belong into the list pbx; known here: ")
                .contains("zadarma");
    }

    @Test
    void theSameIdTwiceIsToldWithBothPlaces() {
        assertThat(problems("""
                        pbx:
                          - {id: a, type: zadarma}
                        crm:
                          - {id: a, type: bitrix24}
                        """))
                .containsExactly("c.yaml:4: crm[0].id \"a\" is already the id of pbx[0] (line 2); give each account its"
                        + " own");
    }

    @Test
    void anAgentTwiceIsToldWithBothNames() {
        assertThat(problems("""
                        pbx: [{id: office, type: zadarma}]
                        agents:
                          - name: Anna
                            extensions: {office: "101"}
                          - name: Boris
                            extensions:
                              office: "101"
                          - name: Anna
                        """))
                .containsExactly(
                        "c.yaml:7: agents[1].extensions.office gives the extension 101 of office to two agents: Anna"
                                + " (line 3) and Boris (line 5); remove one",
                        "c.yaml:8: agents[2].name gives the name \"Anna\" to two agents: Anna (line 3) and Anna (line"
                                + " 8); remove one");
    }

    @Test
    void anAgentOfAnUnknownAccountIsRefused() {
        assertThat(problems("agents:\n  - name: Anna\n    users: {mian: \"17\"}\n"))
                .containsExactly("c.yaml:3: agents[0].users.mian names no account of the list crm; known: none");
    }

    @Test
    void aMissingEnvironmentVariableIsToldOnceAndNotItsConsequences() {
        assertThat(problems("http:\n  listen: ${LISTEN}\n"))
                .containsExactly("c.yaml:2: http.listen needs the environment variable LISTEN, which is not set; set it"
                        + " or write ${LISTEN:-default}");
    }

    @Test
    void aStrangeVariableIsRefused() {
        assertThat(problems("store: ${my store}\n"))
                .containsExactly(
                        "c.yaml:1: store has \"${my store}\", which is not understood; write ${NAME} or ${NAME:-default}");
    }

    @Test
    void whatComesFromTheEnvironmentIsNeverYaml() throws IOException {
        environment.put("FOLDER", "x\nregion: KZ");

        assertThat(read("store: ${FOLDER}\nregion: RU\n").region()).isEqualTo("RU");
    }

    @Test
    void aKeyTwiceIsToldWithBothLines() {
        assertThat(problems("store: a\nregion: RU\nstore: b\n"))
                .containsExactly("c.yaml:3: store is given twice, here and on line 1; remove one");
    }

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                        region: Russia
                        http: {listen: 8080, token: short}
                        pbx: zadarma
                        settleAfter: soon
                        """))
                .containsExactly(
                        "c.yaml:1: region must be a country of ISO 3166 such as RU, but is \"Russia\"",
                        "c.yaml:2: http.listen must be an address and a port such as 127.0.0.1:8080, but is \"8080\"",
                        "c.yaml:2: http.token is shorter than 8 characters; use a longer secret",
                        "c.yaml:3: pbx must be a list, each member beginning with \"- \", but is a text",
                        "c.yaml:4: settleAfter must be a duration such as 5s, 200ms or 2h, but is \"soon\"");
    }

    @Test
    void rulesAreCheckedToo() {
        assertThat(problems("rules: {missedTicket: sometimes, fallbackAgnt: Anna}\n"))
                .containsExactly(
                        "c.yaml:1: rules.missedTicket must be one of never, known, always, but is \"sometimes\"",
                        "c.yaml:1: rules.fallbackAgnt is not known here; did you mean fallbackAgent? known keys:"
                                + " fallbackAgent, logInternal, missedTicket, missedTo, recordings, responsible,"
                                + " unknownCaller");
    }

    @Test
    void whatIsNoYamlIsToldWithItsLine() {
        assertThat(problems("store: a\n  b: [\n")).singleElement().asString().startsWith("c.yaml:2: is not YAML: ");
        assertThat(problems("- a\n"))
                .containsExactly("c.yaml:1: must be keys and values such as \"store: ./data\", but is a list");
        assertThat(problems("")).containsExactly("c.yaml: is empty; it needs at least the key store");
    }

    @Test
    void anAliasOfItselfEnds() {
        assertThat(problems("http: &a\n  listen: *a\n"))
                .containsExactly("c.yaml: is not YAML: it is nested too deeply or refers to itself");
    }

    @Test
    void aFileThatCannotBeReadIsTold() throws IOException {
        Path binary = Files.write(folder.resolve("b.yaml"), "store: \u00ff".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(binary, name -> null)))
                .hasMessage(binary + ": is not UTF-8 text; save it as UTF-8");
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(folder, name -> null)))
                .hasMessage(folder + ": is a folder; name the configuration file in it");
        Path nowhere = folder.resolve("nowhere.yaml");
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(nowhere, name -> null)))
                .hasMessage(nowhere + ": does not exist; name an existing configuration file");
    }
}
