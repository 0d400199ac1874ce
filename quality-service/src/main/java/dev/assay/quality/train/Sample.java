package dev.assay.quality.train;

/**
 * One labelled text.
 *
 * @param source where it comes from: what is held out together
 * @param group what must not be split between training and test (a prompt, a question, the text itself)
 * @param positive whether it is a finding
 * @param whole its features as one text: what is trained on
 * @param parts the features of the parts that the detector judges: what is measured on
 */
record Sample(String source, String group, boolean positive, Features whole, java.util.List<Features> parts) {

    /** Distinct word and character features, and fired rules as a bit set. */
    record Features(int[] words, int[] chars, long rules) {}
}
