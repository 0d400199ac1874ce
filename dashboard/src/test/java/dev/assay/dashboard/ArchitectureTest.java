package dev.assay.dashboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.assay", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule domainIsPlainJava = classes()
            .that()
            .resideInAPackage("..dashboard.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.assay.dashboard.domain..");

    @ArchTest
    static final ArchRule edgesDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("..dashboard.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..dashboard.api..", "..dashboard.client..");

    @ArchTest
    static final ArchRule servicesAreMetOverHttpOnly = noClasses()
            .that()
            .resideInAPackage("dev.assay.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.assay.ingest..",
                    "dev.assay.quality..",
                    "dev.assay.cost..",
                    "dev.assay.alert..",
                    "dev.assay.platform..");
}
