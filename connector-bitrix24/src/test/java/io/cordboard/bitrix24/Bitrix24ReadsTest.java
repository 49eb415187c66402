// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.AgentSource;
import io.cordboard.crm.ContactSearch;
import io.cordboard.crm.ContactSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contacts, users and checks. */
final class Bitrix24ReadsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1", "7", "50"})
    void everyContactComesOnceHoweverManyListsARequestCarries(String lists) {
        try (Portal portal =
                Portal.of(folder, Portal.options().withContacts(437), Map.of("sync.listsPerRequest", lists))) {
            portal.sandbox.addCompany("Romashka", List.of("+74951112233"), 18);
            portal.sandbox.addLead("A lead", List.of("+74951112234"), 18);
            portal.sandbox.addContact("Nobody", List.of(), 18);

            List<Contact> all = all(portal.role(ContactSource.class));

            Set<Integer> expected = new HashSet<>();
            portal.sandbox.items(3).stream()
                    .filter(row -> row.containsKey("PHONE"))
                    .forEach(row -> expected.add(Integer.parseInt(String.valueOf(row.get("ID")))));
            Set<ContactRef> refs = all.stream().map(Contact::ref).collect(Collectors.toSet());
            assertThat(refs).hasSameSizeAs(all);
            assertThat(expected).hasSizeGreaterThan(400);
            assertThat(refs.stream().filter(ref -> ref.type() == ContactRef.Type.CONTACT))
                    .hasSize(expected.size());
            assertThat(all).anyMatch(contact -> contact.name().equals("Romashka"));
            assertThat(all).anyMatch(contact -> contact.name().equals("A lead"));
        }
    }

    @Test
    void thousandsOfContactsNeedAFewRequests() {
        try (Portal portal = Portal.of(folder, Portal.options().withContacts(4_000), Map.of())) {
            long before = portal.sandbox.requests();

            all(portal.role(ContactSource.class));

            // Two for the contacts, one each for companies and leads.
            assertThat(portal.sandbox.requests() - before).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void contactHasItsOwnerItsNumbersAndItsPage() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            int id = portal.sandbox.addContact("Anna Sergeeva", List.of("+7 (916) 123-45-67", "8 495 1"), 18);
            ContactRef ref = new ContactRef("main", ContactRef.Type.CONTACT, Integer.toString(id));

            List<Contact> found = portal.role(ContactSource.class).fetch(Set.of(ref));

            assertThat(found).singleElement().satisfies(contact -> {
                assertThat(contact.name()).isEqualTo("Anna Sergeeva");
                assertThat(contact.owner()).isEqualTo("18");
                assertThat(contact.phones()).containsExactly("+7 (916) 123-45-67", "8 495 1");
                assertThat(contact.url()).isEqualTo(portal.sandbox.url().resolve("/crm/contact/details/" + id + "/"));
                assertThat(contact.updatedAt()).isNotNull();
            });
        }
    }

    @Test
    void onlyWhatChangedSinceComes() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            ContactSource source = portal.role(ContactSource.class);

            assertThat(source.changedSince(Instant.now().plusSeconds(3600), "").contacts())
                    .isEmpty();
            assertThat(source.changedSince(Instant.parse("2000-01-01T00:00:00Z"), "")
                            .contacts())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"+79161234567", "8 (916) 123-45-67", "+7 (916) 123-45-67", "89161234567", "+7 916 123-45-67"})
    void searchFindsANumberInFiveSpellings(String spelling) {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            int id = portal.sandbox.addContact("Anna Sergeeva", List.of(spelling), 18);

            List<Contact> found = portal.role(ContactSearch.class).search(Portal.ANNA);

            assertThat(found).singleElement().satisfies(contact -> {
                assertThat(contact.ref().id()).isEqualTo(Integer.toString(id));
                assertThat(contact.phones()).containsExactly(spelling);
            });
        }
    }

    @Test
    void searchForAStrangerFindsNobody() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            assertThat(portal.role(ContactSearch.class).search(Portal.ANNA)).isEmpty();
        }
    }

    @Test
    void questionsAreNotAskedWhileThePortalFails() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.faults().set(Map.of("html", true));
            ContactSearch search = portal.role(ContactSearch.class);
            for (int i = 0; i < 8; i++) {
                assertThatThrownBy(() -> search.search(Portal.ANNA)).isInstanceOf(ConnectorException.class);
            }
            long before = portal.sandbox.requests();

            assertThatThrownBy(() -> search.search(Portal.ANNA))
                    .hasMessageContaining("not asked, because the last questions were not answered");

            assertThat(portal.sandbox.requests()).isEqualTo(before);
        }
    }

    @Test
    void usersHaveTheirExtensionsAndAnEmptyAnswerDoesNotForgetThem() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            AgentSource source = portal.role(AgentSource.class);
            List<AgentSource.User> first = source.users();
            portal.sandbox.faults().set(Map.of("emptyUsers", true));

            List<AgentSource.User> second = source.users();

            assertThat(first)
                    .anySatisfy(user -> {
                        assertThat(user.id()).isEqualTo("17");
                        assertThat(user.extension()).isEqualTo(new Extension("101"));
                        assertThat(user.active()).isTrue();
                    })
                    .anySatisfy(user -> assertThat(user.active()).isFalse());
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void checkFindsNothingWrongInAGoodPortal() {
        try (Portal portal = Portal.app(folder, Map.of())) {
            assertThat(portal.connector.check()).noneMatch(finding -> finding.grade() == Finding.Grade.FAIL);
        }
    }

    @Test
    void checkSaysWhatToDoAboutAWrongSecret() {
        try (Portal portal = Portal.webhook(folder, Map.of())) {
            portal.sandbox.faults().set(Map.of("PAYMENT_REQUIRED", true));

            assertThat(portal.connector.check()).singleElement().satisfies(finding -> {
                assertThat(finding.grade()).isEqualTo(Finding.Grade.FAIL);
                assertThat(finding.advice()).contains("make a new inbound webhook");
            });
        }
    }

    @Test
    void checkSaysThatTheResponsibleIsNoUser() {
        try (Portal portal = Portal.webhook(folder, Map.of("responsible", "4711"))) {
            assertThat(portal.connector.check())
                    .contains(
                            Finding.fail("user 4711 is not an active user", "responsible", "set it to an active user"));
        }
    }

    private static List<Contact> all(ContactSource source) {
        List<Contact> all = new ArrayList<>();
        String cursor = "";
        for (int i = 0; i < 1000; i++) {
            ContactSource.Page page = source.page(cursor);
            all.addAll(page.contacts());
            if (page.last()) {
                return all;
            }
            cursor = page.next();
        }
        throw new IllegalStateException("the pages never end");
    }
}
