package dev.assay.ingest.domain.operations;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.llm.v1.Call;

/** The dimensions of the series that a call counts under. */
public final class CallDimensions {

    /** Decides what a project's call may count under, so that the number of series stays bounded. */
    @FunctionalInterface
    public interface Admission {
        /** The same dimensions, or with {@code other} in place of values over the project's limit. */
        Dimensions admit(String tenant, Dimensions asked);
    }

    /** The dimensions by the call's own fields; the model is the one that answered, else the one that was asked for. */
    public static Dimensions asked(Call call) {
        return Dimensions.newBuilder()
                .setEnvironment(call.getEnvironment())
                .setApp(call.getApp())
                .setEndpoint(call.getEndpoint())
                .setProvider(call.getProvider())
                .setModel(call.getResponseModel().isEmpty() ? call.getRequestModel() : call.getResponseModel())
                .setVariant(call.getVariant())
                .setPromptVersion(call.getPromptVersion())
                .build();
    }

    private CallDimensions() {}
}
