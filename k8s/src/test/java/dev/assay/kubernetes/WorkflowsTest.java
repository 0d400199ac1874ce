package dev.assay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflows are well-formed, bounded, with the least permissions, and call what there is. Nothing here runs them. */
class WorkflowsTest {
    private static final Pattern FILE =
            Pattern.compile("(?<![\\w./-])(\\./assay|\\.ci/[\\w-]+|docker/[\\w.]+|k8s/[\\w/]+)");

    private static List<JsonNode> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Yaml.ROOT.resolve(".github/workflows"))) {
            return files.sorted().map(Yaml::read).toList();
        }
    }

    @Test
    void areBoundedAndAskForLittle() throws IOException {
        assertThat(workflows()).hasSize(2).allSatisfy(workflow -> {
            assertThat(workflow.at("/permissions/contents").asText()).isEqualTo("read");
            assertThat(workflow.path("jobs")).isNotEmpty().allSatisfy(job -> {
                assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 90);
                assertThat(job.path("runs-on").asText()).doesNotContain("latest");
                job.path("steps")
                        .forEach(step -> assertThat(step.has("uses") ^ step.has("run"))
                                .as(step.toString())
                                .isTrue());
            });
            assertThat(workflow.findValuesAsText("uses"))
                    .isNotEmpty()
                    .allSatisfy(action -> assertThat(action).matches("[\\w-]+/[\\w-]+@v[0-9.]+"));
        });
    }

    @Test
    void callWhatThereIs() throws IOException {
        int found = 0;
        for (JsonNode workflow : workflows()) {
            for (String text : Stream.concat(
                            workflow.findValuesAsText("run").stream(), workflow.findValuesAsText("file").stream())
                    .toList()) {
                Matcher file = FILE.matcher(text);
                while (file.find()) {
                    assertThat(Files.exists(Yaml.ROOT.resolve(file.group(1))))
                            .as(file.group(1))
                            .isTrue();
                    found++;
                }
            }
        }
        assertThat(found).isGreaterThan(3);
    }

    @Test
    void buildAnImageOfEachService() throws IOException {
        for (JsonNode workflow : workflows()) {
            for (JsonNode services : workflow.findValues("service")) {
                if (services.isArray()) {
                    assertThat(Rendered.items(services).map(JsonNode::asText))
                            .containsExactlyInAnyOrderElementsOf(Chart.MODULES.values());
                }
            }
        }
    }
}
