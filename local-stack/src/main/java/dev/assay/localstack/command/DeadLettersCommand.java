package dev.assay.localstack.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Shows the records that the services gave up, and puts them back: {@code ./assay dead-letters list|replay}. */
final class DeadLettersCommand {
    private static final String ROW = "%-16s %-24s %-20s %-9s %s%n";
    private static final String USAGE = "Say what to do: ./assay dead-letters list or replay.";

    private final List<ServiceApi> services;
    private final PrintStream out;

    DeadLettersCommand(List<ServiceApi> services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    int run(List<String> arguments) throws IOException, CommandFailure {
        List<ServiceApi> asked = services;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--service")) {
                if (i + 1 == arguments.size()) {
                    throw new CommandFailure("--service wants a value: see ./assay dead-letters --help.");
                }
                asked = named(arguments.get(++i));
            } else if (argument.startsWith("-")) {
                throw new CommandFailure(
                        "dead-letters knows no option " + argument + ": see ./assay dead-letters --help.");
            } else {
                words.add(argument);
            }
        }
        if (words.equals(List.of("list"))) {
            list(asked);
        } else if (words.equals(List.of("replay"))) {
            replay(asked);
        } else {
            throw new CommandFailure(USAGE);
        }
        return 0;
    }

    private List<ServiceApi> named(String name) throws CommandFailure {
        return List.of(services.stream()
                .filter(it -> it.service().equals(name) || it.service().equals(name + "-service"))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("There is no service " + name
                        + " with dead letters: it is one of "
                        + String.join(
                                ", ", services.stream().map(ServiceApi::service).toList()) + ".")));
    }

    private void list(List<ServiceApi> asked) throws IOException, CommandFailure {
        boolean any = false;
        for (ServiceApi service : asked) {
            String cursor = "";
            do {
                JsonNode page = service.send("GET", "/v1/dead-letters?limit=1000" + cursor, "");
                for (JsonNode letter : page.path("items")) {
                    if (!any) {
                        out.printf(ROW, "SERVICE", "FOUND", "RECORD", "STATE", "REASON");
                        any = true;
                    }
                    print(service, letter);
                }
                JsonNode next = page.path("next_cursor");
                cursor = next.isTextual() ? "&cursor=" + ServiceApi.encoded(next.asText()) : "";
            } while (!cursor.isEmpty());
        }
        if (!any) {
            out.println("There are no dead letters.");
        }
    }

    private void print(ServiceApi service, JsonNode letter) {
        String record =
                letter.path("topic").asText() + "/" + letter.path("partition").asText() + "/"
                        + letter.path("offset").asText();
        String state = letter.path("replayed").asBoolean()
                ? "replayed"
                : letter.path("bytes").isNull() ? "empty" : "kept";
        out.printf(
                ROW,
                service.service(),
                letter.path("found_time").asText(),
                record,
                state,
                letter.path("reason").asText());
    }

    private void replay(List<ServiceApi> asked) throws IOException, CommandFailure {
        for (ServiceApi service : asked) {
            int replayed = 0;
            JsonNode answer;
            do {
                answer = service.send("POST", "/v1/dead-letters/replay", "{}");
                replayed += answer.path("replayed").asInt();
            } while (answer.path("replayed").asInt() > 0 && answer.path("left").asLong() > 0);
            out.println(service.service() + ": " + replayed + " put back");
        }
    }
}
