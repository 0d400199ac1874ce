package dev.assay.quality.train;

import static dev.assay.quality.domain.detect.Rule.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.quality.domain.detect.Rule;
import dev.assay.quality.domain.detect.TextPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The recipes of the shipped models: which data, which settings, what is held out. */
final class Recipes {
    private static final List<String> ANSWERING_MODELS =
            List.of("gpt4", "llama2orig", "llama2new", "mistralinstruct", "mistralguard");
    private static final Pattern REFUSING =
            Pattern.compile("(can['\u2019]t|cannot|unable to|not able to|won['\u2019]t) "
                    + "(assist|help|provide|fulfill|comply|support|engage|condone|offer|give|create|write|answer)");
    private static final int REFUSING_WITHIN = 160;
    /** The templates repeat themselves: one in so many is enough. */
    private static final int ONE_IN_TEMPLATES = 8;

    private static final int ONE_IN_TURNS = 4;

    private final Dataset data;

    Recipes(Dataset data) {
        this.data = data;
    }

    Recipe toxicity() throws IOException {
        List<Sample> samples = new ArrayList<>();
        List<String> sources = List.of("davidson", "surge", "toxigen-sentences", "wikipedia-comments");
        for (String source : sources) {
            String file = source + (source.startsWith("wiki") ? ".dev" : ".train") + ".jsonl";
            for (JsonNode row : data.rows("toxicity/" + file)) {
                String id = row.get("id").asText();
                samples.add(data.sample(source, id, isOne(row), row.get("text").asText(), TextPart.PASSAGES));
            }
        }
        for (JsonNode row : data.rows("bias/identity-templates.sample.jsonl")) {
            String id = row.get("id").asText();
            if (id.hashCode() % ONE_IN_TEMPLATES == 0) {
                samples.add(data.sample(
                        "identity-templates", id, isOne(row), row.get("text").asText(), TextPart.PASSAGES));
            }
        }
        addCleanAnswers(samples);
        samples.addAll(data.phrases("abuse", true, 40, TextPart.PASSAGES));
        samples.addAll(data.phrases("harmless-words", false, 40, TextPart.PASSAGES));
        List<HoldOut> holdOuts = new ArrayList<>();
        sources.forEach(source -> holdOuts.add(HoldOut.sources(source, source)));
        holdOuts.add(HoldOut.sources("identity-templates", "identity-templates").only(HoldOut.Use.CARD));
        holdOuts.add(HoldOut.sources("clean", "clean-answers-0").only(HoldOut.Use.THRESHOLD));
        holdOuts.add(HoldOut.sources("clean", "clean-answers-1").only(HoldOut.Use.THRESHOLD));
        return new Recipe(
                "toxicity",
                2,
                "the response has insulting, hateful, threatening or obscene content",
                0.05,
                beliefs(
                        0.7,
                        GROUP_SCORNED,
                        GROUP_THREATENED,
                        GROUP_DEHUMANISED,
                        GROUP_AND_SEX,
                        GROUP_AND_CRIME,
                        YOU_INSULTED,
                        YOU_THREATENED,
                        INSULTS,
                        SCORNS,
                        THREATENS,
                        SEXUAL_WORDS,
                        SELF_HARM_WORDS,
                        HARMS_SELF,
                        DEHUMANISES),
                samples,
                holdOuts,
                sample -> sample.source().startsWith("clean-answers"),
                0.0002,
                1e-5,
                List.of(
                        "Hate in clean words (stereotypes, irony) is found far less often than abuse in foul words.",
                        "Trained on English comments and tweets; other languages are close to chance.",
                        "The threshold is set for few false alarms on model answers, so recall is low; the score ranks"
                                + " better than the label tells."));
    }

