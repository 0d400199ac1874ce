package dev.assay.localstack.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The project that the demonstration lives in, and its key, which is kept beside the installation's own. */
final class DemoProject {
    /** Its id. */
    static final String ID = "demo";

    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private final DemoClient admin;
    private final Path keyFile;

    /** {@code admin} has the built-in key; {@code keyFile} is where the project's own is kept. */
    DemoProject(DemoClient admin, Path keyFile) {
        this.admin = admin;
        this.keyFile = keyFile;
    }

    /** The project's key; project and key are made when they are missing. */
    String key() throws IOException {
        if (Files.exists(keyFile)) {
            return Files.readString(keyFile).strip();
        }
        ObjectNode project = JsonNodeFactory.instance.objectNode();
        project.put("id", ID);
        project.put("name", "Demonstration");
        project.put("generated", true);
        DemoClient.Answer created = admin.post("/v1/projects", project);
        if (created.status() != CREATED && created.status() != CONFLICT) {
            throw new IOException("the project demo could not be created: " + created.status() + " " + created.body());
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("name", "demonstration");
        request.putArray("scopes").add("ingest").add("read");
        DemoClient.Answer answer = admin.post("/v1/projects/" + ID + "/keys", request);
        if (answer.status() != CREATED) {
            throw new IOException("the demo's key could not be created: " + answer.status() + " " + answer.body());
        }
        String key = answer.body().path("key").asText();
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, key);
        return key;
    }
}
