// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.Extension;
import io.cordboard.connector.Health;
import io.cordboard.pbx.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AsteriskRoutingTest {
    private final AsteriskSettings.Address address = new AsteriskSettings.Address("127.0.0.1", freePort());
    private final AsteriskRouting routing = routing(Duration.ofMillis(500));

    private AsteriskRouting routing(Duration patience) {
        AsteriskSettings settings = CallDeriverTest.settings()
                .with(new AsteriskSettings.Timing(
                        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1), patience));
        return new AsteriskRouting("hq", address, settings, new AsteriskCounts());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        routing.close();
    }

    /** {@return the commands that Asterisk is given for one call} */
    private List<String> call(String caller) throws IOException {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            new Socket(address.host(), address.port()).close();
            return true;
        });
        List<String> commands = new ArrayList<>();
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String request = "agi_network: yes\nagi_network_script: route?did=74951110002\n"
                    + "agi_request: agi://127.0.0.1/route?did=74951110002\nagi_channel: PJSIP/trunk-00000001\n"
                    + "agi_uniqueid: 1795365818.309\nagi_callerid: " + caller + "\nagi_context: from-trunk\n"
                    + "agi_extension: 74951110002\nagi_priority: 3\n\n";
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                // asterisk-java says at its end that the script ended well.
                if (!line.contains("AJ_AGISTATUS")) {
                    commands.add(line);
                }
                out.write("200 result=1\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
        return commands;
    }

    @Test
    void whoOnlyLooksWhetherThePortIsOpenAsksNothing() throws IOException {
        List<Router.Question> asked = new CopyOnWriteArrayList<>();
        routing.routeBy(question -> {
            asked.add(question);
            return Router.Route.DEFAULT;
        });
        routing.start();

        for (int i = 0; i < 20; i++) {
            call("7916123456" + i % 10);
        }

        assertThat(asked).hasSize(20).allMatch(question -> !question.caller().isEmpty());
    }

    @Test
    void theCallersNameAndTheResponsibleExtensionAreSet() throws IOException {
        AtomicReference<Router.Question> asked = new AtomicReference<>();
        routing.routeBy(question -> {
            asked.set(question);
            return new Router.Route("Анна \"VIP\"\nPetrova", new Extension("102"));
        });
        routing.start();

        List<String> commands = call("79161234567");

        assertThat(asked.get()).isEqualTo(new Router.Question("hq", "79161234567", "74951110002"));
        assertThat(commands)
                .containsExactly(
                        "SET VARIABLE \"CALLERID(name)\" \"Анна  VIP  Petrova\"", "SET VARIABLE \"CRM_DEST\" \"102\"");
    }

    @Test
    void aStrangersCallGoesItsOwnWay() throws IOException {
        routing.start();

        assertThat(call("79160000000")).isEmpty();
    }

    @Test
    void anAnswerThatComesTooLateIsNotAwaited() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        routing.routeBy(question -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Router.Route("too late", null);
        });
        routing.start();

        assertThat(call("79161234567")).isEmpty();
        never.countDown();
    }

    @Test
    void aRouterThatFailsDoesNotStopTheCall() throws IOException {
        routing.routeBy(question -> {
            throw new IllegalStateException("the directory is closed");
        });
        routing.start();

        assertThat(call("79161234567")).isEmpty();
    }

    @Test
    void aPortInUseIsSaid() throws IOException {
        try (ServerSocket other = new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
            assertThat(other.isBound()).isTrue();
            routing.start();

            await().atMost(Duration.ofSeconds(20)).until(() -> routing.health().status() == Health.Status.DEGRADED);
            assertThat(routing.health().detail())
                    .startsWith("FastAGI cannot listen on " + address)
                    .endsWith("change \"agi\"");
        }
    }
}
