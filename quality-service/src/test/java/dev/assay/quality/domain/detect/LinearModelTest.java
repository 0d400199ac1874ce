package dev.assay.quality.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LinearModelTest {
    private final Words words = new Words();
    private final Ngrams ngrams = new Ngrams();

    @Test
    void addsUpBiasAndScaledWeights() {
        words.read("yes");
        ngrams.read(words, 0, 1);
        byte[] weights = new byte[1 << Ngrams.BITS];
        java.util.Arrays.fill(weights, (byte) 2);
        LinearModel model = model(weights);
        // two word features (yes, begin-yes) and six n-grams ( ye, yes, es , _yes, yes_, _yes_), each 2 · 0.5
        double expected = -1 + 2 / Math.sqrt(2) + 6 / Math.sqrt(6);
        assertThat(ngrams.charCount()).isEqualTo(6);
        assertThat(model.logit(ngrams, 0)).isCloseTo(expected, within(1e-6));
        assertThat(model.logit(ngrams, Rule.SCORNS.bit())).isCloseTo(expected + 3, within(1e-6));
    }

    @Test
    void scoresAnEmptyTextByItsBias() {
        ngrams.read(words.read(""), 0, 0);
        assertThat(model(new byte[1 << Ngrams.BITS]).logit(ngrams, 0)).isEqualTo(-1);
    }

    @Test
    void labelsAtTheThreshold() {
        LinearModel model = model(new byte[1 << Ngrams.BITS]).calibrated(1, 0, 0.5, 0.9);
        assertThat(model.finding(0).label()).isTrue();
        assertThat(model.finding(-0.001).label()).isFalse();
        assertThat(model.isSure(model.finding(2))).isFalse();
        assertThat(model.isSure(model.finding(3))).isTrue();
    }

    @Test
    void isReadBackAsWritten() throws IOException {
        byte[] weights = new byte[1 << Ngrams.BITS];
        weights[7] = -5;
        LinearModel model = model(weights).calibrated(1.5, -0.25, 0.75, 0.995);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.write(new DataOutputStream(bytes));
        LinearModel read = LinearModel.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(read).usingRecursiveComparison().isEqualTo(model);
    }

    @Test
    void refusesOtherBytes() {
        assertThatThrownBy(() -> LinearModel.read(new DataInputStream(new ByteArrayInputStream(new byte[64]))))
                .isInstanceOf(IOException.class);
    }

    private static LinearModel model(byte[] weights) {
        float[] rules = new float[Rule.values().length];
        rules[Rule.SCORNS.ordinal()] = 3;
        return new LinearModel("test/1", Ngrams.BITS, 0.5f, weights, rules, -1, 1, 0, 0.5, 2);
    }
}
