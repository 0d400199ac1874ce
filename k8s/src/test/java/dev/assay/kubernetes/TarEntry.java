package dev.assay.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One file out of a tar stream: as much of the format as an npm package uses. */
final class TarEntry {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int OCTAL = 8;

    private TarEntry() {}

    /** The content of the entry {@code name}. */
    static InputStream find(InputStream tar, String name) throws IOException {
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                throw new FileNotFoundException(name);
            }
            int size = (int) Long.parseLong(text(header, SIZE_AT, SIZE_BYTES), OCTAL);
            byte[] content = tar.readNBytes(size);
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            if (text(header, 0, NAME_BYTES).equals(name)) {
                return new ByteArrayInputStream(content);
            }
        }
    }

    private static String text(byte[] header, int from, int length) {
        String raw = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = raw.indexOf('\0');
        return (end < 0 ? raw : raw.substring(0, end)).strip();
    }
}
