package dev.assay.ingest.otlp;

import com.google.rpc.Status;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.platform.web.Problem;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bodies of OTLP's answers in both encodings. */
final class OtlpAnswers {

    static byte[] traces(OtlpExport.Result result, OtlpEncoding encoding, JsonText json) {
        if (encoding == OtlpEncoding.JSON) {
            return json("rejectedSpans", result, json);
        }
        return tracesMessage(result).toByteArray();
    }

    static ExportTraceServiceResponse tracesMessage(OtlpExport.Result result) {
        ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
        if (result.rejected() > 0) {
            answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(result.rejected())
                    .setErrorMessage(result.message()));
        }
        return answer.build();
    }

    static byte[] logs(OtlpExport.Result result, OtlpEncoding encoding, JsonText json) {
        if (encoding == OtlpEncoding.JSON) {
            return json("rejectedLogRecords", result, json);
        }
        return logsMessage(result).toByteArray();
    }

    static ExportLogsServiceResponse logsMessage(OtlpExport.Result result) {
        ExportLogsServiceResponse.Builder answer = ExportLogsServiceResponse.newBuilder();
        if (result.rejected() > 0) {
            answer.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(result.rejected())
                    .setErrorMessage(result.message()));
        }
        return answer.build();
    }

    static byte[] metrics(OtlpExport.Result result, OtlpEncoding encoding, JsonText json) {
        if (encoding == OtlpEncoding.JSON) {
            return json("rejectedDataPoints", result, json);
        }
        return metricsMessage(result).toByteArray();
    }

    static ExportMetricsServiceResponse metricsMessage(OtlpExport.Result result) {
        ExportMetricsServiceResponse.Builder answer = ExportMetricsServiceResponse.newBuilder();
        if (result.rejected() > 0) {
            answer.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(result.rejected())
                    .setErrorMessage(result.message()));
        }
        return answer.build();
    }

    /** 64-bit numbers are text in Protobuf's JSON. */
    private static byte[] json(String count, OtlpExport.Result result, JsonText json) {
        if (result.rejected() == 0) {
            return "{}".getBytes(StandardCharsets.US_ASCII);
        }
        Map<String, Object> partial = new LinkedHashMap<>();
        partial.put(count, String.valueOf(result.rejected()));
        partial.put("errorMessage", result.message());
        return json.write(Map.of("partialSuccess", partial)).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] problem(Problem problem, OtlpEncoding encoding, JsonText json) {
        int code = statusCode(problem.status());
        String message = problem.body().detail();
        if (encoding == OtlpEncoding.JSON) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("code", (long) code);
            status.put("message", message);
            return json.write(status).getBytes(StandardCharsets.UTF_8);
        }
        return Status.newBuilder().setCode(code).setMessage(message).build().toByteArray();
    }

    /** The number of {@code google.rpc.Code} for an HTTP status. */
    private static int statusCode(int httpStatus) {
        return switch (httpStatus) {
            case 401 -> 16;
            case 403 -> 7;
            case 404 -> 5;
            case 405 -> 12;
            case 413, 429 -> 8;
            case 503 -> 14;
            default -> httpStatus < 500 ? 3 : 13;
        };
    }

    private OtlpAnswers() {}
}