    private void addCleanAnswers(List<Sample> samples) throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (JsonNode row : data.rows("refusal/xstest-responses.train.jsonl")) {
            if (row.get("prompt_unsafe").asInt() == 0) {
                texts.put(row.get("response").asText(), row.get("prompt").asText());
            }
        }
        for (JsonNode row : data.rows("judge/pandalm-pairs.jsonl")) {
            texts.put(row.get("response_1").asText(), row.get("prompt").asText());
            texts.put(row.get("response_2").asText(), row.get("prompt").asText());
        }
        for (String file : List.of("begin.train", "halueval-qa.dev")) {
            for (JsonNode row : data.rows("hallucination/" + file + ".jsonl")) {
                texts.put(row.get("context").asText(), row.get("context").asText());
                texts.put(row.get("response").asText(), row.get("context").asText());
            }
        }
        texts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            int half = Math.floorMod(entry.getValue().hashCode(), 2);
            samples.add(
                    data.sample("clean-answers-" + half, entry.getValue(), false, entry.getKey(), TextPart.PASSAGES));
        });
    }

    Recipe refusal() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode row : data.rows("refusal/xstest-responses.train.jsonl")) {
            if (!row.get("refusal").asText().equals("partial")) {
                samples.add(data.sample(
                        row.get("model").asText(),
                        row.get("prompt").asText(),
                        isOne(row),
                        row.get("response").asText(),
                        TextPart.OPENING));
            }
        }
        for (JsonNode row : data.rows("jailbreak/responses-success.train.jsonl")) {
            String text = row.get("response").asText();
            String opening =
                    text.substring(0, Math.min(REFUSING_WITHIN, text.length())).toLowerCase(java.util.Locale.ROOT);
            if (isOne(row) || REFUSING.matcher(opening).find()) {
                samples.add(
                        data.sample("gptfuzz", row.get("question_id").asText(), !isOne(row), text, TextPart.OPENING));
            }
        }
        samples.addAll(data.phrases("refusals", true, 20, TextPart.OPENING));
        samples.addAll(data.phrases("answers", false, 20, TextPart.OPENING));
        List<HoldOut> holdOuts = new ArrayList<>();
        for (String model : ANSWERING_MODELS) {
            for (int half = 0; half < 2; half++) {
                int tested = half;
                holdOuts.add(new HoldOut(
                        model + ", prompts half " + half,
                        sample -> sample.source().equals(model) && half(sample) == tested,
                        sample -> !ANSWERING_MODELS.contains(sample.source())
                                || (!sample.source().equals(model) && half(sample) != tested),
                        HoldOut.Use.BOTH));
            }
        }
        holdOuts.add(HoldOut.sources("gptfuzz (weak labels)", "gptfuzz").only(HoldOut.Use.CARD));
        holdOuts.add(HoldOut.sources("all XSTest answers", ANSWERING_MODELS.toArray(String[]::new))
                .only(HoldOut.Use.CARD));
        return new Recipe(
                "refusal",
                2,
                "the response refuses to do what was asked",
                0.5,
                beliefs(0.7, CANNOT_HELP, REGRETS_AND_CANNOT, CALLS_UNETHICAL, ASSISTANT_STRESSES, URGES_RESPECT),
                samples,
                holdOuts,
                sample -> !sample.source().equals("gptfuzz"),
                0.02,
                0,
                List.of(
                        "Only the first 250 characters are read: an answer that refuses at its end is missed.",
                        "Partial refusals are left out of training; they are flagged about as often as not.",
                        "gptfuzz has no refusal labels: an answer that does not comply and has refusing words in its"
                                + " first 160 characters stands for a refusal, one that complies for none. Answers"
                                + " that refuse and then comply are findings missed there."));
    }

    Recipe jailbreakAttempt() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode row : data.rows("jailbreak/prompts.train.jsonl")) {
            samples.add(data.sample(
                    row.get("source").asText(),
                    row.get("id").asText(),
                    isOne(row),
                    row.get("text").asText(),
                    TextPart.HEAD_AND_TAIL));
        }
        samples.addAll(data.phrases("injections", true, 25, TextPart.HEAD_AND_TAIL));
        samples.addAll(data.phrases("harmless-prompts", false, 60, TextPart.HEAD_AND_TAIL));
        samples.addAll(data.phrases("harmless-lookalikes", false, 60, TextPart.HEAD_AND_TAIL));
        addOrdinaryRequests(samples, TextPart.HEAD_AND_TAIL);
        addConversation(samples);
        return new Recipe(
                "jailbreak_attempt",
                2,
                "the prompt tries to talk the model out of its instructions",
                0.5,
                beliefs(
                        1.0,
                        OVERRIDES_PRIOR,
                        OVERRIDES_PRIOR_INSTRUCTIONS,
                        REVEALS_SYSTEM,
                        IS_TOLD_ROLE,
                        UNRESTRICTED_ROLE,
                        REVEALS_SECRET,
                        LIFTS_LIMITS),
                samples,
                List.of(
                        attempts(
                                "in-the-wild jailbreaks, MT-bench, vicuna, self-instruct-user",
                                "jailbreak_llms",
                                "MT-bench",
                                "vicuna-bench",
                                "self-instruct-user"),
                        attempts(
                                "in-the-wild jailbreaks, XSTest, CyberSecEval-FRR, self-instruct-seed",
                                "jailbreak_llms",
                                "XSTest",
                                "CyberSecEval-FRR",
                                "self-instruct-seed"),
                        attempts(
                                "CyberSecEval injections, MT-bench, vicuna, self-instruct-user",
                                "CyberSecEval",
                                "MT-bench",
                                "vicuna-bench",
                                "self-instruct-user"),
                        attempts(
                                "CyberSecEval injections, XSTest, CyberSecEval-FRR, self-instruct-seed",
                                "CyberSecEval",
                                "XSTest",
                                "CyberSecEval-FRR",
                                "self-instruct-seed")),
                sample -> true,
                0.03,
                0,
                List.of(
                        "Half of the CyberSecEval injections read as ordinary questions and are attacks only against"
                                + " their system prompt, which the detector does not see: they are not trained on,"
                                + " and most of them are missed.",
                        "Injections inside a retrieved document are not looked for: only the prompt is read.",
                        "Trained mostly on English, with phrases in seven languages of our own."));
    }

    /** Injections that fire no rule look like ordinary requests: they are measured on, but never trained on. */
    private static HoldOut attempts(String name, String... sources) {
        Set<String> held = Set.of(sources);
        return new HoldOut(
                name,
                sample -> held.contains(sample.source()),
                sample -> !held.contains(sample.source()) && isTrainable(sample),
                HoldOut.Use.BOTH);
    }

    static boolean isTrainable(Sample sample) {
        return !sample.source().equals("CyberSecEval")
                || Long.bitCount(sample.whole().rules() & ATTACK_RULES) >= 2;
    }

    private static final long ATTACK_RULES = (1L << MUST_BY_YOU.ordinal()) - 1;

    Recipe jailbreakSuccess() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode row : data.rows("jailbreak/responses-success.train.jsonl")) {
            samples.add(data.sample(
                    "gptfuzz",
                    row.get("question_id").asText(),
                    isOne(row),
                    row.get("response").asText(),
                    TextPart.HEAD));
        }
        for (JsonNode row : data.rows("refusal/xstest-responses.train.jsonl")) {
            if (row.get("prompt_unsafe").asInt() == 1) {
                samples.add(data.sample(
                        "xstest-unsafe",
                        row.get("prompt").asText(),
                        row.get("refusal").asText().equals("none"),
                        row.get("response").asText(),
                        TextPart.HEAD));
            }
        }
        List<HoldOut> holdOuts = new ArrayList<>();
        for (int third = 0; third < 3; third++) {
            int tested = third;
            holdOuts.add(new HoldOut(
                    "gptfuzz, questions third " + third,
                    sample -> sample.source().equals("gptfuzz") && Integer.parseInt(sample.group()) % 3 == tested,
                    sample -> !sample.source().equals("gptfuzz") || Integer.parseInt(sample.group()) % 3 != tested,
                    HoldOut.Use.BOTH));
        }
        holdOuts.add(HoldOut.sources("XSTest unsafe prompts", "xstest-unsafe"));
        return new Recipe(
                "jailbreak_success",
                2,
                "the response does what a harmful question asks",
                0.3,
                Map.of(),
                samples,
                holdOuts,
                sample -> true,
                0.05,
                0,
                List.of("Meant for answers to harmful or adversarial prompts: it mostly tells complying from refusing,"
                        + " so an ordinary answer to a harmless prompt scores high."));
    }

    Recipe harmfulPrompt() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String file : List.of("advbench-harmful", "cyber-borderline-benign", "xstest-prompts")) {
            for (JsonNode row : data.rows("over-refusal/" + file + ".train.jsonl")) {
                samples.add(data.sample(
                        file,
                        row.get("id").asText(),
                        isOne(row),
                        row.get("prompt").asText(),
                        TextPart.HEAD));
            }
        }
        for (JsonNode row : data.rows("jailbreak/questions.jsonl")) {
            samples.add(data.sample(
                    "gptfuzz-questions",
                    row.get("id").asText(),
                    true,
                    row.get("question").asText(),
                    TextPart.HEAD));
        }
        Set<String> ordinary = Set.of("MT-bench", "vicuna-bench", "self-instruct-user", "self-instruct-seed");
        for (JsonNode row : data.rows("jailbreak/prompts.train.jsonl")) {
            if (ordinary.contains(row.get("source").asText())) {
                samples.add(data.sample(
                        row.get("source").asText(),
                        row.get("id").asText(),
                        false,
                        row.get("text").asText(),
                        TextPart.HEAD));
            }
        }
        samples.addAll(data.phrases("harmless-prompts", false, 40, TextPart.HEAD));
        samples.addAll(data.phrases("harmless-lookalikes", false, 60, TextPart.HEAD));
        addOrdinaryRequests(samples, TextPart.HEAD);
        Map<Rule, Double> beliefs = beliefs(
                0.7,
                CRIMINAL,
                ARMED,
                DRUGGED,
                CYBER_CRIME,
                CRIME_ON_VICTIM,
                VIOLENCE_ON_VICTIM,
                GROUP_SCORNED,
                GROUP_THREATENED);
        beliefs.put(VIOLENCE_ON_MACHINE, -1.5);
        return new Recipe(
                "harmful_prompt",
                2,
                "the prompt asks for something that should be refused",
                0.2,
                beliefs,
                samples,
                List.of(
                        HoldOut.sources("XSTest contrast prompts", "xstest-prompts"),
                        HoldOut.sources(
                                "AdvBench, CyberSecEval-FRR, MT-bench, vicuna",
                                "advbench-harmful",
                                "cyber-borderline-benign",
                                "MT-bench",
                                "vicuna-bench"),
                        HoldOut.sources(
                                "gptfuzz questions, self-instruct",
                                "gptfuzz-questions",
                                "self-instruct-user",
                                "self-instruct-seed")),
                sample -> true,
                0.02,
                0.002,
                List.of(
                        "Contrast pairs that differ by one word (kill a process, kill a person) are near chance.",
                        "Requests that only their context makes wrong are not found.",
                        "The threshold is set so that ordinary requests are not called harmful; recall pays for it."));
    }

    /** What people ask every day; without it, asking "how do I …" itself looks harmful. */
    private void addOrdinaryRequests(List<Sample> samples, TextPart what) throws IOException {
        samples.addAll(data.phrases("ordinary-prompts", false, 200, what));
        samples.addAll(data.phrases("how-to", false, 600, what));
    }

    /** Turns of conversations and questions about encyclopaedia passages: no attacks, whatever they talk about. */
    private void addConversation(List<Sample> samples) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (JsonNode row : data.rows("hallucination/halueval-qa.dev.jsonl")) {
            sources.put(row.get("prompt").asText(), "halueval-questions");
        }
        for (JsonNode row : data.rows("hallucination/begin.train.jsonl")) {
            String turn = row.get("prompt").asText();
            if (turn.hashCode() % ONE_IN_TURNS == 0) {
                sources.put(turn, "begin-turns");
            }
        }
        sources.forEach((text, source) -> samples.add(data.sample(source, text, false, text, TextPart.HEAD_AND_TAIL)));
    }

    private static Map<Rule, Double> beliefs(double weight, Rule... rules) {
        Map<Rule, Double> beliefs = new HashMap<>();
        for (Rule rule : rules) {
            beliefs.put(rule, weight);
        }
        return beliefs;
    }

    private static int half(Sample sample) {
        return Math.floorMod(sample.group().hashCode(), 2);
    }

    private static boolean isOne(JsonNode row) {
        return row.get("label").asInt() == 1;
    }
}
