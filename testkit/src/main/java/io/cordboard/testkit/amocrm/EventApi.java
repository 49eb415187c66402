// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What happened in the account, newest first. */
final class EventApi {
    private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int MOST_IDS = 10;

    private final Account account;

    EventApi(Account account) {
        this.account = account;
    }

    /** A text that sorts by time. */
    static String ulid(Account account, long seconds) {
        StringBuilder id = new StringBuilder();
        long millis = seconds * 1000;
        for (int i = 0; i < 10; i++) {
            id.insert(0, CROCKFORD.charAt((int) (millis & 31)));
            millis >>= 5;
        }
        String tail = Integer.toString(account.events().size(), 32);
        return id + account.hex(16 - tail.length()) + tail.toLowerCase(Locale.ROOT);
    }

    SandboxReply list(Ask ask) {
        check(ask);
        Predicate<Event> wanted = Sieve.oneOf(ask, "type", Event::type);
        wanted = wanted.and(Sieve.oneOf(ask, "id", Event::id))
                .and(Sieve.oneOf(ask, "entity", event -> event.kind().singular()))
                .and(Sieve.oneOf(ask, "entity_id", Event::card))
                .and(Sieve.oneOf(ask, "created_by", Event::user))
                .and(Sieve.between(ask, "created_at", Event::at));
        List<Event> found =
                new ArrayList<>(account.events().stream().filter(wanted).toList());
        Collections.reverse(found);
        found.sort((a, b) -> Long.compare(b.at(), a.at()));
        return Hal.page(account, ask, "events", found, event -> event.view(ask.base()));
    }

    private static void check(Ask ask) {
        List<String> ids = ask.filter("entity_id");
        if (ids.size() > MOST_IDS || ask.filter("created_by").size() > MOST_IDS) {
            throw AmoError.of(400, "a filter must not hold more than 10 ids");
        }
        if (!ids.isEmpty() && ask.filter("entity").size() != 1) {
            throw AmoError.of(400, "filter[entity_id] needs exactly one filter[entity]");
        }
    }
}
