package dev.assay.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.assay.ingest", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule domainIsPlainJava = classes()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.google.protobuf..",
                    "dev.assay.contracts..",
                    "dev.assay.platform.window..",
                    "dev.assay.platform.stats..",
                    "..ingest.domain..")
            .because("what counts must be testable with no container");

    @ArchTest
    static final ArchRule domainFeaturesDoNotCircle =
            slices().matching("dev.assay.ingest.domain.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule useCasesDoNotKnowTheirEdges = noClasses()
            .that()
            .resideInAPackage("dev.assay.ingest.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.assay.ingest.api..",
                    "dev.assay.ingest.grpc..",
                    "dev.assay.ingest.http..",
                    "dev.assay.ingest.otlp..",
                    "dev.assay.ingest.messaging..",
                    "org.apache.kafka..",
                    "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.assay.cost..", "dev.assay.quality..", "dev.assay.alert..", "dev.assay.dashboard..");
}
