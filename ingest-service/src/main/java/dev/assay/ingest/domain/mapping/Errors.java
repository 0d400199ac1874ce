package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import org.jspecify.annotations.Nullable;

/**
 * Whether a span failed, and how.
 *
 * <p>Any sign counts: one client leaves the status unset and says {@code level=ERROR}, another says OK beside an exception
 * event. Without a sign the call is ok.
 */
final class Errors {
    private static final int STATUS_CODE_ERROR = 2;

    static void apply(SourceSpan source, Call.Builder call) {
        Attributes attributes = source.attributes();
        TelemetryEvent exception = exception(source.span());
        Integer httpStatus = httpStatus(attributes);
        if (httpStatus != null) {
            call.setHttpStatus(httpStatus);
        }
        boolean langfuseError = "ERROR".equals(attributes.text(GenAiAttributes.LANGFUSE_OBSERVATION_LEVEL));
        boolean failed = source.span().statusCode() == STATUS_CODE_ERROR
                || attributes.has(GenAiAttributes.ERROR_TYPE)
                || exception != null
                || langfuseError
                || (httpStatus != null && httpStatus >= 400)
                || call.getFinishReasonsList().contains("error")
                || (source.dialect() == Dialect.LITELLM && attributes.has(AttributeFamily.ERROR));
        if (!failed) {
            call.setStatus(Status.STATUS_OK);
            return;
        }
        call.setStatus(Status.STATUS_ERROR);
        String type = type(source, exception);
        String message = message(source, exception);
        if (type != null) {
            call.setErrorType(type);
        }
        if (message != null) {
            call.setErrorMessage(message);
        }
        call.setErrorClass(ErrorClasses.of(httpStatus, type, message));
    }

    private static @Nullable String type(SourceSpan source, @Nullable TelemetryEvent exception) {
        String type = source.firstText(GenAiAttributes.ERROR_TYPE, GenAiAttributes.EXCEPTION_TYPE);
        if (type == null && exception != null) {
            type = exception.attributes().text(GenAiAttributes.EXCEPTION_TYPE);
        }
        return type != null
                ? type
                : source.firstText(
                        GenAiAttributes.ERROR_INFORMATION, GenAiAttributes.LANGFUSE_OBSERVATION_STATUS_MESSAGE);
    }

    private static @Nullable String message(SourceSpan source, @Nullable TelemetryEvent exception) {
        if (exception != null) {
            String message = exception.attributes().text(GenAiAttributes.EXCEPTION_MESSAGE);
            if (message != null) {
                return message;
            }
        }
        String message = source.firstText(
                GenAiAttributes.ERROR_MESSAGE,
                GenAiAttributes.EXCEPTION_MESSAGE,
                GenAiAttributes.LANGFUSE_OBSERVATION_STATUS_MESSAGE);
        if (message != null) {
            return message;
        }
        String statusMessage = source.span().statusMessage();
        return statusMessage.isEmpty() ? null : statusMessage;
    }

    private static @Nullable Integer httpStatus(Attributes attributes) {
        Long status = Coercion.count(attributes.get(GenAiAttributes.HTTP_RESPONSE_STATUS_CODE));
        if (status == null) {
            status = Coercion.count(attributes.get(GenAiAttributes.ERROR_CODE));
        }
        return status != null && status >= 100 && status <= 599 ? (Integer) status.intValue() : null;
    }

    private static @Nullable TelemetryEvent exception(TelemetrySpan span) {
        for (TelemetryEvent event : span.events()) {
            if (event.name().equals("exception")) {
                return event;
            }
        }
        return null;
    }

    private Errors() {}
}
