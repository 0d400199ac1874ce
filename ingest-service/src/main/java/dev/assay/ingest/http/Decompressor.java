package dev.assay.ingest.http;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.assay.platform.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses a body, up to a limit and not a byte further: a bomb costs as much as an honest body of the limit's size.
 *
 * <p>The HTTP server's own decompression, which has no limit, stays off.
 */
final class Decompressor {
    /** The largest window that a zstd frame may ask for, 8 MiB: what RFC 8878 wants every decoder to support. */
    private static final int ZSTD_WINDOW_LOG = 23;

    /**
     * The plain bytes.
     *
     * @throws Problem 400 if the body is not compressed in this way, 413 if it is too much
     */
    static Body decompress(ContentCoding coding, byte[] compressed, int limit) {
        try (InputStream in = open(coding, new ByteArrayInputStream(compressed))) {
            return read(in, Math.max(1024, compressed.length * 4), limit);
        } catch (IOException e) {
            String name = coding.name().toLowerCase(Locale.ROOT);
            throw Problem.badRequest(null, "the body is not " + name + ", as its Content-Encoding says");
        }
    }

    private static InputStream open(ContentCoding coding, InputStream compressed) throws IOException {
        return switch (coding) {
            case GZIP -> new GZIPInputStream(compressed, 8192);
            case ZSTD -> new ZstdInputStreamNoFinalizer(compressed).setLongMax(ZSTD_WINDOW_LOG);
            case IDENTITY -> compressed;
        };
    }

    private static Body read(InputStream in, int expected, int limit) throws IOException {
        byte[] plain = new byte[Math.min(limit, expected)];
        int length = 0;
        while (true) {
            if (length == plain.length) {
                if (length >= limit) {
                    if (in.read() >= 0) {
                        throw tooLarge(limit);
                    }
                    return new Body(plain, length);
                }
                plain = Arrays.copyOf(plain, (int) Math.min(limit, plain.length * 2L));
            }
            int read = in.read(plain, length, plain.length - length);
            if (read < 0) {
                return new Body(plain, length);
            }
            length += read;
        }
    }

    static Problem tooLarge(int limit) {
        return Problem.tooLarge("a body may have at most " + limit + " bytes, also after decompression");
    }

    private Decompressor() {}
}
