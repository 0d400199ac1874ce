package dev.assay.quality.domain.users;

import static dev.assay.quality.domain.users.Issue.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a comment what it complains about. A complaint that is denied ("nothing wrong", "it was not slow") is none;
 * praise that is denied ("not correct", "doesn't answer") is one.
 */
public final class IssueFinder {
    private static final int NEGATION_REACH = 3;
    private static final int DISSATISFIED = 2;

    private static final Set<String> NEGATIONS = Set.of(
            "no",
            "not",
            "never",
            "nothing",
            "none",
            "without",
            "hardly",
            "isn't",
            "wasn't",
            "aren't",
            "weren't",
            "don't",
            "doesn't",
            "didn't",
            "hasn't",
            "haven't",
            "won't",
            "can't",
            "cannot",
            "couldn't",
            "wouldn't",
            "neither",
            "nor",
            "zero",
            "kein",
            "keine",
            "keinen",
            "nicht",
            "nie");

    /** Words and phrases that complain, unless denied. */
    private static final List<Phrase> COMPLAINTS = List.of(
                    phrases(
                            INCORRECT_ANSWER,
                            "wrong",
                            "incorrect",
                            "inaccurate",
                            "false",
                            "mistake",
                            "mistakes",
                            "error",
                            "errors",
                            "mistaken",
                            "outdated",
                            "misleading",
                            "wrongly",
                            "incorrectly",
                            "buggy",
                            "bug",
                            "bugs",
                            "falsch",
                            "fehler",
                            "inexact"),
                    phrases(
                            TOO_VERBOSE,
                            "verbose",
                            "wordy",
                            "lengthy",
                            "rambling",
                            "rambles",
                            "long winded",
                            "too long",
                            "too much text",
                            "so long",
                            "repetitive",
                            "too detailed",
                            "wall of text",
                            "gets to the point slowly",
                            "zu lang"),
                    phrases(
                            TOO_BRIEF,
                            "too short",
                            "too brief",
                            "incomplete",
                            "more detail",
                            "more details",
                            "lacks detail",
                            "lacking detail",
                            "superficial",
                            "too vague",
                            "vague",
                            "cut off",
                            "truncated",
                            "missing parts",
                            "missing information",
                            "missing steps",
                            "one liner",
                            "zu kurz",
                            "unvollständig"),
                    phrases(
                            HALLUCINATION,
                            "hallucinated",
                            "hallucination",
                            "hallucinations",
                            "hallucinates",
                            "hallucinating",
                            "made up",
                            "makes up",
                            "making up",
                            "made it up",
                            "made things up",
                            "invented",
                            "invents",
                            "inventing",
                            "fabricated",
                            "fabricates",
                            "fabrication",
                            "fake source",
                            "fake sources",
                            "fake citation",
                            "fake citations",
                            "nonexistent",
                            "non existent",
                            "does not exist",
                            "doesn't exist",
                            "erfunden"),
                    phrases(
                            UNSAFE,
                            "unsafe",
                            "dangerous",
                            "harmful",
                            "offensive",
                            "toxic",
                            "racist",
                            "sexist",
                            "insulting",
                            "insulted",
                            "inappropriate",
                            "hateful",
                            "rude",
                            "abusive",
                            "hurtful",
                            "disturbing",
                            "biased",
                            "gefährlich",
                            "beleidigend"),
                    phrases(
                            SLOW,
                            "slow",
                            "slowly",
                            "slower",
                            "too long to",
                            "took forever",
                            "takes forever",
                            "takes too long",
                            "took too long",
                            "took ages",
                            "takes ages",
                            "laggy",
                            "lag",
                            "lags",
                            "timed out",
                            "timeout",
                            "waiting",
                            "latency",
                            "sluggish",
                            "langsam"),
                    phrases(
                            OVER_REFUSAL,
                            "refused",
                            "refuses",
                            "refusing",
                            "refusal",
                            "refuse",
                            "declined to",
                            "declines to",
                            "won't answer",
                            "wouldn't answer",
                            "would not answer",
                            "won't help",
                            "would not help",
                            "wouldn't help",
                            "too cautious",
                            "overly cautious",
                            "too restrictive",
                            "lecture",
                            "lectures",
                            "lectured",
                            "preachy",
                            "moralizing",
                            "censored",
                            "verweigert"))
            .stream()
            .flatMap(List::stream)
            .toList();

    /** Words of praise that complain when they are denied. */
    private static final List<Phrase> PRAISE = List.of(
                    phrases(
                            INCORRECT_ANSWER,
                            "correct",
                            "accurate",
                            "right",
                            "true",
                            "factual",
                            "work",
                            "works",
                            "worked",
                            "up to date",
                            "richtig"),
                    phrases(TOO_VERBOSE, "concise", "to the point"),
                    phrases(TOO_BRIEF, "complete", "detailed", "enough detail", "thorough", "specific enough"),
                    phrases(SLOW, "fast", "quick"),
                    phrases(UNSAFE, "safe"))
            .stream()
            .flatMap(List::stream)
            .toList();

    private record Phrase(Issue issue, String[] words) {}

    private IssueFinder() {}

    private static List<Phrase> phrases(Issue issue, String... texts) {
        List<Phrase> phrases = new ArrayList<>();
        for (String text : texts) {
            phrases.add(new Phrase(issue, text.split(" ")));
        }
        return phrases;
    }

    /**
     * The issues of one piece of feedback.
     *
     * @param category the sender's own; one that names an issue counts as that issue
     * @param stars the user's rating; a bad one whose comment says nothing known counts as {@link Issue#OTHER}
     */
    public static Set<Issue> find(String text, String category, @Nullable Integer stars) {
        Set<Issue> issues = EnumSet.noneOf(Issue.class);
        Issue.ofCategory(category).ifPresent(issues::add);
        List<List<String>> sentences = sentences(text);
        for (List<String> words : sentences) {
            add(issues, words, COMPLAINTS, false);
            add(issues, words, PRAISE, true);
        }
        if (issues.isEmpty() && stars != null && stars <= DISSATISFIED && !(text.isBlank() && category.isBlank())) {
            issues.add(OTHER);
        }
        return issues;
    }

    private static void add(Set<Issue> issues, List<String> words, List<Phrase> phrases, boolean whenDenied) {
        for (Phrase phrase : phrases) {
            for (int at = 0; at + phrase.words().length <= words.size(); at++) {
                if (matches(phrase, words, at) && isDenied(words, at) == whenDenied) {
                    issues.add(phrase.issue());
                }
            }
        }
    }

    private static boolean matches(Phrase phrase, List<String> words, int at) {
        for (int i = 0; i < phrase.words().length; i++) {
            if (!phrase.words()[i].equals(words.get(at + i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of the few words before denies it; "not only wrong" denies nothing. */
    private static boolean isDenied(List<String> words, int at) {
        for (int i = Math.max(0, at - NEGATION_REACH); i < at; i++) {
            boolean notOnly = i + 1 < words.size()
                    && (words.get(i + 1).equals("only") || words.get(i + 1).equals("just"));
            if (NEGATIONS.contains(words.get(i)) && !notOnly) {
                return true;
            }
        }
        return false;
    }

    /** A negation reaches no further than its clause. */
    private static List<List<String>> sentences(String text) {
        List<List<String>> sentences = new ArrayList<>();
        for (String clause : text.toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .split("[.,;:!?\\n()]+|\\bbut\\b|\\bhowever\\b|\\baber\\b")) {
            List<String> words = new ArrayList<>();
            for (String word : clause.split("[^\\p{L}\\p{N}']+")) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            sentences.add(words);
        }
        return sentences;
    }
}
