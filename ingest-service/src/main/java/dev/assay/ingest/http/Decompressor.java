package dev.assay.ingest.http;

import dev.assay.platform.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses a body, up to a limit and not a byte further: a bomb costs as much as an honest body of the limit's size.
 *
 * <p>Only {@code gzip} is known; the HTTP server's own decompression, which has no limit, stays off.
 */
final class Decompressor {

    /**
     * The plain bytes.
     *
     * @throws Problem 400 if this is no gzip, 413 if it is too much
     */
    static Body gunzip(byte[] compressed, int limit) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), 8192)) {
            byte[] plain = new byte[Math.min(limit, Math.max(1024, compressed.length * 4))];
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
        } catch (IOException e) {
            throw Problem.badRequest(null, "the body is not gzip, as its Content-Encoding says");
        }
    }

    static Problem tooLarge(int limit) {
        return Problem.tooLarge("a body may have at most " + limit + " bytes, also after decompression");
    }

    private Decompressor() {}
}
