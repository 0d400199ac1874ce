package dev.assay.localstack.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The database of an installation: one schema per service, and for each schema three roles.
 *
 * <ul>
 *   <li>{@code <schema>_owner} owns the schema; migrations run as it.
 *   <li>{@code <schema>_writer} is the sinks' role.
 *   <li>{@code <schema>_reader} is the APIs' role, held to one tenant by row-level security.
 * </ul>
 *
 * <p>No role is a superuser, none passes row-level security, none reaches another schema. Writer and reader may only
 * look into their schema: the migrations grant them what they need, table by table. Doing it again changes nothing
 * but the passwords.
 */
public final class DatabaseRoles {
    /** The database's name. */
    public static final String DATABASE = "assay";

    /** The schemas, one per service. */
    public static final List<String> SCHEMAS = List.of("ingest", "quality", "cost", "alert", "dashboard");

    /** The kinds of role of each schema. */
    public static final List<String> KINDS = List.of("owner", "writer", "reader");

    private static final String ATTRIBUTES =
            "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit";

    private final PostgresServer server;
    private final UnaryOperator<String> passwords;

    /** For a running server; {@code passwords} gives each role's password by its name. */
    public DatabaseRoles(PostgresServer server, UnaryOperator<String> passwords) {
        this.server = server;
        this.passwords = passwords;
    }

    /** Creates what is missing of the database, its schemas and roles. */
    public void create() {
        try {
            try (Connection admin = connect("postgres")) {
                createDatabase(admin);
            }
            try (Connection admin = connect(DATABASE)) {
                admin.setAutoCommit(false);
                execute(admin, "revoke all on schema public from public");
                execute(admin, "revoke all on database " + DATABASE + " from public");
                for (String schema : SCHEMAS) {
                    createSchema(admin, schema);
                }
                admin.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the schemas and roles could not be created", e);
        }
    }

    private void createSchema(Connection admin, String schema) throws SQLException {
        for (String kind : KINDS) {
            String role = schema + "_" + kind;
            createRole(admin, role);
            execute(admin, "grant connect on database " + DATABASE + " to " + role);
            execute(admin, "alter role " + role + " set search_path = " + schema);
            execute(admin, "alter role " + role + " set timezone = 'UTC'");
        }
        execute(admin, "create schema if not exists " + schema + " authorization " + schema + "_owner");
        execute(admin, "revoke all on schema " + schema + " from public");
        execute(admin, "grant usage on schema " + schema + " to " + schema + "_writer, " + schema + "_reader");
    }

    private void createRole(Connection admin, String role) throws SQLException {
        if (!exists(admin, "select 1 from pg_roles where rolname = ?", role)) {
            execute(admin, "create role " + role);
        }
        execute(admin, "alter role " + role + " " + ATTRIBUTES + " password " + literal(passwords.apply(role)));
    }

    private static void createDatabase(Connection admin) throws SQLException {
        if (!exists(admin, "select 1 from pg_database where datname = ?", DATABASE)) {
            execute(admin, "create database " + DATABASE);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), PostgresServer.ADMIN, server.adminPassword());
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
