// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import io.cordboard.connector.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A few connections that only read; they see what is on disk and never wait for the writer. */
final class Readers implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final List<Link> all;
    private final BlockingQueue<Link> idle;
    private final Faults faults;
    private volatile boolean closed;

    Readers(List<Link> links, Faults faults) {
        all = List.copyOf(links);
        idle = new ArrayBlockingQueue<>(links.size(), false, links);
        this.faults = faults;
    }

    <T> T read(Question<T> question) {
        Link link = borrow();
        try {
            return question.ask(link);
        } catch (SQLException e) {
            throw faults.explain(e);
        } finally {
            idle.add(link);
        }
    }

    private Link borrow() {
        @Nullable Link link;
        try {
            link = closed ? null : idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted before it was read.", e);
        }
        if (link == null) {
            throw new StoreException(
                    closed ? "The store is closed." : "The store is too slow for what is read from it.", null);
        }
        return link;
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        for (int i = 0; i < all.size(); i++) {
            borrowForClosing().close();
        }
    }

    private Link borrowForClosing() throws SQLException {
        try {
            Link link = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (link != null) {
                return link;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLException("a reader did not come back");
    }

    /** Something to read. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Link link) throws SQLException;
    }
}
