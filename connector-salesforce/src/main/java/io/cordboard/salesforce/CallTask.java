// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.crm.CrmWrite;
import io.cordboard.salesforce.SalesforceApi.Draft;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a call looks like as a task. */
final class CallTask {
    private static final int MOST_SECONDS = 99_999_999;

    private final SalesforceSettings.Calls settings;
    private final Shapes shapes;

    CallTask(SalesforceSettings.Calls settings, Shapes shapes) {
        this.settings = settings;
        this.shapes = shapes;
    }

    /**
     * {@return the task}
     *
     * @param write the call
     * @param id the task's id when it is there already, or null
     * @param noted whether an agent said what came of the call
     */
    Draft draft(CrmWrite.LogCall write, @Nullable String id, boolean noted) {
        Draft draft = new Draft("Task", id);
        if (id == null) {
            // Which kind of task it is can be said once only, and what people write below it is theirs.
            draft.with("TaskSubtype", "Call");
            draft.with("CallObject", write.call().toString());
            if (write.revision() == 0) {
                draft.with("Description", description(write));
            }
        }
        draft.with("Subject", subject(write))
                .with("Status", settings.status())
                .with("CallType", type(write.direction()))
                .with("CallDurationInSeconds", seconds(write))
                .with("ActivityDate", day(write))
                .with(
                        "OwnerId",
                        Optional.ofNullable(write.user())
                                .or(settings::responsible)
                                .orElse(null));
        if (!noted) {
            draft.with("CallDisposition", disposition(write));
        }
        shapes.writable("Task", settings.startedField()).ifPresent(field -> draft.with(field, write.startedAt()));
        return draft;
    }

    /** The day on which the call was, where the business is: a date has no time zone of its own. */
    private LocalDate day(CrmWrite.LogCall write) {
        return write.startedAt().atZone(settings.zone()).toLocalDate();
    }

    private static int seconds(CrmWrite.LogCall write) {
        return (int) Math.min(MOST_SECONDS, write.connected().toSeconds());
    }

    private static String type(Direction direction) {
        return switch (direction) {
            case INBOUND -> "Inbound";
            case OUTBOUND -> "Outbound";
            case INTERNAL -> "Internal";
        };
    }

    static String subject(CrmWrite.LogCall write) {
        String who = who(write);
        return switch (write.direction()) {
            case INBOUND -> (write.answered() ? "Call from " : "Missed call from ") + who;
            case OUTBOUND -> (write.answered() ? "Call to " : "Unanswered call to ") + who;
            case INTERNAL -> "Internal call, " + who;
        };
    }

    private static String who(CrmWrite.LogCall write) {
        if (write.customer() != null) {
            return write.customer().e164();
        }
        return write.customerRaw().isBlank()
                ? "a hidden number"
                : write.customerRaw().strip();
    }

    private static String disposition(CrmWrite.LogCall write) {
        if (write.answered()) {
            return "Answered";
        }
        EndReason end = write.end();
        return switch (end) {
            case COMPLETED -> "Answered";
            case ABANDONED -> "Abandoned";
            case NO_ANSWER -> "No answer";
            case BUSY -> "Busy";
            case REJECTED -> "Rejected";
            case FAILED -> "Failed";
            case VOICEMAIL -> "Voicemail";
            case UNKNOWN -> "Unknown";
        };
    }

    private static String description(CrmWrite.LogCall write) {
        StringBuilder text = new StringBuilder(subject(write));
        if (write.line() != null) {
            text.append("\nLine: ").append(write.line());
        }
        text.append("\nStarted: ").append(write.startedAt()).append("\nCall: ").append(write.call());
        return text.toString();
    }
}
