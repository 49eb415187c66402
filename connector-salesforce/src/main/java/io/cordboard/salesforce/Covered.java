// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.Memory;
import io.cordboard.contact.ContactRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Until when the organisation has told of changes, by type, on disk. Only a poll that ended counts: that one has ended
 * is seen by the next one, which asks from later on. Runs on one thread.
 */
final class Covered {
    private static final String NEVER = "-";

    private final Memory memory;
    private final String prefix;

    Covered(Memory memory, String prefix) {
        this.memory = memory;
        this.prefix = prefix;
    }

    /** {@return until when the polls that ended have told everything; empty before the first of them} */
    Optional<Instant> until(ContactRef.Type type, Instant since) {
        String[] words = words(type);
        Instant began = moment(words, 2);
        if (began != null && since.isAfter(began)) {
            memory.put(prefix + type, words[1]);
            return Optional.ofNullable(moment(words, 1));
        }
        return Optional.ofNullable(moment(words, 0));
    }

    /** Notes until when the poll that is under way was told everything. */
    void told(ContactRef.Type type, Instant since, Instant covered) {
        memory.put(prefix + type, words(type)[0] + " " + covered + " " + since);
    }

    private String[] words(ContactRef.Type type) {
        return memory.get(prefix + type).orElse(NEVER).split(" ", -1);
    }

    private static @Nullable Instant moment(String[] words, int place) {
        try {
            return place < words.length ? Instant.parse(words[place]) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
