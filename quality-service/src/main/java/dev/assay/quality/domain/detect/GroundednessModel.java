package dev.assay.quality.domain.detect;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A logistic regression over {@link SupportFeatures}: the probability that a passage is supported by its context.
 *
 * @param name with its version: {@code groundedness-lexical/2}
 * @param weights by feature
 * @param bias the logit with all features zero
 * @param threshold a probability at or above it counts as supported
 */
public record GroundednessModel(String name, double[] weights, double bias, double threshold) {
    private static final int MAGIC = 0x41534731;

    /** The logit of being supported. */
    public double logit(double[] features) {
        double logit = bias;
        for (int i = 0; i < weights.length; i++) {
            logit += weights[i] * features[i];
        }
        return logit;
    }

    /** The finding for this logit: its label is true when the text is supported. */
    public Finding finding(double logit) {
        double probability = 1 / (1 + Math.exp(-logit));
        return new Finding(probability, probability >= threshold, name);
    }

    /** Writes the model; {@link #read} reads it back. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeUTF(name);
        out.writeByte(weights.length);
        for (double weight : weights) {
            out.writeDouble(weight);
        }
        out.writeDouble(bias);
        out.writeDouble(threshold);
    }

    /** Reads what {@link #write} wrote. */
    public static GroundednessModel read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a groundedness model of this version");
        }
        String name = in.readUTF();
        double[] weights = new double[in.readUnsignedByte()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = in.readDouble();
        }
        return new GroundednessModel(name, weights, in.readDouble(), in.readDouble());
    }
}
