package dev.assay.alert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.platform.tenancy.TenancyConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private record Pepper(String pepper) implements TenancyConfig {
        @Override
        public Optional<String> internalPublicKey() {
            return Optional.empty();
        }

        @Override
        public Duration directoryPoll() {
            return Duration.ofSeconds(1);
        }
    }

    private final SecretBox box = new SecretBox(new Pepper("a pepper of some length"));

    @Test
    void opensWhatItSealed() {
        byte[] sealed = box.seal("acme", "rcv-1", "s3cret");
        assertThat(box.open("acme", "rcv-1", sealed)).isEqualTo("s3cret");
        assertThat(sealed).isNotEqualTo(box.seal("acme", "rcv-1", "s3cret"));
    }

    @Test
    void opensNothingOfAnotherReceiverProjectOrPepperNorWhatWasTouched() {
        byte[] sealed = box.seal("acme", "rcv-1", "s3cret");
        byte[] touched = sealed.clone();
        touched[touched.length - 1] ^= 1;
        assertThatThrownBy(() -> box.open("acme", "rcv-2", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box.open("other", "rcv-1", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box.open("acme", "rcv-1", touched)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SecretBox(new Pepper("another pepper, as long")).open("acme", "rcv-1", sealed))
                .isInstanceOf(IllegalStateException.class);
    }
}
