package dev.assay.ingest.grpc;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a message up to a limit and not a byte further. The stream that it reads from decompresses as it is read, so a bomb
 * costs as much as an honest message of the limit's size.
 */
final class BoundedMarshaller implements MethodDescriptor.Marshaller<GrpcBody> {
    private static final byte[] NOTHING = {};

    private final int limit;

    BoundedMarshaller(int limit) {
        this.limit = limit;
    }

    @Override
    public GrpcBody parse(InputStream stream) {
        try {
            byte[] bytes = stream.readNBytes(limit);
            return bytes.length == limit && stream.read() >= 0
                    ? new GrpcBody(NOTHING, GrpcBody.Fault.TOO_LARGE)
                    : new GrpcBody(bytes, null);
        } catch (IOException e) {
            return new GrpcBody(NOTHING, GrpcBody.Fault.MALFORMED);
        }
    }

    @Override
    public InputStream stream(GrpcBody body) {
        return new ByteArrayInputStream(body.bytes());
    }
}
