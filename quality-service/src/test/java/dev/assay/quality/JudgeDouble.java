package dev.assay.quality;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An OpenAI-compatible endpoint that judges by a word in the response, and can add. */
final class JudgeDouble implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SUM = Pattern.compile("(\\d{1,4})\\+(\\d{1,4})\\?");

    /** What an answer took, as the endpoint tells it. */
    static final int TOKENS = 321;

    private static final Pattern MARK = Pattern.compile("\"mark\" must be ([0-9a-f]{32})");

    private final WireMockServer server = new WireMockServer(
            wireMockConfig().dynamicPort().bindAddress("127.0.0.1").extensions(new Answers()));

    JudgeDouble() {
        server.start();
        server.stubFor(
                post(urlEqualTo("/v1/chat/completions")).willReturn(aResponse().withTransformers("answers")));
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    /** The bodies of all questions. */
    List<JsonNode> questions() {
        return server.getAllServeEvents().stream()
                .map(event -> json(event.getRequest().getBodyAsString()))
                .toList();
    }

    List<String> keys() {
        return server.getAllServeEvents().stream()
                .map(event -> event.getRequest().getHeader("Authorization"))
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Answers implements ResponseDefinitionTransformerV2 {
        @Override
        public ResponseDefinition transform(ServeEvent event) {
            JsonNode question = json(event.getRequest().getBodyAsString());
            JsonNode messages = question.path("messages");
            String asked = messages.path(messages.size() - 1).path("content").asText();
            Matcher mark = MARK.matcher(
                    question.path("messages").path(0).path("content").asText());
            String marked = mark.find() ? mark.group(1) : "";
            if (asked.contains("STALL")) {
                return ResponseDefinitionBuilder.like(event.getResponseDefinition())
                        .withFixedDelay(20_000)
                        .build();
            }
            if (asked.contains("RESET")) {
                return new ResponseDefinitionBuilder()
                        .withFault(Fault.CONNECTION_RESET_BY_PEER)
                        .build();
            }
            if (asked.contains("OVERLOAD")) {
                return new ResponseDefinitionBuilder().withStatus(503).build();
            }
            Matcher sum = SUM.matcher(asked);
            return new ResponseDefinitionBuilder()
                    .withStatus(200)
                    .withHeader("Content-Type", "application/json")
                    .withBody(completion(
                            sum.matches()
                                    ? String.valueOf(Integer.parseInt(sum.group(1)) + Integer.parseInt(sum.group(2)))
                                    : content(asked, marked)))
                    .build();
        }

        private static String content(String asked, String mark) {
            ObjectNode answer = JSON.createObjectNode().put("mark", mark);
            if (asked.contains("BEGIN SECOND RESPONSE")) {
                return answer.put("justification", "because")
                        .put("better", better(asked))
                        .toString();
            }
            int score = asked.contains("good answer") ? 5 : 2;
            answer.putObject("accuracy").put("score", score).put("justification", "because");
            if (asked.contains("MISSING")) {
                return answer.toString();
            }
            answer.putObject("helpfulness").put("score", 4).put("justification", "of use");
            if (asked.contains("PROSE")) {
                return "Here it is: " + answer;
            }
            if (asked.contains("OBEYED")) { // a judge that hands out what lay ready in the judged text
                return asked.substring(asked.indexOf("OBEYED") + 6, asked.lastIndexOf("}") + 1);
            }
            return answer.toString();
        }

        /** The one that is called good; of two alike the first, as judges do. */
        private static String better(String asked) {
            int second = asked.indexOf("BEGIN SECOND RESPONSE");
            boolean firstIsGood = asked.substring(0, second).contains("good answer");
            boolean secondIsGood = asked.substring(second).contains("good answer");
            return secondIsGood && !firstIsGood ? "second" : "first";
        }

        private static String completion(String content) {
            ObjectNode body = JSON.createObjectNode().put("id", "c-1").put("object", "chat.completion");
            body.putObject("usage").put("total_tokens", TOKENS);
            body.putArray("choices")
                    .addObject()
                    .put("index", 0)
                    .put("finish_reason", "stop")
                    .putObject("message")
                    .put("role", "assistant")
                    .put("content", content);
            return body.toString();
        }

        @Override
        public String getName() {
            return "answers";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
