package dev.assay.quality.domain.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:4136:e378::1",
                "2001:db8::1"
            })
    void refusesWhatIsNotPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "2002:101:101::"
            })
    void takesWhatIsPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void readsABaseUrl() {
        EndpointUrl url = EndpointUrl.parse("HTTPS://API.example.com/v1/");
        assertThat(url).isEqualTo(new EndpointUrl(true, "api.example.com", 443, "/v1"));
        assertThat(url.hostAndPort()).isEqualTo("api.example.com");
        assertThat(EndpointUrl.parse("http://[::1]:8000").hostAndPort()).isEqualTo("[::1]:8000");
        assertThat(url.isAmong(Set.of("api.example.com"))).isTrue();
        assertThat(EndpointUrl.parse("http://127.0.0.1:8000/v1").isAmong(Set.of("127.0.0.1:8000")))
                .isTrue();
        assertThat(EndpointUrl.parse("http://127.0.0.1:8000/v1").isAmong(Set.of("127.0.0.1:9000")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "file:///etc/passwd",
                "http://",
                "http://u:p@example.com",
                "http://example.com?x=1",
                "http://2130706433",
                "http://0x7f.1",
                "http://127.1",
                "http://0177.0.0.1",
                "http://example.com:99999"
            })
    void refusesOtherAddresses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EndpointUrl.parse(text));
    }
}
