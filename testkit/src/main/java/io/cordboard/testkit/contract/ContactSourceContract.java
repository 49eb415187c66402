// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.ConnectorException;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactSource;
import io.cordboard.crm.ContactSource.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Everybody who has a number is read, once. */
public interface ContactSourceContract extends CrmContract {
    private static List<Contact> all(Function<String, Page> pages) {
        List<Contact> all = new ArrayList<>();
        Page page = pages.apply("");
        all.addAll(page.contacts());
        while (!page.last()) {
            page = pages.apply(page.next());
            all.addAll(page.contacts());
        }
        return all;
    }

    private List<Contact> everybody() {
        return all(role(ContactSource.class)::page);
    }

    /** The full pass finds every contact with a number exactly once. */
    @Test
    default void fullPassFindsEverybodyOnce() {
        for (int i = 0; i < 130; i++) {
            crm().hasContact("Contact " + i, List.of(Writes.customer(i).e164()), crm().user());
        }
        List<ContactRef> refs = everybody().stream()
                .map(Contact::ref)
                .filter(crm().withNumber()::contains)
                .toList();

        assertThat(refs).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(crm().withNumber());
    }

    /** The texts of the phone fields come as somebody typed them, with the name and the owner. */
    @Test
    default void contactsComeAsTheyWereTyped() {
        List<String> typed = List.of("8 (495) 700-00-01", "+7 495 700-00-02 доб. 12");
        ContactRef ref = crm().hasContact("Anna Orlova", typed, crm().colleague());

        assertThat(everybody())
                .filteredOn(contact -> contact.ref().equals(ref))
                .singleElement()
                .satisfies(contact -> {
                    assertThat(contact.phones()).containsExactlyInAnyOrderElementsOf(typed);
                    assertThat(contact.name()).contains("Anna").contains("Orlova");
                    assertThat(contact.owner()).isEqualTo(crm().colleague());
                });
    }

    /** Whoever was added or changed since a moment is found. */
    @Test
    default void changesAreFound() {
        ContactRef before = crm().hasContact("Anna", List.of("+74957000001"), crm().user());
        Instant since = Clock.systemUTC().instant().minus(Duration.ofSeconds(2));
        crm().contactChanges(before, List.of("+74957000009"));
        ContactRef added = crm().hasContact("Boris", List.of("+74957000002"), crm().user());

        List<Contact> changed = all(cursor -> role(ContactSource.class).changedSince(since, cursor));

        assertThat(changed).extracting(Contact::ref).contains(before, added).doesNotHaveDuplicates();
        assertThat(changed)
                .filteredOn(contact -> contact.ref().equals(before))
                .singleElement()
                .extracting(Contact::phones)
                .isEqualTo(List.of("+74957000009"));
    }

    /** Of those who are asked for, the ones who exist come. */
    @Test
    default void vanishedContactsAreNotFetched() {
        ContactRef anna = crm().hasContact("Anna", List.of("+74957000001"), crm().user());
        ContactRef boris = crm().hasContact("Boris", List.of("+74957000002"), crm().user());
        crm().contactVanishes(boris);

        assertThat(role(ContactSource.class).fetch(Set.of(anna, boris)))
                .extracting(Contact::ref)
                .containsExactly(anna);
    }

    /** While the vendor is down, the pass stops with a reason to try again, and goes on at the same cursor. */
    @Test
    default void passGoesOnAfterAnOutage() {
        ContactRef anna = crm().hasContact("Anna", List.of("+74957000001"), crm().user());
        crm().isDown();
        ConnectorException exception = catchThrowableOfType(ConnectorException.class, this::everybody);
        crm().isWell();

        assertThat(exception.reason().retryable()).isTrue();
        // A connector may leave a vendor alone for a while that has just failed.
        await().atMost(Duration.ofSeconds(60))
                .ignoreException(ConnectorException.class)
                .untilAsserted(
                        () -> assertThat(everybody()).extracting(Contact::ref).contains(anna));
    }
}
