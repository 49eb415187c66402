// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.http.Priority;
import io.cordboard.pbx.Recordings;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Options;
import io.cordboard.salesforce.SalesforceApi.Row;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Recordings as files below the call's task, or as links in a field of it. */
final class SalesforceRecordings implements RecordingArchive {
    private static final Duration UNTIL_LOGGED = Duration.ofSeconds(30);

    private final Parts parts;
    private final SalesforceCalls calls;
    private final SalesforceApi uploads;
    private final SalesforceSettings.Calls settings;
    // A file is whole in memory while it is sent, several times over: one at a time.
    private final ReentrantLock oneAtATime = new ReentrantLock();

    SalesforceRecordings(Parts parts, SalesforceCalls calls, SalesforceApi uploads) {
        this.parts = parts;
        this.calls = calls;
        this.uploads = uploads;
        this.settings = parts.settings().calls();
    }

    @Override
    public Outcome attach(Attempt<CrmWrite.AttachRecording> attempt, Recordings.Ready file) {
        try {
            Optional<String> task = calls.task(attempt.write().call());
            if (task.isEmpty()) {
                return new Outcome.Retry(UNTIL_LOGGED, "The call is not in Salesforce yet");
            }
            if (settings.recordings().equals("link")) {
                return file.link() == null
                        ? new Outcome.Refused(
                                "The PBX gives no link to this recording; set recordings: file to keep the file itself")
                        : link(task.get(), file.link());
            }
            return upload(attempt, task.get(), file);
        } catch (ConnectorException e) {
            return parts.outcomes().of(e);
        } catch (IOException e) {
            return new Outcome.Retry(
                    null, "The recording cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Outcome upload(Attempt<CrmWrite.AttachRecording> attempt, String task, Recordings.Ready file)
            throws IOException {
        boolean maybeThere = attempt.lookFirst()
                || attempt.number() > 1
                || parts.journal().tried(attempt.key()).isPresent();
        Optional<String> there = maybeThere ? find(task, file.fileName()) : Optional.empty();
        if (there.isPresent()) {
            return new Outcome.Done(there.get());
        }
        int most = settings.recordingMegabytes() << 20;
        if (file.size() > most) {
            return tooLong(task, file);
        }
        oneAtATime.lock();
        try {
            byte[] bytes;
            try (InputStream in = file.content().open()) {
                bytes = in.readNBytes(most + 1);
            }
            if (bytes.length > most) {
                return tooLong(task, file);
            }
            Draft draft = new Draft("ContentVersion")
                    .with("Title", file.fileName())
                    .with("PathOnClient", file.fileName())
                    .with("FirstPublishLocationId", task)
                    .with("VersionData", bytes);
            parts.journal().trying(List.of(attempt.key()));
            return parts.outcomes()
                    .of(uploads.create(List.of(draft), Options.PLAIN).get(0));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Outcome tooLong(String task, Recordings.Ready file) {
        return file.link() != null
                ? link(task, file.link())
                : new Outcome.Refused("The recording is longer than " + settings.recordingMegabytes()
                        + " MB; set recordingMaxMegabytes, up to 35");
    }

    private Optional<String> find(String task, String name) {
        return parts
                .api()
                .query(
                        Priority.DELIVERY,
                        "SELECT Id FROM ContentVersion WHERE FirstPublishLocationId = " + Soql.text(task)
                                + " AND Title = " + Soql.text(name))
                .rows()
                .stream()
                .findFirst()
                .map(Row::id);
    }

    /** The same link twice is one link, so it is written again without a look where it has a field. */
    private Outcome link(String task, URI link) {
        Optional<String> field = parts.shapes().writable("Task", settings.recordingField());
        Draft draft = new Draft("Task", task);
        if (field.isPresent()) {
            draft.with(field.get(), link.toString());
        } else {
            String text = parts
                    .api()
                    .query(Priority.DELIVERY, "SELECT Id, Description FROM Task WHERE Id = " + Soql.text(task))
                    .rows()
                    .stream()
                    .findFirst()
                    .map(row -> row.text("Description"))
                    .orElse("");
            if (text.contains(link.toString())) {
                return new Outcome.Done(task);
            }
            draft.with("Description", SalesforceNotes.below(text, "Recording: " + link));
        }
        Saved saved = parts.api().update(List.of(draft), Options.PLAIN).get(0);
        return parts.outcomes().of(saved);
    }
}
