// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection to the file with its prepared statements. Not safe for use by many threads. */
final class Link implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Link(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement whose text is used once; it is not kept. */
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return how many rows the statement changed} */
    int update(String sql, @Nullable Object... values) throws SQLException {
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
    }

    <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet results = bound(sql, values).executeQuery()) {
            while (results.next()) {
                found.add(row.read(results));
            }
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
        return found;
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        return query(sql, row, values).stream().findFirst();
    }

    long number(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, results -> results.getLong(1), values).orElse(0L);
    }

    /** A statement that failed is made anew: the driver does not always bring it back to its beginning. */
    private SQLException forgotten(String sql, SQLException fault) {
        PreparedStatement failed = prepared.remove(sql);
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException e) {
                fault.addSuppressed(e);
            }
        }
        return fault;
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            statement.setLong(place, Moments.toNanos(instant));
        } else if (value instanceof Boolean flag) {
            statement.setInt(place, flag ? 1 : 0);
        } else if (value instanceof Enum<?> word) {
            statement.setString(place, word.name());
        } else {
            statement.setObject(place, value);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet results) throws SQLException;
    }
}
