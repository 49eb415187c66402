// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** getUpdated and getDeleted: whole minutes, ids only, and not for ever. */
final class Replication {
    private static final Duration UPDATES_KEPT = Duration.ofDays(30);
    private static final Duration DELETES_KEPT = Duration.ofDays(15);

    private final Org org;
    private final ObjectType type;
    private final Instant start;
    private final Instant end;
    private final Instant covered;

    Replication(Org org, Envelope call) {
        this.org = org;
        this.type = org.schema().object(call.text("sObjectType"));
        if (!type.is("replicate")) {
            throw SoapFault.unexpected("INVALID_TYPE", "The object " + type.name() + " is not replicable");
        }
        this.start = minute(call.text("startDate"));
        this.end = minute(call.text("endDate"));
        if (!start.plusSeconds(60).isBefore(end)) {
            throw refused("endDate must be at least one minute greater than startDate");
        }
        this.covered = end.minus(org.switches().seconds("coveredLagSeconds"));
    }

    private static SoapFault refused(String text) {
        return SoapFault.unexpected("INVALID_REPLICATION_DATE", text);
    }

    private static Instant minute(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeParseException e) {
            throw SoapFault.client("'" + text + "' is not a valid value for the type xsd:dateTime");
        }
    }

    private void within(Duration kept) {
        if (start.isBefore(org.now().minus(kept))) {
            throw refused("startDate cannot be more than " + kept.toDays() + " days ago");
        }
    }

    private boolean inside(Instant time) {
        return !time.isBefore(start) && time.isBefore(covered);
    }

    String updated() {
        within(UPDATES_KEPT);
        Out out = new Out().open("result");
        org.table(type).values().stream()
                .filter(row -> !row.isDeleted())
                .filter(row -> inside(Instant.parse(row.text("SystemModstamp"))))
                .forEach(row -> out.leaf("ids", row.id()));
        return out.leaf("latestDateCovered", Org.stamp(covered)).close("result").toString();
    }

    String deleted() {
        within(DELETES_KEPT);
        Out out = new Out().open("result");
        org.table(type).values().stream()
                .filter(Row::isDeleted)
                .filter(row -> inside(Objects.requireNonNull(row.deleted())))
                .forEach(row -> out.open("deletedRecords")
                        .leaf("deletedDate", Org.stamp(Objects.requireNonNull(row.deleted())))
                        .leaf("id", row.id())
                        .close("deletedRecords"));
        return out.leaf("earliestDateAvailable", Org.stamp(org.now().minus(DELETES_KEPT)))
                .leaf("latestDateCovered", Org.stamp(covered))
                .close("result")
                .toString();
    }
}
