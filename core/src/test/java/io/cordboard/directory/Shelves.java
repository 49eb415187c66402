// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import io.cordboard.store.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/** A store in a folder and the directory on it, opened and closed as often as a test likes. */
final class Shelves implements AutoCloseable {
    private final Path folder;
    private final SmallCrm[] crms;
    private volatile Instant time = SmallCrm.NOW;
    private SqliteStore store;
    private Directory directory;
    private UnaryOperator<Directory.Builder> choices = builder -> builder;

    Shelves(Path folder, SmallCrm... crms) {
        this.folder = folder;
        this.crms = crms;
        this.store = SqliteStore.open(folder, Clock.systemUTC());
        this.directory = open();
    }

    private Directory open() {
        Directory.Builder builder =
                Directory.builder(new NumberPlan("RU"), store.contacts()).clock(clock());
        for (SmallCrm crm : crms) {
            builder.account(crm, "RU", store.memory(crm.account()));
        }
        return choices.apply(builder).open();
    }

    Directory directory() {
        return directory;
    }

    SqliteStore store() {
        return store;
    }

    Directory restart() {
        return restart(choices);
    }

    /** Ends everything and starts anew on the same files. */
    Directory restart(UnaryOperator<Directory.Builder> newChoices) {
        close();
        choices = newChoices;
        store = SqliteStore.open(folder, Clock.systemUTC());
        directory = open();
        return directory;
    }

    void timeIs(Instant now) {
        time = now;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time;
            }
        };
    }

    @Override
    public void close() {
        directory.close();
        store.close();
    }
}
