// SPDX-License-Identifier: Apache-2.0
package io.cordboard.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.call.CallState;
import io.cordboard.store.CallShelf;
import io.cordboard.testkit.CrmBooks.HeldCall;
import io.cordboard.testkit.CrmBooks.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real calls; what the CRM holds in the end is compared with what the telephones did. */
final class RealAsteriskTest {
    private static final String CALLER = "127.0.0.2";
    private static final String OUTSIDE = "127.0.0.3";
    private static final int TALK_SECONDS = 3;

    @TempDir
    private static Path folder;

    private static @Nullable Asterisk started;
    private static Phone.@Nullable Rack shared;
    private static @Nullable Ports ports;

    private final List<Phone> phones = new ArrayList<>();
    private Cable cable;
    private Office office;

    @BeforeAll
    static void boot() throws Exception {
        Programs programs = Programs.get();
        System.out.println("real calls through " + programs.version());
        ports = Ports.free();
        // Any bytes are a sound in G.711.
        Path sound = Files.write(
                folder.resolve("sound.ulaw"),
                "a sound, and no silence".repeat(400).getBytes(StandardCharsets.US_ASCII));
        shared = new Phone.Rack(programs, Files.createDirectory(folder.resolve("phones")), ports, sound);
        started = new Asterisk(programs, Files.createDirectory(folder.resolve("asterisk")), ports).start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (started != null) {
            started.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        cable = new Cable(Objects.requireNonNull(ports).ami());
        office = new Office(
                Files.createTempDirectory(folder, "office"),
                ports,
                cable.port(),
                asterisk().recordings());
        office.awaitUp();
    }

    @AfterEach
    void close() throws IOException {
        phones.forEach(Phone::close);
        office.close();
        cable.close();
    }

    private static Asterisk asterisk() {
        return Objects.requireNonNull(started);
    }

    private Phone phone(String address, String scenario, Map<String, String> words) throws IOException {
        Phone phone = Phone.start(Objects.requireNonNull(shared), address, scenario, words);
        phones.add(phone);
        return phone;
    }

    private Phone agent(String name, String scenario) throws IOException {
        String extension = Office.extension(name);
        return phone(
                "127.0.0.1" + extension.substring(2),
                scenario,
                Map.of("user", extension, "ring", "1000", "talk", TALK_SECONDS + "000", "to", "103"));
    }

    private Phone caller(String number, String scenario, int seconds) throws IOException {
        return phone(
                CALLER, scenario, Map.of("user", number, "from", number, "to", Office.LINE, "talk", seconds + "000"));
    }

    private static void talked(HeldCall record, int least, int most) {
        assertThat(record.result()).isEqualTo(Result.ANSWERED);
        assertThat(record.seconds()).as("seconds of %s", record).isBetween((long) least, (long) most);
    }

    @Test
    void inAQueueBothPhonesRingAndOneAnswers() throws Exception {
        Phone boris = agent("Boris", "rings");
        Phone anna = agent("Anna", "answers");
        Phone caller = caller("79167770001", "calls-and-hangs-up", TALK_SECONDS);
        caller.done();
        anna.done();
        boris.done();

        HeldCall record = office.record("79167770001");
        assertThat(record.inbound()).isTrue();
        talked(record, TALK_SECONDS, TALK_SECONDS + 2);
        assertThat(record.user()).isEqualTo(office.user("Anna"));
    }

    @Test
    void recordingIsTheFileThatAsteriskWrote() throws Exception {
        Phone anna = agent("Anna", "answers-and-hangs-up");
        Phone caller = caller("79167770002", "calls", TALK_SECONDS);
        Phone boris = agent("Boris", "rings");
        caller.done();
        anna.done();
        boris.done();

        HeldCall record = office.record("79167770002");
        talked(record, TALK_SECONDS, TALK_SECONDS + 2);
        byte[] attached = record.recording().get();
        assertThat(attached.length).as("bytes of %d seconds", TALK_SECONDS).isGreaterThan(20_000);
        try (Stream<Path> files = Files.walk(asterisk().recordings())) {
            List<byte[]> written = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.add(Files.readAllBytes(file));
            }
            assertThat(written).anySatisfy(bytes -> assertThat(bytes).isEqualTo(attached));
        }
    }

    @Test
    void whoGivesUpIsOneMissedCall() throws Exception {
        Phone anna = agent("Anna", "rings");
        Phone boris = agent("Boris", "rings");
        Phone caller = caller("79167770003", "calls-and-gives-up", 3);
        caller.done();
        anna.done();
        boris.done();

        HeldCall record = office.record("79167770003");
        assertThat(record.result()).isEqualTo(Result.MISSED);
        assertThat(record.seconds()).isZero();
    }

