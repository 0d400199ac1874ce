package dev.assay.quality.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.quality.domain.detect.PiiScanner.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiiScannerTest {
    @ParameterizedTest(name = "{1} in \"{0}\"")
    @CsvSource({
        "write to jane.doe+x@mail.test.org today, EMAIL",
        "call +49 30 1234 5678 now, PHONE",
        "call (555) 867-5309, PHONE",
        "call 555-867-5309., PHONE",
        "card 4111 1111 1111 1111 please, CARD",
        "card 378282246310005, CARD",
        "IBAN DE89 3704 0044 0532 0130 00 is mine, IBAN",
        "GB82WEST12345698765432, IBAN",
        "her number is 219-09-9999, SOCIAL_SECURITY_NUMBER",
        "from 203.0.113.7 again, IP_ADDRESS",
        "key sk-abcdefghijklmnop1234 leaked, SECRET",
        "AKIAIOSFODNN7EXAMPLE, SECRET",
    })
    void finds(String text, Kind kind) {
        assertThat(PiiScanner.scan(text)).containsExactly(kind);
    }

    @ParameterizedTest(name = "nothing in \"{0}\"")
    @ValueSource(
            strings = {
                "",
                "an e-mail like name@example.com in a manual",
                "4111 1111 1111 1112 has a wrong check digit",
                "version 1.2.3.4567 and 300.1.1.1",
                "the server at 127.0.0.1",
                "in 2024-10-05 at 12:30, 1,234,567 people",
                "DE89 3704 0044 0532 0130 01 fails its check",
                "pi is 3.14159265358979",
                "a sk-short key",
                "parts 000-12-3456, 666-12-3456, 912-34-5678, 219-00-9999 and 219-09-0000",
                "@ alone, and a@b"
            })
    void findsNothing(String text) {
        assertThat(PiiScanner.scan(text)).isEmpty();
    }

    @Test
    void isLinearInTheLengthOfTheText() {
        // each would take many minutes if every position looked at the rest of the text
        assertThat(PiiScanner.scan("(".repeat(1_000_000))).isEmpty();
        assertThat(PiiScanner.scan("+(".repeat(500_000))).isEmpty();
        assertThat(PiiScanner.scan("sk-".repeat(1_000_000))).containsExactly(Kind.SECRET);
        assertThat(PiiScanner.scan("7".repeat(100_000))).isEmpty();
        assertThat(PiiScanner.scan("@".repeat(100_000))).isEmpty();
        assertThat(PiiScanner.scan("A1".repeat(50_000))).isEmpty();
    }
}
