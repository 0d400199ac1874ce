package dev.assay.ingest.domain.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.assay.contracts.llm.v1.Call;

/** A total order of the values that two calls have in a field: numbers by size, text and all else by canonical bytes. */
final class FieldValues {

    static int compare(FieldDescriptor field, Call one, Call other) {
        if (field.isRepeated() || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            return Canonical.compare(only(field, one), only(field, other));
        }
        Object mine = one.getField(field);
        Object its = other.getField(field);
        return switch (field.getJavaType()) {
            case INT -> Integer.compare((Integer) mine, (Integer) its);
            case LONG -> Long.compare((Long) mine, (Long) its);
            case BOOLEAN -> Boolean.compare((Boolean) mine, (Boolean) its);
            case DOUBLE -> Double.compare((Double) mine, (Double) its);
            case ENUM ->
                Integer.compare(((EnumValueDescriptor) mine).getNumber(), ((EnumValueDescriptor) its).getNumber());
            case STRING ->
                ByteString.unsignedLexicographicalComparator()
                        .compare(ByteString.copyFromUtf8((String) mine), ByteString.copyFromUtf8((String) its));
            default -> Canonical.compare(only(field, one), only(field, other));
        };
    }

    private static Call only(FieldDescriptor field, Call call) {
        return Call.newBuilder().setField(field, call.getField(field)).build();
    }

    private FieldValues() {}
}
