package dev.assay.dashboard.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gives a service five seconds, and turns whatever goes wrong into one sentence. */
@ApplicationScoped
class PartReader {
    private static final Logger LOG = Logger.getLogger(PartReader.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    Uni<Part> read(String service, Uni<JsonNode> answer) {
        return answer.ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(data -> Part.answered(service, data))
                .onFailure()
                .recoverWithItem(failure -> {
                    String sentence = sentence(service, failure);
                    LOG.debugf(failure, "%s", sentence);
                    return Part.failed(service, sentence);
                });
    }

    static String sentence(String service, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof WebApplicationException refused) {
                return answered(service, refused.getResponse().getStatus());
            }
            if (cause instanceof TimeoutException || isTimeout(cause)) {
                return service + " did not answer within " + PATIENCE.toSeconds() + " seconds.";
            }
            if (cause instanceof UnknownHostException) {
                return service + " cannot be reached: its host name is not known.";
            }
            if (cause instanceof ConnectException) {
                return service + " cannot be reached: nothing listens at its address.";
            }
            if (cause instanceof IOException && !(cause instanceof JsonProcessingException)) {
                return service + " closed the connection before it answered.";
            }
        }
        return service + " did not give a usable answer.";
    }

    private static String answered(String service, int status) {
        return switch (status) {
            case 401, 403 ->
                service + " refused the dashboard's token (" + status
                        + "). The services must know the public half of the dashboard's key.";
            case 404 -> service + " does not offer this (404). It may be an older version.";
            case 400, 422 -> service + " cannot answer for this range or filter (" + status + ").";
            case 429, 503 -> service + " is busy or not ready (" + status + ").";
            default -> service + " answered with an error (" + status + ").";
        };
    }

    private static boolean isTimeout(Throwable cause) {
        String name = cause.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return name.contains("timeout") && !(cause instanceof ConnectException);
    }

    private static @Nullable Throwable next(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == failure ? null : cause;
    }
}
