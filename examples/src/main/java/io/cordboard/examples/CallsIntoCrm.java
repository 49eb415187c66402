// SPDX-License-Identifier: Apache-2.0
package io.cordboard.examples;

import io.cordboard.Cordboard;
import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.bitrix24.Bitrix24;
import io.cordboard.bitrix24.Bitrix24Settings;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.delivery.Delivery;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Call;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Calls of one's own PBX become records in a CRM: exactly one a call. */
public final class CallsIntoCrm {
    private CallsIntoCrm() {}

    /**
     * Runs the example.
     *
     * @param args not used
     * @throws IOException if no temporary folder can be made
     * @throws InterruptedException if somebody stops it
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        run(Files.createTempDirectory("cordboard-example"), System.out);
    }

    static void run(Path folder, PrintStream out) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        OwnPbx pbx = new OwnPbx("own");
        CountDownLatch settled = new CountDownLatch(1);
        try (Bitrix24Sandbox portal = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS.withStrict(false));
                SqliteStore store = SqliteStore.open(folder, clock)) {
            ConnectorContext context = new ConnectorContext("main", "RU", clock, store.memory("main"));
            Agent anna = new Agent(
                    "Anna", Map.of("own", new Extension("101")), Map.of("main", "1"), ZoneId.of("Europe/Moscow"));
            try (Cordboard cordboard = Cordboard.builder(store)
                    .agents(AgentRoster.of(List.of(anna)))
                    .settleAfter(Duration.ofMillis(200))
                    .pbx(pbx)
                    .crm(Bitrix24.create(
                            context,
                            Bitrix24Settings.of(
                                    Map.of("webhookUrl", portal.webhookUrl().toString()))))
                    .build()) {
                cordboard.listen(new WaitForRecord(cordboard, settled));
                cordboard.start();

                CallId call = pbx.answeredCall(
                        "8 (912) 345-67-89", "101", clock.instant().minusSeconds(62));

                boolean done = settled.await(20, TimeUnit.SECONDS);
                for (Delivery delivery : cordboard.outbox().of(call)) {
                    out.println(delivery.write() + " -> " + delivery.state() + " " + delivery.ref());
                }
                long records =
                        portal.calls().stream().filter(Bitrix24Call::finished).count();
                out.println(done ? "the portal holds " + records + " record of the call" : "the record did not come");
            }
        }
    }
}
