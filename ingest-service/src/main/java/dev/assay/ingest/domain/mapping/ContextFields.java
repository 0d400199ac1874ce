package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who called, from where, and with which labels: user, session, app, environment, tags, prompt. */
final class ContextFields {
    private static final int MAX_TAGS = 64;
    private static final int MAX_TAG_CHARS = 200;

    static void apply(SourceSpan source, Call.Builder call) {
        Attributes attributes = source.attributes();
        Attributes resource = source.resource().attributes();
        Map<?, ?> metadata = source.object(GenAiAttributes.METADATA);

        String user = attributes.firstText(FieldNames.USER_ID);
        if (user == null && metadata != null) {
            user = Coercion.text(metadata.get("user_id"));
        }
        call.setUserId(orEmpty(user));
        call.setSessionId(orEmpty(attributes.firstText(FieldNames.SESSION_ID)));
        call.setApp(orEmpty(app(attributes, resource)));
        call.setEnvironment(orEmpty(environment(attributes, resource)));
        call.setRelease(orEmpty(release(attributes, resource)));
        call.setPromptName(orEmpty(attributes.firstText(FieldNames.PROMPT_NAME)));
        call.setPromptVersion(orEmpty(attributes.firstText(FieldNames.PROMPT_VERSION)));
        call.setEndpoint(orEmpty(attributes.firstText(FieldNames.ENDPOINT)));
        call.setVariant(orEmpty(attributes.text(GenAiAttributes.ASSAY_VARIANT)));
        call.setTaskId(orEmpty(attributes.text(GenAiAttributes.ASSAY_TASK_ID)));
        call.setContext(orEmpty(attributes.text(GenAiAttributes.ASSAY_CONTEXT)));
        call.setServiceTier(serviceTier(attributes.firstText(FieldNames.SERVICE_TIER)));
        applyTags(source, call);
    }

    private static @Nullable String app(Attributes attributes, Attributes resource) {
        String service = knownService(resource.text(GenAiAttributes.SERVICE_NAME));
        if (service == null) {
            service = knownService(attributes.text(GenAiAttributes.SERVICE_NAME));
        }
        if (service != null) {
            return service;
        }
        String project = resource.text(GenAiAttributes.OPENINFERENCE_PROJECT_NAME);
        return project != null
                ? project
                : attributes.firstText(
                        GenAiAttributes.OPENINFERENCE_PROJECT_NAME,
                        GenAiAttributes.LANGSMITH_TRACE_SESSION_NAME,
                        GenAiAttributes.GEN_AI_APPLICATION_NAME);
    }

    private static @Nullable String knownService(@Nullable String name) {
        return name == null || name.startsWith("unknown_service") ? null : name;
    }

    private static @Nullable String environment(Attributes attributes, Attributes resource) {
        String ofSpan = attributes.firstText(
                GenAiAttributes.LANGFUSE_ENVIRONMENT,
                GenAiAttributes.DEPLOYMENT_ENVIRONMENT_NAME,
                GenAiAttributes.DEPLOYMENT_ENVIRONMENT,
                GenAiAttributes.GEN_AI_ENVIRONMENT);
        return ofSpan != null
                ? ofSpan
                : resource.firstText(
                        GenAiAttributes.LANGFUSE_ENVIRONMENT,
                        GenAiAttributes.DEPLOYMENT_ENVIRONMENT_NAME,
                        GenAiAttributes.DEPLOYMENT_ENVIRONMENT,
                        GenAiAttributes.GEN_AI_ENVIRONMENT);
    }

    private static @Nullable String release(Attributes attributes, Attributes resource) {
        String release = attributes.text(GenAiAttributes.LANGFUSE_RELEASE);
        if (release == null) {
            release = resource.firstText(GenAiAttributes.LANGFUSE_RELEASE, GenAiAttributes.SERVICE_VERSION);
        }
        return release != null
                ? release
                : attributes.firstText(GenAiAttributes.SERVICE_VERSION, GenAiAttributes.LANGFUSE_VERSION);
    }

    /** Providers call the ordinary tier by several names. */
    private static String serviceTier(@Nullable String tier) {
        return tier == null
                ? ""
                : switch (tier) {
                    case "default", "standard" -> "standard";
                    case "batch", "flex", "priority" -> tier;
                    default -> "";
                };
    }

    /** Tags come as an array, as JSON text of one, or separated by commas. */
    private static void applyTags(SourceSpan source, Call.Builder call) {
        for (GenAiAttributes name : FieldNames.TAGS) {
            Object value = source.attributes().get(name);
            if (value == null) {
                continue;
            }
            List<?> tags = Coercion.list(value);
            if (tags == null && value instanceof String text) {
                List<?> ofJson =
                        text.startsWith("[") ? Coercion.list(source.json().read(text)) : null;
                tags = ofJson != null ? ofJson : List.of(text.split(",", MAX_TAGS + 1));
            }
            if (tags != null && !tags.isEmpty()) {
                tags.forEach(tag -> addTag(call, tag));
                return;
            }
        }
    }

    private static void addTag(Call.Builder call, @Nullable Object tag) {
        String text = Coercion.text(tag);
        if (text != null && !text.isBlank() && call.getTagsCount() < MAX_TAGS) {
            String bare = text.strip();
            call.addTags(bare.length() > MAX_TAG_CHARS ? bare.substring(0, MAX_TAG_CHARS) : bare);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private ContextFields() {}
}