    @Test
    void responsibleAgentsPhoneRingsAndNobodyElses() throws Exception {
        office.knows("Maria", "+7 916 777-00-04", "Boris");
        Phone anna = agent("Anna", "answers");
        Phone boris = agent("Boris", "answers");
        Phone caller = caller("79167770004", "calls-and-hangs-up", TALK_SECONDS);
        caller.done();
        boris.done();

        assertThat(anna.wasCalled()).as("Anna's phone was called").isFalse();
        HeldCall record = office.record("79167770004");
        talked(record, TALK_SECONDS, TALK_SECONDS + 2);
        assertThat(record.user()).isEqualTo(office.user("Boris"));
        assertThat(record.customer()).startsWith("CONTACT");
    }

    @Test
    void whoeverIsHandedOverWithoutAWordBelongsToTheSecondAgent() throws Exception {
        office.knows("Maria", "+7 916 777-00-05", "Anna");
        Phone anna = agent("Anna", "transfers-blindly");
        Phone vera = agent("Vera", "answers");
        Phone caller = caller("79167770005", "calls-and-hangs-up", 8);
        caller.done();
        anna.done();
        vera.done();

        HeldCall record = office.record("79167770005");
        talked(record, 8, 10);
        assertThat(record.user()).isEqualTo(office.user("Vera"));
    }

    @Test
    void whoeverIsHandedOverAfterAQuestionBelongsToTheSecondAgent() throws Exception {
        office.knows("Maria", "+7 916 777-00-06", "Anna");
        Phone anna = agent("Anna", "transfers-after-asking");
        Phone vera = agent("Vera", "answers");
        Phone caller = caller("79167770006", "calls-and-hangs-up", 18);
        caller.done();
        anna.done();
        vera.done();

        HeldCall record = office.record("79167770006");
        talked(record, 18, 20);
        assertThat(record.user()).isEqualTo(office.user("Vera"));
    }

    @Test
    void clickedNumberIsCalledAfterTheAgentPickedUp() throws Exception {
        Phone anna = agent("Anna", "answers");
        Phone customer = phone(
                OUTSIDE,
                "answers-and-hangs-up",
                Map.of("user", "79167770007", "ring", "1000", "talk", TALK_SECONDS + "000"));
        String order = office.server().cordboard().dial("Anna", "+7 916 777-00-07");
        customer.done();
        anna.done();

        assertThat(order).isNotEmpty();
        HeldCall record = office.record("79167770007");
        assertThat(record.inbound()).isFalse();
        talked(record, TALK_SECONDS, TALK_SECONDS + 2);
        assertThat(record.user()).isEqualTo(office.user("Anna"));
    }

    @Test
    void callIsOneRecordAlsoWhenAsteriskDiesInTheMiddleOfIt() throws Exception {
        office.knows("Maria", "+7 916 777-00-08", "Anna");
        Phone anna = agent("Anna", "answers");
        Phone caller = caller("79167770008", "calls-and-hangs-up", 60);
        caller.await("the call is answered", Phone::talks);
        anna.await("the call is answered", Phone::talks);
        asterisk().kill();
        Asterisk again = asterisk().start();
        office.awaitUp();

        HeldCall record = office.record("79167770008");
        assertThat(record.result()).isEqualTo(Result.ANSWERED);
        assertThat(record.user()).isEqualTo(office.user("Anna"));
        assertThat(again.command("core show calls")).contains("0 active calls");
    }

    @Test
    void callThatEndsWhileTheManagersLineIsCutIsOneRecord() throws Exception {
        office.knows("Maria", "+7 916 777-00-09", "Anna");
        Phone anna = agent("Anna", "answers");
        Phone caller = caller("79167770009", "calls-and-hangs-up", 4);
        caller.await("the call is answered", Phone::talks);
        Awaitility.await()
                .until(() ->
                        office
                                .server()
                                .cordboard()
                                .calls(new CallShelf.Query(Set.of(CallState.CONNECTED), null, null, 10))
                                .stream()
                                .anyMatch(card -> card.call().answeredAt() != null));
        cable.cut();
        long cutAt = System.nanoTime();
        caller.done();
        anna.done();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> System.nanoTime() - cutAt > Duration.ofSeconds(10).toNanos());
        cable.mend();
        office.awaitUp();

        HeldCall record = office.record("79167770009");
        assertThat(record.result()).isEqualTo(Result.ANSWERED);
        assertThat(record.user()).isEqualTo(office.user("Anna"));
    }
}
