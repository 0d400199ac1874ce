package dev.assay.localstack.command;

import dev.assay.localstack.command.AdminApi.Key;
import dev.assay.localstack.command.AdminApi.NewKey;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks after a project's keys: {@code ./assay keys create|list|rotate|revoke}.
 *
 * <p>A new key goes to the output alone on its line, so that a script can take it; what it is for is told beside it, on
 * the other stream.
 */
final class KeysCommand {
    private static final String ROW = "%-18s %-24s %-20s %-28s %s%n";
    private static final String USAGE =
            "Say what to do: ./assay keys list, create NAME, rotate KEY_ID or revoke KEY_ID.";

    private final AdminApi api;
    /** The key that the installation itself works with. */
    private final String ownKeyId;

    private final PrintStream out;
    private final PrintStream notes;

    KeysCommand(AdminApi api, String ownKey, PrintStream out, PrintStream notes) {
        this.api = api;
        this.ownKeyId = ownKey.split("_", 3)[1];
        this.out = out;
        this.notes = notes;
    }

    /** What was asked for, apart from the options. */
    private record Arguments(List<String> words, String project, List<String> scopes) {}

    int run(List<String> arguments) throws IOException, CommandFailure {
        Arguments asked = parse(arguments);
        List<String> words = asked.words();
        String action = words.isEmpty() ? "" : words.get(0);
        int expected = action.equals("list") ? 1 : 2;
        if (words.size() != expected) {
            throw new CommandFailure(USAGE);
        }
        switch (action) {
            case "list" -> list(asked.project());
            case "create" -> create(asked.project(), words.get(1), asked.scopes());
            case "rotate" -> rotate(asked.project(), words.get(1));
            case "revoke" -> revoke(asked.project(), words.get(1));
            default -> throw new CommandFailure(USAGE);
        }
        return 0;
    }

    private static Arguments parse(List<String> arguments) throws CommandFailure {
        List<String> words = new ArrayList<>();
        String project = "default";
        List<String> scopes = List.of("ingest", "read");
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean option = argument.equals("--project") || argument.equals("--scopes");
            if (option && i + 1 == arguments.size()) {
                throw new CommandFailure(argument + " wants a value: see ./assay keys --help.");
            }
            if (argument.equals("--project")) {
                project = arguments.get(++i);
            } else if (argument.equals("--scopes")) {
                scopes = List.of(arguments.get(++i).split(","));
            } else if (argument.startsWith("-")) {
                throw new CommandFailure("keys knows no option " + argument + ": see ./assay keys --help.");
            } else {
                words.add(argument);
            }
        }
        return new Arguments(words, project, scopes);
    }

    private void list(String project) throws IOException, CommandFailure {
        out.printf(ROW, "KEY_ID", "NAME", "SCOPES", "CREATED", "STATE");
        for (Key key : api.keys(project)) {
            String state = key.isLive() ? "live" : "revoked " + key.revokedTime();
            out.printf(ROW, key.id(), key.name(), String.join(",", key.scopes()), key.createdTime(), state);
        }
    }

    private void create(String project, String name, List<String> scopes) throws IOException, CommandFailure {
        show(api.create(project, name, scopes), project);
    }

    private void show(NewKey key, String project) {
        notes.println("The key " + key.id() + " of project " + project
                + ", shown this once; it works on every service within 15 seconds:");
        out.println(key.text());
    }

    /** The new key is there before the old one goes, so that whoever holds it can be given the new one without a gap. */
    private void rotate(String project, String keyId) throws IOException, CommandFailure {
        refuseOwn(keyId);
        Key old = api.keys(project).stream()
                .filter(key -> key.id().equals(keyId) && key.isLive())
                .findFirst()
                .orElseThrow(() -> new CommandFailure("Project " + project + " has no live key " + keyId + "."));
        show(api.create(project, old.name(), old.scopes()), project);
        try {
            api.revoke(project, keyId);
        } catch (CommandFailure failure) {
            throw new CommandFailure("The new key works, but the old one is not revoked: " + failure.sentence());
        }
        notes.println("The key " + keyId + " is revoked; it fails within 5 seconds.");
    }

    private void revoke(String project, String keyId) throws IOException, CommandFailure {
        refuseOwn(keyId);
        api.revoke(project, keyId);
        notes.println("The key " + keyId + " is revoked; it fails within 5 seconds.");
    }

    private void refuseOwn(String keyId) throws CommandFailure {
        if (keyId.equals(ownKeyId)) {
            throw new CommandFailure(
                    "The key " + keyId + " is the installation's own, which ./assay works with: it stays.");
        }
    }
}
