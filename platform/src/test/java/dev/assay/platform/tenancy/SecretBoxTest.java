package dev.assay.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final String PEPPER = "a pepper of some length";

    private final SecretBox box = box(PEPPER, "purpose/v1");

    private static SecretBox box(String pepper, String purpose) {
        return new SecretBox(TenancyConfigs.of(pepper, ""), purpose);
    }

    @Test
    void opensWhatItSealed() {
        byte[] sealed = box.seal("acme/rcv-1", "s3cret");
        assertThat(box.open("acme/rcv-1", sealed)).isEqualTo("s3cret");
        assertThat(sealed).isNotEqualTo(box.seal("acme/rcv-1", "s3cret"));
    }

    @Test
    void opensNothingOfAnotherOwnerPurposeOrPepperNorWhatWasTouched() {
        byte[] sealed = box.seal("acme/rcv-1", "s3cret");
        byte[] touched = sealed.clone();
        touched[touched.length - 1] ^= 1;
        assertThatThrownBy(() -> box.open("acme/rcv-2", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box.open("other/rcv-1", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box.open("acme/rcv-1", touched)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box(PEPPER, "purpose/v2").open("acme/rcv-1", sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box("another pepper, as long", "purpose/v1").open("acme/rcv-1", sealed))
                .isInstanceOf(IllegalStateException.class);
    }
}
