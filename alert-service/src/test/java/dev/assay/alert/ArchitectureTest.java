package dev.assay.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
    static final ArchRule featuresHaveNoCycles =
            slices().matching("dev.assay.alert.domain.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.assay.ingest..", "dev.assay.cost..", "dev.assay.quality..", "dev.assay.dashboard..");
}
