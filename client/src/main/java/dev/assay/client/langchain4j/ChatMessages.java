package dev.assay.client.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** LangChain4j's messages in the shape that most APIs have: a role and a content. Pictures and sounds are left out. */
final class ChatMessages {
    static Map<String, Object> toMap(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return message("system", system.text());
        }
        if (message instanceof AiMessage answer) {
            return message("assistant", Objects.requireNonNullElse(answer.text(), ""));
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return message("tool", String.valueOf(result.text()));
        }
        if (message instanceof UserMessage user) {
            return message(
                    "user",
                    user.contents().stream()
                            .filter(TextContent.class::isInstance)
                            .map(content -> ((TextContent) content).text())
                            .collect(Collectors.joining("\n")));
        }
        return message("user", "");
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }

    private ChatMessages() {}
}
