package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.alert.domain.rule.Rule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Rules as YAML: {@code rules}, a list of what {@code POST /v1/rules} takes; one with the {@code id} of a default rule
 * changes that. All are read before any is kept, and what is wrong is told by the rule's place, name and field.
 *
 * @param project whose they are; empty if the file does not say
 */
public record RuleFile(String project, List<Rule> rules) {
    /** The longest text. */
    public static final int MAX_CHARACTERS = 1_000_000;

    private static final int MAX_RULES = 200;
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .loaderOptions(options())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    public RuleFile {
        rules = List.copyOf(rules);
    }

    /**
     * The rules of a text.
     *
     * @throws InvalidRule naming the place at fault, as {@code rules[2].threshold}, or the line where it is no YAML
     */
    public static RuleFile parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidRule("rules", "must have at most " + MAX_CHARACTERS + " characters");
        }
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new InvalidRule("rules", "must be YAML" + where + ": " + firstLine(e.getOriginalMessage()));
        }
        if (root == null || !root.path("rules").isArray()) {
            throw new InvalidRule("rules", "must be a list in a YAML object");
        }
        root.fieldNames().forEachRemaining(field -> {
            if (!field.equals("rules") && !field.equals("project")) {
                throw new InvalidRule(field, "is not a field of a rule file; there are: project, rules");
            }
        });
        return new RuleFile(root.path("project").asText(""), rules(root.get("rules")));
    }

    private static List<Rule> rules(JsonNode array) {
        if (array.size() > MAX_RULES) {
            throw new InvalidRule("rules", "must have at most " + MAX_RULES + " entries, got: " + array.size());
        }
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            Rule rule = rule(array.get(i), i);
            if (!names.add(rule.name())) {
                throw new InvalidRule("rules[" + i + "].name", "must not be that of another rule: " + rule.name());
            }
            rules.add(rule);
        }
        return rules;
    }

    private static Rule rule(JsonNode json, int index) {
        String place = "rules[" + index + "]";
        try {
            String id = json.path("id").asText("");
            if (!id.isEmpty() && DefaultRules.find(id).isEmpty()) {
                throw new InvalidRule(
                        "id", "must be that of a default rule, or left out, got: " + RuleFields.shortened(id));
            }
            Rule rule = RuleText.read(id.isEmpty() ? "none" : id, !id.isEmpty(), json);
            return id.isEmpty() ? RuleText.read(idOf(rule.name()), false, json) : rule;
        } catch (InvalidRule invalid) {
            String name = json.path("name").asText("");
            throw new InvalidRule(
                    place + "." + invalid.field(),
                    String.valueOf(invalid.getMessage())
                                    .substring(invalid.field().length() + 1)
                            + (name.isEmpty() ? "" : " (rule " + RuleFields.shortened(name) + ")"));
        }
    }

    /** Follows from the name, so that the same file makes the same rules. */
    private static String idOf(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return "rule-"
                    + HexFormat.of()
                            .formatHex(ByteBuffer.wrap(Arrays.copyOf(digest, 8)).array());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        return options;
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return RuleFields.shortened(end < 0 ? message : message.substring(0, end));
    }
}
