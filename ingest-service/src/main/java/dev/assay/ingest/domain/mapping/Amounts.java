package dev.assay.ingest.domain.mapping;

import com.google.protobuf.ByteString;
import dev.assay.contracts.common.v1.Decimal;
import java.math.BigDecimal;

/** Money as it travels: exact decimals. */
public final class Amounts {

    /** The amount in the contracts' form. */
    public static Decimal toProto(BigDecimal amount) {
        return Decimal.newBuilder()
                .setUnscaled(ByteString.copyFrom(amount.unscaledValue().toByteArray()))
                .setScale(amount.scale())
                .build();
    }

    private Amounts() {}
}
