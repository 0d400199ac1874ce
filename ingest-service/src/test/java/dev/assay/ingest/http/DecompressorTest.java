package dev.assay.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.assay.platform.web.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecompressorTest {
    private static final int LIMIT = 100_000;

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return text;
    }

    private static byte[] compressed(ContentCoding coding, byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                coding == ContentCoding.GZIP ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] plain(Body body) {
        return Arrays.copyOf(body.bytes(), body.length());
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void givesBackWhatWasCompressedUpToTheLimit(ContentCoding coding) throws IOException {
        for (int length : new int[] {0, 1, 1024, LIMIT - 1, LIMIT}) {
            byte[] text = text(length);
            assertThat(plain(Decompressor.decompress(coding, compressed(coding, text), LIMIT)))
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void refusesOneByteMore(ContentCoding coding) throws IOException {
        byte[] more = compressed(coding, text(LIMIT + 1));
        assertThatThrownBy(() -> Decompressor.decompress(coding, more, LIMIT))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void stopsAtTheLimitOfABomb(ContentCoding coding) throws IOException {
        byte[] bomb = compressed(coding, new byte[64 << 20]);
        assertThat(bomb).hasSizeLessThan(80_000);
        assertThatThrownBy(() -> Decompressor.decompress(coding, bomb, LIMIT))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void refusesEveryBeginningOfABody(ContentCoding coding) throws IOException {
        byte[] whole = compressed(coding, text(300));
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Decompressor.decompress(coding, part, LIMIT))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.status()).isEqualTo(400));
        }
    }

    @Test
    void refusesAZstdFrameThatAsksForMoreMemoryThanABodyNeeds() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
            out.setLong(27);
            out.write(text(50_000));
            out.flush(); // the frame's size is not known yet, so its header names the whole window of 128 MiB
            out.write(text(10));
        }
        assertThatThrownBy(() -> Decompressor.decompress(ContentCoding.ZSTD, bytes.toByteArray(), LIMIT))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }
}
