package dev.assay.quality.domain.detect;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A logistic regression over {@link Ngrams} and {@link Rule}s, its n-gram weights quantised to one byte each.
 *
 * <p>The logit is {@code bias + Σ word weights / √(distinct words) + Σ character weights / √(distinct n-grams) + Σ rule
 * weights}: presence counts, repetition does not, and long texts do not outweigh short ones.
 *
 * @param name what it finds, with its version: {@code toxicity-lr/1}
 * @param bits the table has 2 to this power entries; features beyond share them
 * @param step the size of one quantisation step
 * @param weights quantised n-gram weights
 * @param ruleWeights by {@link Rule#ordinal}
 * @param bias the logit of an empty text
 * @param slope with {@code offset}: probability = sigmoid(slope · logit + offset)
 * @param offset see {@code slope}
 * @param threshold a probability at or above it is a finding
 * @param sureThreshold a probability at or above it is hardly ever wrong: good enough to page on; above 1 where there is
 *     no such threshold
 */
public record LinearModel(
        String name,
        int bits,
        float step,
        byte[] weights,
        float[] ruleWeights,
        float bias,
        double slope,
        double offset,
        double threshold,
        double sureThreshold) {
    private static final int MAGIC = 0x41534c33;

    /** Holds its arrays as given: a model is read once and never changed. */
    public LinearModel {
        if (weights.length != 1 << bits || bits > Ngrams.BITS) {
            throw new IllegalArgumentException("weights must have 2^bits entries, bits <= " + Ngrams.BITS + ", got "
                    + weights.length + " for " + bits);
        }
    }

    /** The uncalibrated score of a text; any real number. */
    public double logit(Ngrams text, long firedRules) {
        int mask = weights.length - 1;
        double logit = bias;
        if (text.wordCount() > 0) {
            logit += step * sum(text.words(), text.wordCount(), mask) / Math.sqrt(text.wordCount());
        }
        if (text.charCount() > 0) {
            logit += step * sum(text.chars(), text.charCount(), mask) / Math.sqrt(text.charCount());
        }
        for (long rest = firedRules; rest != 0; rest &= rest - 1) {
            logit += ruleWeights[Long.numberOfTrailingZeros(rest)];
        }
        return logit;
    }

    private int sum(int[] features, int count, int mask) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[features[i] & mask];
        }
        return sum;
    }

    /** The probability of the finding that belongs to a logit. */
    public double probability(double logit) {
        return 1 / (1 + Math.exp(-(slope * logit + offset)));
    }

    /** Whether a finding's score is one that is hardly ever wrong. */
    public boolean isSure(Finding finding) {
        return finding.score() >= sureThreshold;
    }

    /** The finding for this logit. */
    public Finding finding(double logit) {
        double probability = probability(logit);
        return new Finding(probability, probability >= threshold, name);
    }

    /** The same weights, calibrated. */
    public LinearModel calibrated(double slope, double offset, double threshold, double sureThreshold) {
        return new LinearModel(name, bits, step, weights, ruleWeights, bias, slope, offset, threshold, sureThreshold);
    }

    /** Writes the model; {@link #read} reads it back. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeUTF(name);
        out.writeByte(bits);
        out.writeFloat(step);
        out.write(weights);
        out.writeByte(ruleWeights.length);
        for (float weight : ruleWeights) {
            out.writeFloat(weight);
        }
        out.writeFloat(bias);
        out.writeDouble(slope);
        out.writeDouble(offset);
        out.writeDouble(threshold);
        out.writeDouble(sureThreshold);
    }

    /** Reads what {@link #write} wrote. */
    public static LinearModel read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a model file of this version");
        }
        String name = in.readUTF();
        int bits = in.readUnsignedByte();
        float step = in.readFloat();
        byte[] weights = new byte[1 << bits];
        in.readFully(weights);
        float[] ruleWeights = new float[in.readUnsignedByte()];
        for (int i = 0; i < ruleWeights.length; i++) {
            ruleWeights[i] = in.readFloat();
        }
        return new LinearModel(
                name,
                bits,
                step,
                weights,
                ruleWeights,
                in.readFloat(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }
}
