package dev.assay.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The log of a process that appends to it. Bounded: past the limit the text moves to {@code <name>.1}, replacing what
 * was there, and the file is emptied in place, so the process that writes it need not know.
 */
public record LogFile(Path path) {
    private static final long LIMIT_BYTES = 32L * 1024 * 1024;

    /** Makes the file's directory, and room in the file. */
    public void prepare() throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        bound();
    }

    /** Moves the text aside when it has grown past the limit. */
    public void bound() throws IOException {
        if (Files.exists(path) && Files.size(path) > LIMIT_BYTES) {
            Files.copy(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.truncate(0);
            }
        }
    }
}
