// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.contact.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RankingTest {
    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void personsComeBeforeCompaniesBeforeLeadsThenOwnedThenChangedLast() {
        List<Contact> ordered = List.of(
                contact(ContactRef.Type.CONTACT, "9", "5", LATE),
                contact(ContactRef.Type.CONTACT, "8", "5", EARLY),
                contact(ContactRef.Type.CONTACT, "7", "5", null),
                contact(ContactRef.Type.CONTACT, "6", null, LATE),
                contact(ContactRef.Type.COMPANY, "5", "5", EARLY),
                contact(ContactRef.Type.COMPANY, "51", "5", EARLY),
                contact(ContactRef.Type.LEAD, "4", "5", LATE),
                contact(ContactRef.Type.LEAD, "3", null, LATE));
        List<Contact> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));

        List<Match> ranked = Ranking.rank(shuffled);

        assertThat(ranked).extracting(Match::contact).containsExactlyElementsOf(ordered);
        assertThat(ranked)
                .extracting(Match::because)
                .containsExactly(
                        "It changed later than the next one.",
                        "It changed later than the next one.",
                        "It has an owner, the next one has none.",
                        "A person comes before a company.",
                        "It is like the next one; the order is that of their ids.",
                        "A company comes before a lead.",
                        "It has an owner, the next one has none.",
                        "It has no owner, the one before has.");
    }

    @Test
    void onlyMatchSaysSo() {
        List<Match> ranked = Ranking.rank(List.of(contact(ContactRef.Type.LEAD, "1", null, null)));

        assertThat(ranked).extracting(Match::because).containsExactly("Nobody else has the number.");
    }

    private static Contact contact(
            ContactRef.Type type, String id, @Nullable String owner, @Nullable Instant updatedAt) {
        return new Contact(
                new ContactRef("main", type, id), "Name " + id, List.of("+79161234567"), owner, null, updatedAt, null);
    }
}
