package dev.assay.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.assay.alert.api.AcknowledgeResource;
import dev.assay.alert.api.PagerDutyResource;
import dev.assay.alert.domain.oncall.Rota;
import dev.assay.alert.domain.oncall.Schedule;
import dev.assay.platform.web.RequiresScope;
import dev.assay.platform.web.SignedAccess;
import jakarta.ws.rs.HttpMethod;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.assay.alert", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule domainIsPlainJava = classes()
            .that()
            .resideInAPackage("..alert.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "org.jspecify..",
                    "dev.assay.alert.domain..",
                    "dev.assay.platform.window..",
                    "dev.assay.contracts..")
            .because("what pages people must be testable with no container");

    @ArchTest
    static final ArchRule edgesMeetInApp = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("..alert.api..")
            .layer("messaging")
            .definedBy("..alert.messaging..")
            .layer("store")
            .definedBy("..alert.store..")
            .layer("notify")
            .definedBy("..alert.notify..")
            .layer("app")
            .definedBy("..alert.app..")
            .layer("domain")
            .definedBy("..alert.domain..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("messaging")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("store")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("notify")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("api", "messaging", "store", "notify");

    @ArchTest
    static final ArchRule everyEndpointAsksForAScopeOrASignature = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "ask for a scope or check a signature",
                    (JavaMethod method) -> method.isAnnotatedWith(RequiresScope.class)
                            || method.getOwner().isAnnotatedWith(RequiresScope.class)
                            || method.isAnnotatedWith(SignedAccess.class))));

    @ArchTest
    static final ArchRule fewTakeNoKey = methods()
            .that()
            .areAnnotatedWith(SignedAccess.class)
            .should()
            .beDeclaredIn(AcknowledgeResource.class)
            .orShould()
            .beDeclaredIn(PagerDutyResource.class);

    @ArchTest
    static final ArchRule pagingLooksNowhereAhead = noClasses()
            .that()
            .areAssignableTo(Rota.class)
            .should()
            .callMethod(Schedule.class, "at", Instant.class)
            .because("until when somebody is on call takes long to find, and runs on the event loop here");

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("dev.assay.alert.domain.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.assay.ingest..", "dev.assay.cost..", "dev.assay.quality..", "dev.assay.dashboard..");
}
