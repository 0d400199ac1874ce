package dev.assay.quality;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.assay.quality", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule domainIsPlainJava = classes()
            .that()
            .resideInAPackage("..quality.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.assay.quality.domain..",
                    "dev.assay.platform.window..",
                    "dev.assay.platform.stats..",
                    "dev.assay.contracts..")
            .because("what is called toxic or significant must be testable with no container");

    @ArchTest
    static final ArchRule edgesMeetInApp = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("..quality.api..")
            .layer("messaging")
            .definedBy("..quality.messaging..")
            .layer("store")
            .definedBy("..quality.store..")
            .layer("llm")
            .definedBy("..quality.llm..")
            .layer("app")
            .definedBy("..quality.app..")
            .layer("domain")
            .definedBy("..quality.domain..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("messaging")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("store")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("llm")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("api", "messaging", "store", "llm");

    @ArchTest
    static final ArchRule theServiceNeverTrains = noClasses()
            .that()
            .resideOutsideOfPackage("..quality.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..quality.train..");

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("dev.assay.quality.domain.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.assay.ingest..", "dev.assay.cost..", "dev.assay.alert..", "dev.assay.dashboard..");
}
