package dev.assay.quality.domain.detect;

/**
 * How far a response's words, pairs, numbers and names are found in its context: what the groundedness detector weighs.
 *
 * <p>Lexical only: a claim that turns the context round in the context's own words is not seen. Not thread-safe.
 */
public final class SupportFeatures {
    /** Number of features. */
    public static final int COUNT = 18;

    /** The feature that is the share of numbers which neither the context nor the question has. */
    public static final int NUMBERS_MISSING = 8;

    /** The feature that is the share of names which neither the context nor the question has. */
    public static final int NAMES_MISSING = 9;

    private static final int STEM_LENGTH = 5;

    private final Lexicon lexicon;
    private final HashSetOfInts words = new HashSetOfInts();
    private final HashSetOfInts stems = new HashSetOfInts();
    private final HashSetOfInts pairs = new HashSetOfInts();
    private final HashSetOfInts triples = new HashSetOfInts();
    private final HashSetOfInts asked = new HashSetOfInts();
    private final HashSetOfInts counted = new HashSetOfInts();
    private boolean contextNegates;

    /** Features with the stop words and pronouns of this lexicon. */
    public SupportFeatures(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** The features of words {@code [from, to)} of a response against its context and the question asked. */
    public double[] of(Words response, int from, int to, Words context, Words prompt) {
        learn(context, prompt);
        return measure(response, from, to);
    }

    /** Takes in the context and the question that later calls of {@link #measure} compare with. */
    void learn(Words context, Words prompt) {
        learnContext(context);
        learnPrompt(prompt);
    }

    private void learnContext(Words context) {
        int n = context.count();
        words.clear(n);
        stems.clear(n);
        pairs.clear(n);
        triples.clear(n);
        contextNegates = false;
        int before = 0;
        int last = 0;
        for (int i = 0; i < n; i++) {
            int h = context.exactHash(i);
            words.add(h);
            stems.add(stem(context, i));
            pairs.add(Hash.pair(last, h));
            triples.add(Hash.pair(Hash.pair(before, last), h));
            before = last;
            last = h;
            contextNegates |= is(h, Category.NEGATION);
        }
    }

    private void learnPrompt(Words prompt) {
        asked.clear(prompt.count());
        for (int i = 0; i < prompt.count(); i++) {
            asked.add(prompt.exactHash(i));
        }
    }

    /** The features of words {@code [from, to)} against what was learnt. */
    double[] measure(Words response, int from, int to) {
        int n = to - from;
        counted.clear(n);
        int content = 0;
        int supported = 0;
        int stemmed = 0;
        int supportedOrAsked = 0;
        int pairsFound = 0;
        int triplesFound = 0;
        int numbers = 0;
        int numbersMissing = 0;
        int names = 0;
        int namesMissing = 0;
        int personal = 0;
        int run = 0;
        int longestRun = 0;
        int supportedRun = 0;
        int longestSupportedRun = 0;
        int copied = 0;
        int longestCopied = 0;
        boolean negates = false;
        int before = 0;
        int last = 0;
        for (int i = from; i < to; i++) {
            int h = response.exactHash(i);
            boolean pair = pairs.contains(Hash.pair(last, h));
            pairsFound += pair ? 1 : 0;
            triplesFound += triples.contains(Hash.pair(Hash.pair(before, last), h)) ? 1 : 0;
            copied = pair ? copied + 1 : 0;
            longestCopied = Math.max(longestCopied, copied);
            before = last;
            last = h;
            personal += is(h, Category.PERSONAL) ? 1 : 0;
            negates |= is(h, Category.NEGATION);
            if (is(h, Category.STOPWORD) || !counted.add(h)) {
                continue;
            }
            boolean found = words.contains(h);
            content++;
            supported += found ? 1 : 0;
            boolean stemFound = found || stems.contains(stem(response, i));
            stemmed += stemFound ? 1 : 0;
            supportedRun = stemFound ? supportedRun + 1 : 0;
            longestSupportedRun = Math.max(longestSupportedRun, supportedRun);
            supportedOrAsked += found || asked.contains(h) ? 1 : 0;
            run = found ? 0 : run + 1;
            longestRun = Math.max(longestRun, run);
            if (response.hasDigit(i)) {
                numbers++;
                numbersMissing += found || asked.contains(h) ? 0 : 1;
            }
            if (response.isCapitalised(i) && !response.startsSentence(i)) {
                names++;
                namesMissing += stemFound || asked.contains(h) ? 0 : 1;
            }
        }
        return new double[] {
            share(supported, content),
            share(stemmed, content),
            share(supportedOrAsked, content),
            share(pairsFound, n),
            share(triplesFound, n),
            share(longestCopied, n),
            StrictMath.log1p(content - stemmed),
            StrictMath.log1p(longestRun),
            share(numbersMissing, numbers),
            share(namesMissing, names),
            share(personal, n),
            personal > 0 ? 1 : 0,
            response.questions() > 0 ? 1 : 0,
            negates && !contextNegates ? 1 : 0,
            square(share(stemmed, content)),
            square(share(pairsFound, n)),
            StrictMath.log1p(n),
            share(longestSupportedRun, content)
        };
    }

    private boolean is(int wordHash, Category category) {
        return (lexicon.categories(wordHash) & category.bit()) != 0;
    }

    private static int stem(Words words, int i) {
        if (words.hasDigit(i)) { // 1987 is not 1989
            return words.exactHash(i);
        }
        int h = 1;
        int length = Math.min(words.length(i), STEM_LENGTH);
        for (int j = 0; j < length; j++) {
            h = h * 31 + words.charAt(i, j);
        }
        return Hash.mix(h);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
