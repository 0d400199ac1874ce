package dev.assay.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com",
                "javascript:alert(1)",
                "//example.com",
                "example.com/hook",
                "http://",
                "http:///hook",
                "http://user:pass@example.com/",
                "http://user@example.com",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1.5/",
                "http://127.0.0.256/",
                "http://0/",
                "http://1.2.3.04/",
                "http://example.com:22/",
                "http://example.com:0/",
                "http://example.com:70000/",
                "http://exa mple.com/",
                "http://[::1/",
                "http://a_b.com/"
            })
    void refusesWhatIsNoPlainWebAddress(String text) {
        assertThatThrownBy(() -> OutboundUrl.parse(text)).isInstanceOf(OutboundUrl.Invalid.class);
    }

    @Test
    void keepsHostPortAndTarget() throws Exception {
        assertThat(OutboundUrl.parse("https://Hooks.Example.com/a/b?c=d%20e#f"))
                .isEqualTo(new OutboundUrl(true, "hooks.example.com", 443, "/a/b?c=d%20e"));
        assertThat(OutboundUrl.parse("http://127.0.0.1:8089"))
                .isEqualTo(new OutboundUrl(false, "127.0.0.1", 8089, "/"));
        assertThat(OutboundUrl.parse("http://[::1]:8089/x")).isEqualTo(new OutboundUrl(false, "::1", 8089, "/x"));
        assertThat(OutboundUrl.parse("http://example.com./").host()).isEqualTo("example.com");
    }

    @Test
    void namesThePortInTheHostHeaderWhereItIsUnusual() throws Exception {
        assertThat(OutboundUrl.parse("https://API.example.com/v1").hostAndPort())
                .isEqualTo("api.example.com");
        assertThat(OutboundUrl.parse("https://api.example.com:80/v1").hostAndPort())
                .isEqualTo("api.example.com:80");
        assertThat(OutboundUrl.parse("http://[::1]:8000").hostAndPort()).isEqualTo("[::1]:8000");
    }

    @Test
    void isAmongHostsNamedWithOrWithoutItsPort() throws Exception {
        OutboundUrl url = OutboundUrl.parse("http://127.0.0.1:8089/x");
        assertThat(url.isAmong(Set.of("127.0.0.1"))).isTrue();
        assertThat(url.isAmong(Set.of("127.0.0.1:8089"))).isTrue();
        assertThat(url.isAmong(Set.of("127.0.0.1:8090", "127.0.0.2", "localhost")))
                .isFalse();
        assertThat(OutboundUrl.parse("http://[::1]:8089/").isAmong(Set.of("[::1]")))
                .isTrue();
    }
}
