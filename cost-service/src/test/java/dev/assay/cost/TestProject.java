package dev.assay.cost;

import static io.restassured.RestAssured.given;

import com.google.protobuf.ByteString;
import dev.assay.contracts.control.v1.ProjectKeys;
import dev.assay.contracts.control.v1.ProjectSection;
import dev.assay.platform.tenancy.ApiKey;
import dev.assay.platform.tenancy.ProjectDirectory;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** A project of a test's own, with a key. */
record TestProject(String id, String key) {

    static TestProject create(ProjectDirectory directory) {
        return create(directory, "t-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** The project whose admin keys look after the installation. */
    static TestProject operators(ProjectDirectory directory) {
        return create(directory, ConfigProvider.getConfig().getValue("assay.tenancy.built-in-project", String.class));
    }

    /** A project whose key may only read. */
    static TestProject reader(ProjectDirectory directory) {
        return create(directory, "t-" + UUID.randomUUID().toString().substring(0, 8), "read");
    }

    static TestProject create(ProjectDirectory directory, String id) {
        return create(directory, id, "read", "admin");
    }

    private static TestProject create(ProjectDirectory directory, String id, String... scopes) {
        ApiKey key = ApiKey.random();
        String pepper = ConfigProvider.getConfig().getValue("assay.tenancy.pepper", String.class);
        directory.apply(
                id + "/keys",
                ProjectSection.newBuilder()
                        .setTenant(id)
                        .setKeys(ProjectKeys.newBuilder()
                                .setName(id)
                                .setCurrency("USD")
                                .addKeys(dev.assay.contracts.control.v1.ApiKey.newBuilder()
                                        .setKeyId(key.id())
                                        .setSecretHmac(ByteString.copyFrom(key.hmac(pepper)))
                                        .addAllScopes(List.of(scopes))))
                        .build());
        return new TestProject(id, key.text());
    }

    RequestSpecification as() {
        return given().header("Authorization", "Bearer " + key);
    }
}
