package dev.swarmlens.analyzer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.swarmlens.codecs.View;

/** The walls between modules and packages: dependencies run one way. */
@AnalyzeClasses(packages = "dev.swarmlens", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule CODECS_KNOW_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("dev.swarmlens.codecs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.swarmlens.capture..", "dev.swarmlens.samples..", "dev.swarmlens.analyzer..");

    @ArchTest
    static final ArchRule CAPTURE_KNOWS_ONLY_CODECS = noClasses()
            .that()
            .resideInAPackage("dev.swarmlens.capture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.swarmlens.samples..", "dev.swarmlens.analyzer..");

    @ArchTest
    static final ArchRule PROTOCOLS_MEET_ONLY_IN_THE_REGISTRY = slices().matching("dev.swarmlens.codecs.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.describe(
                            "the wiring", type -> type.getPackageName().endsWith(".standard")),
                    DescribedPredicate.alwaysTrue());

    @ArchTest
    static final ArchRule NOTHING_AFTER_THE_SIGHTING_TOUCHES_HEADERS = noClasses()
            .that()
            .resideInAnyPackage("dev.swarmlens.analyzer.summary..", "dev.swarmlens.analyzer.report..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(View.class);

    @ArchTest
    static final ArchRule SUMMARIES_KNOW_NO_REPORT = noClasses()
            .that()
            .resideInAnyPackage("dev.swarmlens.analyzer.summary..", "dev.swarmlens.analyzer.sighting..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.swarmlens.analyzer.report..",
                    "dev.swarmlens.analyzer.inventory..",
                    "dev.swarmlens.analyzer.command..");

    @ArchTest
    static final ArchRule OPTIONS_ARE_THE_COMMANDS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.swarmlens.analyzer.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.commons.cli..");

    @ArchTest
    static final ArchRule NATIVE_LIBRARIES_ARE_CALLED_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.swarmlens.capture.live..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pcap4j..", "com.sun.jna..");

    @ArchTest
    static final ArchRule KEYS_ARE_USED_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.swarmlens.analyzer.esp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule FILES_NEED_NO_INTERFACES = noClasses()
            .that()
            .resideInAPackage("dev.swarmlens.capture")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.swarmlens.capture.live..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.swarmlens.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_UTIL = noClasses().should().resideInAPackage("dev.swarmlens..util..");
}
