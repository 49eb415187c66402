// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.server.config.ConfigFile;
import io.cordboard.server.run.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        Clock.systemUTC()),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String config(String yaml) throws IOException {
        return Files.writeString(folder.resolve("c.yaml"), yaml).toString();
    }

    @Test
    void helpAndVersionAreNoMistakes() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("demo", "run", "check", "sandbox", "lookup", "deliveries", "sync");
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("cordboard ");
    }

    @Test
    void everyCommandTellsHowItIsUsed() {
        for (String command : List.of("demo", "run", "check", "sandbox", "lookup", "deliveries", "sync")) {
            for (String option : List.of("--help", "-h")) {
                assertThat(run(command, option)).as(command).isZero();
                assertThat(out()).contains("Usage: cordboard " + command).contains("--help");
                assertThat(err()).isEmpty();
            }
        }
        assertThat(run("help", "run")).isZero();
        assertThat(out()).contains("Usage: cordboard run");
    }

    @Test
    void misuseIsOneLineAndCodeTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).isEqualTo("cordboard: a command is missing; \"cordboard --help\" tells what is allowed\n");
        assertThat(run("rum")).isEqualTo(2);
        assertThat(err().lines()).hasSize(1);
        assertThat(run("run")).isEqualTo(2);
        assertThat(err()).contains("CONFIG").contains("\"cordboard run --help\"");
        assertThat(run("sandbox", "avaya")).isEqualTo(2);
        assertThat(err()).contains("\"avaya\" has no sandbox; known: ").contains("bitrix24");
    }

    @Test
    void aWrongConfigurationIsCodeTwoWithALineForEachProblem() throws IOException {
        String file = config("stor: ./data\nregin: RU\n");

        assertThat(run("run", file)).isEqualTo(2);
        assertThat(err().lines()).hasSize(2).allMatch(line -> line.startsWith(file + ":"));
        assertThat(err()).doesNotContain("Exception");
    }

    @Test
    void aConnectorsMistakesAreToldWithTheirLines() throws IOException {
        String file = config("""
                pbx:
                  - id: office
                    type: zadarma
                    key: k
                    secrt: s
                """);

        assertThat(run("run", file)).isEqualTo(2);
        assertThat(err())
                .contains(file + ":2: pbx[0].secret is required")
                .contains(file + ":5: pbx[0].secrt is not known here; did you mean secret?");
    }

    @Test
    void aPortInUseIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String file = config("http:\n  listen: 127.0.0.1:" + taken.getLocalPort() + "\n");

            assertThat(run("run", file)).isEqualTo(2);
            assertThat(err().lines())
                    .singleElement()
                    .isEqualTo(file + ":2: http.listen is 127.0.0.1:"
                            + taken.getLocalPort()
                            + ", which cannot be used: the port is taken or the address is not of this"
                            + " machine; stop the other program or choose another port");
        }
    }

    @Test
    void aStoreThatCannotBeOpenedIsOneLine() throws IOException {
        Files.writeString(folder.resolve("data"), "a file, no folder");
        String file = config("store: ./data\n");

        assertThat(run("run", file)).isEqualTo(2);
        assertThat(err().lines()).singleElement().asString().startsWith(file + ":1: store: ");
    }

    @Test
    void aNumberThatNobodyHasIsCodeThree() throws IOException {
        String file = config("store: ./data\n");

        assertThat(run("lookup", file, "8 (916) 123-45-67")).isEqualTo(3);
        assertThat(out()).startsWith("number: +79161234567\n").contains("source: none");
    }

    @Test
    void whatIsNoNumberIsBadInputAndOneLine() throws IOException {
        String file = config("store: ./data\n");

        assertThat(run("lookup", file, "abc")).isEqualTo(2);
        assertThat(err().lines())
                .singleElement()
                .asString()
                .startsWith("NUMBER is \"abc\", which is no telephone number: ")
                .endsWith("; give one such as +79161234567");
        assertThat(run("lookup", file, "--json", "12\n34 x")).isEqualTo(2);
        assertThat(err().lines()).hasSize(1);
        assertThat(run("lookup", file, "")).isEqualTo(2);
        assertThat(err()).isEqualTo("NUMBER is empty; give a telephone number such as +79161234567\n");
        assertThat(out()).isEmpty();
        assertThat(run("lookup", file, "anonymous")).isEqualTo(3);
        assertThat(out()).startsWith("the number is hidden\n");
    }

    @Test
    void deliveriesAreListedAndRetried() throws IOException {
        String file = config("store: ./data\n");

        assertThat(run("deliveries", file)).isZero();
        assertThat(out()).isEqualTo("nothing waits and nothing is parked\n");
        assertThat(run("deliveries", file, "export")).isZero();
        assertThat(out()).isEmpty();
        assertThat(run("deliveries", file, "retry", "--all")).isZero();
        assertThat(out()).isEqualTo("0 deliveries are tried again\n");
        assertThat(run("deliveries", file, "retry", "7")).isEqualTo(2);
        assertThat(err()).isEqualTo("there is no delivery 7 that is not done\n");
        assertThat(run("deliveries", file, "retry")).isEqualTo(2);
        assertThat(run("deliveries", file, "remove")).isEqualTo(2);
        assertThat(err()).contains("\"remove\" is not known; known: list, retry, export");
    }

    @Test
    void aPublicAddressWithoutATokenIsRefusedAndChecked() throws IOException {
        String file = config("store: ./data\nregion: RU\nhttp:\n  publicUrl: https://cc.example.com\n");

        assertThat(run("run", file)).isEqualTo(2);
        assertThat(err().lines())
                .singleElement()
                .asString()
                .startsWith(file + ":4: http.publicUrl is not of this machine and http.token is missing")
                .contains("set http.token");
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(out()).contains("fail  " + file + ":4: http.publicUrl is not of this machine");
        assertThat(run("check", config("http: {publicUrl: \"https://cc.example.com\", token: a-long-token}\n")))
                .isZero();
    }

    @Test
    void everythingThatIsNoConfigurationIsOneLine() throws IOException {
        assertOneLine("/nowhere/c.yaml: does not exist", "/nowhere/c.yaml");
        assertOneLine(folder + ": is a folder", folder.toString());
        assertOneLine("is empty", config(""));
        assertOneLine(":2: is not YAML", config("http:\n\tlisten: 127.0.0.1:1\n"));
        assertOneLine(":2: store is given twice, here and on line 1", config("store: a\nstore: b\n"));
        assertOneLine(":1: settleAfter must be a text, but is a list", config("settleAfter: [1]\n"));
        assertOneLine(":1: pbx must be a list", config("pbx: hello\n"));
        assertOneLine("crm[0].type \"bitrx\" is not a known vendor", config("crm: [{id: main, type: bitrx}]\n"));
        assertOneLine("needs the environment variable NOPE", config("http: {token: \"${NOPE}\"}\n"));
        assertOneLine("to two agents", config("agents: [{name: Anna}, {name: Anna}]\n"));
    }

    private void assertOneLine(String words, String file) {
        for (String command : List.of("run", "deliveries", "sync")) {
            assertThat(run(command, file)).as(file).isEqualTo(2);
            assertThat(err().lines())
                    .singleElement()
                    .asString()
                    .startsWith(file)
                    .contains(words)
                    .doesNotContain("Exception");
        }
        assertThat(run("check", file)).isEqualTo(2);
        assertThat(out().lines()).singleElement().asString().startsWith("fail  " + file);
    }

    @Test
    void aStoreThatNoOtherServerHasIsNotBlamedOnOne() throws IOException {
        Files.writeString(folder.resolve("data"), "a file, no folder");
        String file = config("store: ./data\n");

        assertThat(run("lookup", file, "89161234567")).isEqualTo(2);
        assertThat(err().lines()).singleElement().asString().doesNotContain("server");
        assertThat(err()).startsWith(file + ":1: store: The store's folder ").endsWith(" configure another folder.\n");
    }

    @Test
    void checkNamesThePlaceOfAStoreThatCannotBeOpenedOnce() throws IOException {
        Files.writeString(folder.resolve("data"), "a file, no folder");
        String file = config("store: ./data\nregion: RU\n");

        assertThat(run("check", file)).isEqualTo(2);
        assertThat(out().lines()).anyMatch(line -> line.startsWith("fail  " + file + ":1: store: "));
    }

    @Test
    void aSandboxsPortInUseIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run("sandbox", "bitrix24", "--port", port)).isEqualTo(2);
            assertThat(err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("cordboard: --port is " + port + ", which cannot be used")
                    .endsWith("choose another port");
        }
    }

    @Test
    void whereThereIsNoCrmSyncSaysSo() throws IOException {
        String file = config("store: ./data\n");

        assertThat(run("sync", file)).isZero();
        assertThat(out()).isEqualTo("there is no CRM in " + file + ", so there are no contacts to read\n");
    }

    @Test
    void syncKnowsItsAccounts() throws IOException {
        assertThat(run("sync", config("store: ./data\n"), "main")).isEqualTo(2);
        assertThat(err()).contains("\"main\" is no CRM");
    }

    @Test
    void aStoreInUseIsAskedForThroughItsServer() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String file = config("store: ./data\nhttp: {listen: \"127.0.0.1:" + port + "\"}\n");
        try (RunningServer server =
                RunningServer.start(ConfigFile.read(Path.of(file), n -> null), Clock.systemUTC(), "test")) {
            assertThat(server.deskUrl().getPort()).isEqualTo(port);
            assertThat(run("lookup", file, "89161234567")).isEqualTo(3);
            assertThat(out()).startsWith("number: +79161234567\n");
            assertThat(run("deliveries", file, "retry", "--all")).isZero();
            assertThat(run("check", file)).isZero();
            assertThat(out()).contains("the store is in use by the server at http://127.0.0.1:" + port);

            String other = Files.writeString(
                            folder.resolve("d.yaml"), "store: ./data\nhttp: {listen: \"127.0.0.1:1\"}\n")
                    .toString();
            assertThat(run("lookup", other, "89161234567")).isEqualTo(2);
            assertThat(err())
                    .startsWith(other + ":1: store: ")
                    .contains("No server answers at http://127.0.0.1:1 either.");
        }
    }

    @Test
    void checkTellsLineByLineWhatIsRightAndWrong() throws IOException {
        String file = config("""
                store: ./data
                region: RU
                pbx:
                  - {id: hq, type: plain}
                agents:
                  - name: Anna
                    extensions: {hq: "101"}
                  - name: Boris
                """);

        assertThat(run("check", file)).isZero();
        assertThat(out().lines())
                .contains("ok    " + file + ": the configuration can be read")
                .contains("ok    " + file + ":4 (hq): it is plain")
                .contains("ok    " + file + ":6: agent Anna is known to every account")
                .contains("warn  " + file
                        + ":8: agent Boris has no extension in hq; add it, or calls there are not this" + " agent's")
                .anyMatch(line ->
                        line.startsWith("warn  " + file + ":4 (hq): its webhook is http://127.0.0.1:8080/hook/hq/"));
        assertThat(run("check", config("stor: x\n"))).isEqualTo(2);
        assertThat(out()).startsWith("fail  " + file + ":1: stor is not known here; did you mean store?");
    }
}
