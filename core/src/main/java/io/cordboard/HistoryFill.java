// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.connector.Connector;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.pbx.CallHistory;
import io.cordboard.pbx.CallSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a PBX for the calls that were missed during an outage; the cursor moves only when they are on disk. */
final class HistoryFill {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFill.class);
    private static final String CURSOR = "history/cursor";
    private static final int MOST_PAGES = 50;

    private final Connector pbx;
    private final CallHistory history;
    private final Memory memory;
    private final CallSink sink;

    HistoryFill(Connector pbx, CallHistory history, Memory memory, CallSink sink) {
        this.pbx = pbx;
        this.history = history;
        this.memory = memory;
        this.sink = sink;
    }

    void run() {
        try {
            CallHistory.Page page;
            int pages = 0;
            do {
                page = history.since(memory.get(CURSOR).orElse(""));
                sink.accept(page.events());
                memory.put(CURSOR, page.next());
                pages++;
            } while (page.more() && pages < MOST_PAGES);
        } catch (ConnectorException e) {
            LOG.info("{} could not be asked for its history: {}", pbx.account(), e.getMessage());
        }
    }
}
