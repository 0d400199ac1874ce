package dev.assay.cost;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.assay.cost", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DOMAIN_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("..cost.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.assay.cost.domain..",
                    "dev.assay.contracts..",
                    "dev.assay.platform.window..",
                    "dev.assay.platform.stats..")
            .because("the arithmetic must be testable with no container");

    @ArchTest
    static final ArchRule PRICING_KNOWS_NO_EVENTS = classes()
            .that()
            .resideInAPackage("..cost.domain.pricing..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.assay.cost.domain.pricing..")
            .because("prices are figures, whatever carries the usage");

    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("..cost.api..")
            .layer("messaging")
            .definedBy("..cost.messaging..")
            .layer("store")
            .definedBy("..cost.store..")
            .layer("catalogue")
            .definedBy("..cost.catalogue..")
            .layer("app")
            .definedBy("..cost.app..")
            .layer("domain")
            .definedBy("..cost.domain..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("messaging")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("store")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("catalogue")
            .mayOnlyBeAccessedByLayers("store")
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("api", "messaging", "store");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.assay.cost.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SERVICES_MEET_ON_TOPICS_AND_HTTP = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.assay.ingest..", "dev.assay.quality..", "dev.assay.alert..", "dev.assay.dashboard..");
}
