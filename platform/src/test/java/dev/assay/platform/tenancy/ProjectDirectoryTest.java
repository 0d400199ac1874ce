package dev.assay.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.assay.contracts.control.v1.ContentPolicy;
import dev.assay.contracts.control.v1.ProjectKeys;
import dev.assay.contracts.control.v1.ProjectSection;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProjectDirectoryTest {
    private static final String PEPPER = "a pepper of the tests";

    private final ProjectDirectory directory = new ProjectDirectory(TenancyConfigs.of(PEPPER, ""));
    private final ApiKey key = ApiKey.random();

    @Test
    void knowsACallerByTheKeyOfItsProject() {
        directory.apply("shop/keys", keys(stored(key, 0)));
        assertThat(directory.authenticate(key.text()))
                .hasValue(new Caller("shop", key.id(), Set.of(Scope.INGEST, Scope.READ)));
    }

    @Test
    void aScopeOfANewerVersionGivesNothingAndTakesNothingAway() {
        directory.apply(
                "shop/keys", keys(stored(key, 0).toBuilder().addScopes("judge").build()));
        assertThat(directory.authenticate(key.text()))
                .hasValue(new Caller("shop", key.id(), Set.of(Scope.INGEST, Scope.READ)));
    }

    @Test
    void refusesAnotherSecretUnderTheSameId() {
        directory.apply("shop/keys", keys(stored(key, 0)));
        assertThat(directory.authenticate(new ApiKey(key.id(), ApiKey.random().secret()).text()))
                .isEmpty();
    }

    @Test
    void refusesUnknownMalformedAndRevokedKeys() {
        directory.apply("shop/keys", keys(stored(key, 1)));
        assertThat(directory.authenticate(key.text())).isEmpty();
        assertThat(directory.authenticate(ApiKey.random().text())).isEmpty();
        assertThat(directory.authenticate("assay_short_secret")).isEmpty();
        assertThat(directory.authenticate("")).isEmpty();
    }

    @Test
    void forgetsAKeyThatIsNoLongerListed() {
        directory.apply("shop/keys", keys(stored(key, 0)));
        ApiKey next = ApiKey.random();
        directory.apply("shop/keys", keys(stored(next, 0)));
        assertThat(directory.authenticate(key.text())).isEmpty();
        assertThat(directory.authenticate(next.text())).isPresent();
    }

    @Test
    void keepsOtherSectionsWhenOneChanges() {
        directory.apply(
                "shop/content_policy",
                ProjectSection.newBuilder()
                        .setTenant("shop")
                        .setContentPolicy(ContentPolicy.newBuilder().setMode(ContentPolicy.Mode.MODE_REDACT))
                        .build());
        directory.apply("shop/keys", keys(stored(key, 0)));
        assertThat(directory.project("shop").contentPolicy()).isEqualTo(ContentPolicy.Mode.MODE_REDACT);
        assertThat(directory.project("shop").name()).isEqualTo("Shop");
    }

    @Test
    void storesNoUsableSecret() {
        assertThat(key.toString()).doesNotContain(key.secret());
        assertThat(stored(key, 0).toString()).doesNotContain(key.secret());
        assertThat(key.hmac(PEPPER)).isNotEqualTo(key.hmac("another pepper, as long"));
    }

    private static ProjectSection keys(dev.assay.contracts.control.v1.ApiKey... keys) {
        return ProjectSection.newBuilder()
                .setTenant("shop")
                .setKeys(ProjectKeys.newBuilder().setName("Shop").addAllKeys(java.util.List.of(keys)))
                .build();
    }

    private static dev.assay.contracts.control.v1.ApiKey stored(ApiKey key, long revoked) {
        return dev.assay.contracts.control.v1.ApiKey.newBuilder()
                .setKeyId(key.id())
                .setSecretHmac(ByteString.copyFrom(key.hmac(PEPPER)))
                .addScopes("ingest")
                .addScopes("read")
                .setRevokedTimeUs(revoked)
                .build();
    }
}
