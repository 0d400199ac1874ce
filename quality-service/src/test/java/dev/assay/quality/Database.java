package dev.assay.quality;

import dev.assay.localstack.TestStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A session of one of the schema's roles: owner, writer or reader. */
final class Database implements AutoCloseable {
    private final Connection connection;

    Database(String role) throws SQLException {
        TestStack stack = TestStack.shared();
        connection = DriverManager.getConnection(
                stack.jdbcUrl() + (stack.jdbcUrl().contains("?") ? "&" : "?") + "currentSchema=quality",
                "quality_" + role,
                stack.password("quality_" + role));
    }

    /** Everything after this is one transaction, until this is closed. */
    Database inTransaction() throws SQLException {
        connection.setAutoCommit(false);
        return this;
    }

    int change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The first column of the first row. */
    long number(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The first column of the first row. */
    String text(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
