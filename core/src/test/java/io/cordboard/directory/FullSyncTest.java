// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.PhoneNumber;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.contact.Contact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullSyncTest {
    private final SmallCrm crm = new SmallCrm("main");

    @TempDir
    private Path folder;

    private Shelves shelves;

    @BeforeEach
    void open() {
        for (int i = 1; i <= 5; i++) {
            crm.holds(String.valueOf(i), "8916123456" + i);
        }
        shelves = new Shelves(folder, crm);
    }

    @AfterEach
    void close() {
        shelves.close();
    }

    @Test
    void everythingIsReadAndReported() {
        List<Long> progress = new ArrayList<>();

        SyncReport report = shelves.directory().sync("main", (contacts, total) -> {
            progress.add(contacts);
            assertThat(total).isEqualTo(5);
        });

        assertThat(report.contacts()).isEqualTo(5);
        assertThat(report.numbers()).isEqualTo(5);
        assertThat(report.removed()).isZero();
        assertThat(report.warning()).isNull();
        assertThat(progress).containsExactly(2L, 4L, 5L);
        assertThat(isKnown(5)).isTrue();
    }

    @Test
    void aCrmThatFindsItTooFastIsWaitedForButNotForEver() {
        crm.findsPagesTooFast(4);
        assertThat(sync().contacts()).isEqualTo(5);

        crm.findsPagesTooFast(5);
        assertThatThrownBy(this::sync).isInstanceOf(ConnectorException.class).hasMessageContaining("too fast");
        assertThat(sync().contacts()).isEqualTo(5);
    }

    @Test
    void vanishedContactsAreRemovedByACompleteSync() {
        sync();
        crm.loses("2");

        SyncReport report = sync();

        assertThat(report.removed()).isEqualTo(1);
        assertThat(report.warning()).isNull();
        assertThat(isKnown(2)).isFalse();
        assertThat(isKnown(1)).isTrue();
        shelves.restart();
        assertThat(isKnown(2)).isFalse();
        assertThat(shelves.directory().contacts()).isEqualTo(4);
    }

    @Test
    void syncThatFailsHalfWayRemovesNothingAndGoesOnWhereItStoppedAfterARestart() {
        sync();
        crm.loses("5");
        crm.holds("6", "89161234566");
        crm.cursors().clear();
        crm.failsAfterPages(1);

        assertThatThrownBy(this::sync).isInstanceOf(ConnectorException.class);
        shelves.restart();

        assertThat(isKnown(5)).isTrue();
        assertThat(isKnown(1)).isTrue();
        crm.isUp();
        SyncReport report = sync();
        assertThat(crm.cursors()).containsExactly("", "2", "4");
        assertThat(report.contacts()).isEqualTo(5);
        assertThat(report.removed()).isEqualTo(1);
        assertThat(isKnown(5)).isFalse();
        assertThat(isKnown(1)).isTrue();
        assertThat(isKnown(6)).isTrue();
    }

    @Test
    void syncThatStoppedLongAgoStartsAnew() {
        crm.failsAfterPages(1);
        assertThatThrownBy(this::sync).isInstanceOf(ConnectorException.class);
        crm.isUp();
        shelves.timeIs(SmallCrm.NOW.plus(Duration.ofHours(2)));

        SyncReport report = sync();

        assertThat(crm.cursors()).containsExactly("", "", "2", "4");
        assertThat(report.contacts()).isEqualTo(5);
    }

    @Test
    void crmThatSaysItHasNothingWipesNothing() {
        sync();
        for (int i = 1; i <= 5; i++) {
            crm.loses(String.valueOf(i));
        }

        SyncReport report = sync();

        assertThat(report.removed()).isZero();
        assertThat(report.warning())
                .isEqualTo("The CRM says that it has no contacts at all; the 5 that were known are kept."
                        + " Look whether the connection may read contacts.");
        assertThat(isKnown(1)).isTrue();
    }

    @Test
    void completeSyncThatFindsLessThanHalfIsBelievedAndReported() {
        sync();
        for (int i = 3; i <= 5; i++) {
            crm.loses(String.valueOf(i));
        }

        SyncReport report = sync();

        assertThat(report.removed()).isEqualTo(3);
        assertThat(report.warning())
                .isEqualTo("The CRM has 2 contacts, 5 were known before."
                        + " Look whether the connection may read all of them.");
    }

    @Test
    void contactsOfOtherAccountsStay() {
        SmallCrm other = new SmallCrm("other");
        shelves.directory().learn(List.of(other.contact("1", "84951234567")));

        sync();

        assertThat(shelves.directory().lookup(PhoneNumber.of("+74951234567")).best())
                .isPresent();
    }

    @Test
    void changeThatOvertakesAPageIsNotUndoneByIt() {
        sync();
        Contact moved = crm.contact("1", "84951234567");
        Contact newer =
                new Contact(moved.ref(), moved.name(), moved.phones(), null, null, SmallCrm.NOW.plusSeconds(60), null);
        crm.afterReading(() -> {
            shelves.directory().learn(List.of(newer));
            crm.tellsRemoved("2");
        });

        SyncReport report = sync();

        assertThat(shelves.directory().find(crm.ref("1"))).contains(newer);
        assertThat(isKnown(2)).isFalse();
        assertThat(report.removed()).isZero();
        shelves.restart();
        assertThat(shelves.directory().find(crm.ref("1"))).contains(newer);
        assertThat(isKnown(2)).isFalse();
    }

    @Test
    void startReadsEverythingOnceThenAsksWhatChanged() {
        shelves.directory().start();
        await().untilAsserted(() -> assertThat(isKnown(5)).isTrue());
        shelves.timeIs(SmallCrm.NOW.plus(Duration.ofMinutes(10)));
        shelves.restart(builder -> builder.pollEvery(Duration.ofMillis(50)));
        Contact changed = crm.contact("7", "89161234567");
        crm.holds(new Contact(
                changed.ref(),
                changed.name(),
                changed.phones(),
                null,
                null,
                SmallCrm.NOW.plus(Duration.ofMinutes(5)),
                null));

        shelves.directory().start();

        await().untilAsserted(() -> assertThat(isKnown(7)).isTrue());
        await().until(() -> crm.sinces().size() > 1);
        assertThat(crm.cursors()).containsExactly("", "2", "4");
        assertThat(crm.sinces().get(0)).isEqualTo(SmallCrm.NOW.minus(Duration.ofMinutes(2)));
        assertThat(crm.sinces().get(1)).isEqualTo(SmallCrm.NOW.plus(Duration.ofMinutes(8)));
    }

    @Test
    void firstSyncIsTriedAgainUntilTheCrmAnswers() {
        crm.isDown(Reason.UNAVAILABLE);
        shelves.restart(builder -> builder.pollEvery(Duration.ofMillis(50)));
        shelves.directory().start();

        crm.isUp();

        await().untilAsserted(() -> assertThat(isKnown(5)).isTrue());
    }

    private SyncReport sync() {
        return shelves.directory().sync("main", (contacts, total) -> {});
    }

    private boolean isKnown(int end) {
        return shelves.directory()
                .lookup(PhoneNumber.of("+7916123456" + end))
                .best()
                .isPresent();
    }
}
