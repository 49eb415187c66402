// SPDX-License-Identifier: Apache-2.0
package io.cordboard.examples;

import io.cordboard.Cordboard;
import io.cordboard.NumberAnswer;
import io.cordboard.bitrix24.Bitrix24;
import io.cordboard.bitrix24.Bitrix24Settings;
import io.cordboard.connector.ConnectorContext;
import io.cordboard.contact.Match;
import io.cordboard.store.SqliteStore;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.bitrix24.Bitrix24Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Fills the directory from a CRM and asks it whose number it is, in whatever way the number is written. */
public final class WhoIsCalling {
    private WhoIsCalling() {}

    /**
     * Runs the example.
     *
     * @param args not used
     * @throws IOException if no temporary folder can be made
     */
    public static void main(String[] args) throws IOException {
        run(Files.createTempDirectory("cordboard-example"), System.out);
    }

    static void run(Path folder, PrintStream out) {
        Clock clock = Clock.systemUTC();
        try (Bitrix24Sandbox portal = Bitrix24Sandbox.start(SandboxOptions.DEFAULTS);
                SqliteStore store = SqliteStore.open(folder, clock)) {
            portal.addContact("Ольга Смирнова", List.of("8 (912) 345-67-89"), 1);
            ConnectorContext context = new ConnectorContext("main", "RU", clock, store.memory("main"));
            Bitrix24Settings settings =
                    Bitrix24Settings.of(Map.of("webhookUrl", portal.webhookUrl().toString()));

            try (Cordboard cordboard = Cordboard.builder(store)
                    .region("RU")
                    .crm(Bitrix24.create(context, settings))
                    .build()) {
                cordboard.sync("main", (contacts, total) -> out.println("read " + contacts + " contacts"));
                for (String written :
                        List.of("+7 912 345-67-89", "89123456789", "sip:79123456789@pbx", "8 912 000-00-00")) {
                    NumberAnswer answer = cordboard.lookup(written);
                    out.println(written + ": "
                            + answer.lookup()
                                    .best()
                                    .map(Match::contact)
                                    .map(c -> c.name() + ", " + c.ref())
                                    .orElse("nobody")
                            + " (" + answer.micros() + " us)");
                }
            }
        }
    }
}
