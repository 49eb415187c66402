// SPDX-License-Identifier: Apache-2.0
package io.cordboard.amocrm;

import io.cordboard.crm.Attempt;
import io.cordboard.crm.CallNotes;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes of agents, on the card that has the call. */
final class AmoNotes implements CallNotes {
    private static final Duration UNTIL_LOGGED = Duration.ofSeconds(20);

    private final CallParts parts;
    private final TextNotes texts;

    AmoNotes(CallParts parts, TextNotes texts) {
        this.parts = parts;
        this.texts = texts;
    }

    @Override
    public List<Outcome> add(List<Attempt<CrmWrite.AddNote>> attempts) {
        List<TextNotes.Wanted> wanted = new ArrayList<>();
        for (Attempt<CrmWrite.AddNote> attempt : attempts) {
            card(attempt.write()).ifPresent(card -> wanted.add(wanted(attempt, card)));
        }
        List<Outcome> written = new ArrayList<>(texts.add(wanted));
        List<Outcome> outcomes = new ArrayList<>();
        for (Attempt<CrmWrite.AddNote> attempt : attempts) {
            outcomes.add(
                    card(attempt.write()).isPresent()
                            ? written.remove(0)
                            : new Outcome.Retry(UNTIL_LOGGED, "The call is not in amoCRM yet"));
        }
        return outcomes;
    }

    private TextNotes.Wanted wanted(Attempt<CrmWrite.AddNote> attempt, Card card) {
        return new TextNotes.Wanted(
                attempt.key(),
                card,
                text(attempt.write()),
                Optional.ofNullable(attempt.write().user()).filter(AmoCrmSettings::isNumber),
                attempt.lookFirst());
    }

    private Optional<Card> card(CrmWrite.AddNote note) {
        return parts.journal()
                .call(note.call())
                .map(Journal.Trace::card)
                .or(() -> parts.journal().customer(note.call()));
    }

    private static String text(CrmWrite.AddNote note) {
        if (note.disposition() == null) {
            return note.text();
        }
        return note.text().isBlank() ? note.disposition() : note.disposition() + ": " + note.text();
    }
}
