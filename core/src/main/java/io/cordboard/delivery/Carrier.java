// SPDX-License-Identifier: Apache-2.0
package io.cordboard.delivery;

import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Health;
import io.cordboard.connector.Reason;
import io.cordboard.crm.Attempt;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.Outcome;
import io.cordboard.crm.RecordingArchive;
import io.cordboard.pbx.Recordings;
import io.cordboard.pbx.WholeRecording;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands deliveries to the roles of one account; whatever a role does, every delivery has a verdict. */
final class Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    private final Connector connector;
    private final BiFunction<CallId, Recording, Recordings.Answer> recordings;
    private final Function<String, Optional<String>> refs;

    /**
     * Creates a carrier.
     *
     * @param connector the account
     * @param recordings asks a PBX for a file
     * @param refs the account's id of what a delivery wrote, by the delivery's key
     */
    Carrier(
            Connector connector,
            BiFunction<CallId, Recording, Recordings.Answer> recordings,
            Function<String, Optional<String>> refs) {
        this.connector = connector;
        this.recordings = recordings;
        this.refs = refs;
    }

    Connector connector() {
        return connector;
    }

    /** {@return a verdict for each delivery, in their order; all are of one kind that is not a recording} */
    List<Verdict> carry(Kind kind, List<Delivery> deliveries) {
        return guarded(deliveries.size(), () -> {
            Optional<List<Outcome>> outcomes =
                    kind == Kind.ESCALATION ? escalate(deliveries) : kind.call(connector, deliveries);
            if (outcomes.isEmpty()) {
                return same(deliveries.size(), Verdict.of(kind.missing(connector)));
            }
            if (outcomes.get().size() != deliveries.size()) {
                LOG.error(
                        "{} gave {} outcomes for {} writes",
                        connector.vendor(),
                        outcomes.get().size(),
                        deliveries.size());
                return same(
                        deliveries.size(), Verdict.of(new Outcome.Unclear("The connector did not answer each write.")));
            }
            return outcomes.get().stream().map(this::verdict).toList();
        });
    }

    /** A connector that needs a person may say so only of itself, and of each write that it could not be done. */
    private Verdict verdict(Outcome outcome) {
        return outcome instanceof Outcome.Retry retry && connector.health().status() == Health.Status.REAUTHORISE
                ? Verdict.of(new Outcome.Reauthorise(retry.reason()))
                : Verdict.of(outcome);
    }

    private Optional<List<Outcome>> escalate(List<Delivery> deliveries) {
        return connector
                .role(Escalations.class)
                .map(role -> role.escalate(deliveries.stream().map(this::step).toList()));
    }

    private Escalations.Step step(Delivery delivery) {
        Attempt<CrmWrite.Escalate> attempt = Kind.attempt(delivery, CrmWrite.Escalate.class);
        String ticket = refs.apply(attempt.write().ticketKey())
                .orElseThrow(
                        () -> new ConnectorException(Reason.REFUSED, "the ticket was never opened; open it again"));
        return new Escalations.Step(attempt, ticket);
    }

    boolean takesRecordings() {
        return connector.role(RecordingArchive.class).isPresent();
    }

    Verdict noRecordings() {
        return Verdict.of(Kind.RECORDING.missing(connector));
    }

    /** {@return the PBX's answer, or the verdict of not having asked it with success} */
    Fetched fetch(CrmWrite.AttachRecording write) {
        try {
            Recordings.Answer answer = recordings.apply(write.call(), write.recording());
            if (answer instanceof Recordings.Ready ready) {
                return new Fetched(Optional.of(ready), Verdict.of(new Outcome.Unclear("")));
            }
            if (answer instanceof Recordings.NotYet wait) {
                return Fetched.not(Verdict.notYet(wait.askAgain()));
            }
            return Fetched.not(Verdict.of(new Outcome.Refused(((Recordings.Gone) answer).why())));
        } catch (ConnectorException e) {
            // The PBX's permission is not the CRM's: nothing else of the account waits for it.
            return Fetched.not(Verdict.of(e).alone());
        } catch (RuntimeException e) {
            LOG.error("A recording could not be asked for: {}", e.getClass().getName(), e);
            return Fetched.not(Verdict.of(new Outcome.Retry(null, "The recording could not be asked for.")));
        }
    }

    /** A file that came whole leaves its checksum behind; where only a link is kept, nothing was read. */
    Verdict attach(Delivery delivery, Recordings.Ready file) {
        WholeRecording whole = WholeRecording.of(file);
        Verdict verdict = guarded(
                        1,
                        () -> List.of(connector
                                .role(RecordingArchive.class)
                                .map(role -> role.attach(
                                        Kind.attempt(delivery, CrmWrite.AttachRecording.class), whole.file()))
                                .map(this::verdict)
                                .orElseGet(this::noRecordings)))
                .get(0);
        return whole.proof()
                .map(proof -> verdict.remarked(proof.size() + " bytes, SHA-256 " + proof.sha256()))
                .orElse(verdict);
    }

    private static List<Verdict> guarded(int size, Supplier<List<Verdict>> call) {
        try {
            return call.get();
        } catch (ConnectorException e) {
            return same(size, Verdict.of(e));
        } catch (RuntimeException e) {
            LOG.error(
                    "A connector failed in an unforeseen way: {}", e.getClass().getName(), e);
            return same(
                    size,
                    Verdict.of(new Outcome.Unclear(
                            "The connector failed: " + e.getClass().getSimpleName())));
        }
    }

    private static List<Verdict> same(int size, Verdict verdict) {
        return Collections.nCopies(size, verdict);
    }

    /**
     * What the PBX said about a recording.
     *
     * @param file the file, if it is there
     * @param otherwise what its absence means
     */
    record Fetched(Optional<Recordings.Ready> file, Verdict otherwise) {
        static Fetched not(Verdict why) {
            return new Fetched(Optional.empty(), why);
        }
    }
}
