package dev.assay.ingest.domain.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;

/** The one form of a message as bytes: equal messages give equal bytes, whatever the order in which maps were filled. */
public final class Canonical {

    /** The canonical bytes of a message. */
    public static byte[] bytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new IllegalStateException("an array of the right size takes the message", impossible);
        }
        return bytes;
    }

    /** Orders two messages by their canonical bytes, as unsigned. */
    static int compare(Message one, Message other) {
        return ByteString.unsignedLexicographicalComparator()
                .compare(ByteString.copyFrom(bytes(one)), ByteString.copyFrom(bytes(other)));
    }

    private Canonical() {}
}
