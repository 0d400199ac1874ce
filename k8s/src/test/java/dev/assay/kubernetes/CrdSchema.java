package dev.assay.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One version of a custom resource's definition, closed: what it does not name is wrong. Definitions are open as published
 * (the API server drops what they do not name), which would let a misspelt field pass.
 */
record CrdSchema(String apiVersion, String kind, JsonSchema schema) {
    /** It warns of each of Kubernetes' own keywords. Held: the logging framework holds loggers weakly. */
    private static final Logger VALIDATOR = Logger.getLogger("com.networknt");

    static List<CrdSchema> read(Path file) {
        VALIDATOR.setLevel(Level.SEVERE);
        JsonNode spec = Yaml.read(file).path("spec");
        return Rendered.items(spec.path("versions"))
                .map(version -> new CrdSchema(
                        spec.path("group").asText() + "/" + version.path("name").asText(),
                        spec.at("/names/kind").asText(),
                        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                                .getSchema(closed(version.at("/schema/openAPIV3Schema")))))
                .toList();
    }

    boolean isOf(JsonNode object) {
        return object.path("apiVersion").asText().equals(apiVersion)
                && object.path("kind").asText().equals(kind);
    }

    List<String> problems(JsonNode object) {
        ObjectNode bare = object.deepCopy();
        bare.remove("metadata");
        return schema.validate(bare).stream()
                .map(ValidationMessage::getMessage)
                .map(message -> Rendered.title(object) + ": " + message)
                .toList();
    }

    private static JsonNode closed(JsonNode schema) {
        ObjectNode root = schema.deepCopy();
        if (root.path("properties") instanceof ObjectNode properties) {
            properties.remove("metadata");
        }
        if (root.path("required") instanceof ArrayNode required) {
            required.removeIf(name -> name.asText().equals("metadata"));
        }
        close(root);
        return root;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
            if (object.path("properties").isObject() && !open && !object.has("additionalProperties")) {
                object.set("additionalProperties", BooleanNode.FALSE);
            }
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.remove("type");
            }
        }
        node.forEach(CrdSchema::close);
    }
}
