// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSink;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what was missed: asks the statistics again and again, from where the last look ended. Where that was, is
 * remembered across restarts; what is told twice changes nothing. Used by one thread at a time.
 */
final class ZadarmaBackfill {
    private static final Logger log = LoggerFactory.getLogger(ZadarmaBackfill.class);
    private static final String CURSOR = "history/cursor";
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    private final String account;
    private final Memory memory;
    private final ZadarmaHistory history;
    private final Supplier<Optional<CallSink>> sink;
    private final ZadarmaCounts counts;
    private final Duration every;

    ZadarmaBackfill(Zadarma.Parts parts, ZadarmaHistory history, Supplier<Optional<CallSink>> sink) {
        this.account = parts.context().account();
        this.memory = parts.context().memory();
        this.history = history;
        this.sink = sink;
        this.counts = parts.counts();
        this.every = parts.settings().backfillEvery();
    }

    /** Calls of the time before an account was connected for the first time are left alone. */
    void remember() {
        if (memory.get(CURSOR).isEmpty()) {
            memory.put(CURSOR, history.fromNow());
        }
    }

    /** {@return after how long to look again; one look is one page} */
    Duration look() {
        Optional<CallSink> listener = sink.get();
        if (listener.isEmpty()) {
            return every;
        }
        try {
            CallHistory.Page page = history.since(memory.get(CURSOR).orElseGet(history::fromNow));
            if (!page.events().isEmpty()) {
                listener.get().accept(page.events());
                long calls = page.events().stream()
                        .map(event -> event.call())
                        .distinct()
                        .count();
                counts.add(ZadarmaCounts.BACKFILLED, calls);
                log.debug("{}: {} calls were read from the statistics", account, calls);
            }
            memory.put(CURSOR, page.next());
            return page.more() ? Duration.ZERO : every;
        } catch (ConnectorException e) {
            log.debug("{}: the statistics could not be read: {}", account, e.getMessage());
            return e.retryAfter().orElse(AFTER_TROUBLE);
        }
    }
}
