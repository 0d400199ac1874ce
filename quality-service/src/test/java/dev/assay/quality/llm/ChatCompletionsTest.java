package dev.assay.quality.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.app.JudgeClient.Reply;
import io.netty.channel.ConnectTimeoutException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ChatCompletionsTest {
    @Test
    void knowsWhatNeverReachedAModel() {
        for (Throwable before : List.of(
                new ConnectException("refused"),
                new ConnectTimeoutException("slow"),
                new NoRouteToHostException(),
                new UnknownHostException("nowhere"),
                new SSLHandshakeException("expired"))) {
            Reply.None none = failure(before);
            assertThat(none.reason()).as(before.toString()).isEqualTo("unreachable");
            assertThat(none.reachedNoModel()).isTrue();
        }
        for (Throwable after : List.of(
                new SocketException("Connection reset"),
                new IOException("Connection reset by peer"),
                new HttpClosedException("Connection was closed"))) {
            Reply.None none = failure(after);
            assertThat(none.reason()).as(after.toString()).isEqualTo("broken_off");
            assertThat(none.again()).isTrue();
            assertThat(none.reachedNoModel()).isFalse();
        }
        assertThat(failure(new TimeoutException()).reachedNoModel()).isFalse();
        assertThat(new Reply.None("http_503", true, true).reachedNoModel()).isTrue();
        assertThat(new Reply.None("http_400", false, false).reachedNoModel()).isFalse();
    }

    private static Reply.None failure(Throwable failure) {
        return (Reply.None) ChatCompletions.failure(failure);
    }
}
