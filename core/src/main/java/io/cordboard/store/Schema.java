// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The tables, and how older files become like them. */
final class Schema {
    /** "Cord" in ASCII: says whose file it is. */
    static final long APPLICATION = 0x436f7264;

    /** Step n makes version n + 1 of version n; a step that was released is never changed. */
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    "CREATE TABLE events (seq INTEGER PRIMARY KEY, call TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,"
                            + " body TEXT NOT NULL, UNIQUE (call, key))",
                    // What lists and the recovery ask for, small, because every event changes a row of it; the card is
                    // beside
                    // it.
                    "CREATE TABLE calls (call TEXT PRIMARY KEY, pbx TEXT NOT NULL, stored INTEGER NOT NULL,"
                            + " contained INTEGER NOT NULL, state TEXT, absorbed INTEGER NOT NULL DEFAULT 0,"
                            + " started_at INTEGER, customer TEXT) WITHOUT ROWID",
                    "CREATE INDEX calls_open ON calls (call) WHERE " + CallTable.OPEN,
                    "CREATE INDEX calls_started ON calls (started_at)",
                    "CREATE INDEX calls_customer ON calls (customer, started_at)",
                    "CREATE INDEX calls_state ON calls (state, started_at)",
                    "CREATE TABLE cards (call TEXT PRIMARY KEY, body TEXT NOT NULL)",
                    "CREATE TABLE deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, key TEXT NOT NULL,"
                            + " lane TEXT NOT NULL, after TEXT, call TEXT NOT NULL, state TEXT NOT NULL,"
                            + " held INTEGER NOT NULL, attempts INTEGER NOT NULL, look_first INTEGER NOT NULL,"
                            + " created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, reason TEXT, ref TEXT,"
                            + " body TEXT NOT NULL, UNIQUE (account, key))",
                    "CREATE INDEX deliveries_ready ON deliveries (account, id, next_at) WHERE state = 'PENDING' AND held = 0",
                    "CREATE INDEX deliveries_next ON deliveries (account, next_at) WHERE state = 'PENDING' AND held = 0",
                    "CREATE INDEX deliveries_lane ON deliveries (account, lane, id) WHERE state = 'PENDING'",
                    "CREATE INDEX deliveries_after ON deliveries (account, after) WHERE after IS NOT NULL",
                    "CREATE INDEX deliveries_call ON deliveries (call)",
                    "CREATE INDEX deliveries_state ON deliveries (state)",
                    "CREATE INDEX deliveries_count ON deliveries (account, state)",
                    "CREATE TABLE contacts (account TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, pass INTEGER NOT NULL,"
                            + " body TEXT NOT NULL, PRIMARY KEY (account, type, id)) WITHOUT ROWID",
                    "CREATE INDEX contacts_pass ON contacts (account, pass)",
                    "CREATE TABLE memory (account TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
                            + " PRIMARY KEY (account, key)) WITHOUT ROWID",
                    "CREATE TABLE probe (at INTEGER NOT NULL)"),
            List.of("ALTER TABLE deliveries ADD COLUMN tried_since INTEGER"),
            List.of(
                    "CREATE TABLE turns (agent TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, detail TEXT,"
                            + " PRIMARY KEY (agent, at)) WITHOUT ROWID",
                    "CREATE INDEX turns_at ON turns (at)"));

    private Schema() {}

    static int newest() {
        return STEPS.size();
    }

    /** Makes the tables what they must be, within one transaction. */
    static void prepare(Link link, Path file) throws SQLException {
        prepare(link, file, newest());
    }

    /** Makes the tables what they were in a version; tests make old files with it. */
    static void prepare(Link link, Path file, int wanted) throws SQLException {
        long application = link.number("PRAGMA application_id");
        long version = link.number("PRAGMA user_version");
        boolean empty = link.number("SELECT count(*) FROM sqlite_master") == 0;
        if (application != APPLICATION && !(empty && application == 0 && version == 0)) {
            throw new StoreException(
                    "The file " + file + " belongs to another program; configure another folder for the store.", null);
        }
        if (version > newest()) {
            throw new StoreException(
                    "The store " + file + " was written by a newer Cordboard (its version is " + version
                            + ", this program knows " + newest() + "); start that one, or restore an older backup.",
                    null);
        }
        for (int step = (int) version; step < wanted; step++) {
            for (String statement : STEPS.get(step)) {
                link.run(statement);
            }
        }
        if (version < wanted) {
            link.run("PRAGMA application_id = " + APPLICATION);
            link.run("PRAGMA user_version = " + wanted);
        }
    }
}
