package dev.swarmlens.codecs;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = WallsTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    static final String ROOT = "dev.swarmlens.codecs";
    private static final String BELOW_ROOT = ROOT + ".*";
    private static final String ROOT_AND_BELOW = ROOT + "..";
    private static final String STANDARD = ROOT + ".standard";
    private static final String KAITAI = ROOT + ".kaitai";

    @ArchTest
    static final ArchRule PROTOCOLS_NEVER_KNOW_EACH_OTHER = slices().matching(ROOT + ".(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage(STANDARD), alwaysTrue())
            .because("protocols meet in a registry; only their wiring knows them all");

    @ArchTest
    static final ArchRule THE_VOCABULARY_KNOWS_NO_PROTOCOL = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BELOW_ROOT)
            .because("a third party's protocol is as good as ours");

    @ArchTest
    static final ArchRule NOTHING_BUT_JAVA_IS_NEEDED = classes()
            .that()
            .resideOutsideOfPackage(KAITAI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT_AND_BELOW, "java..");

    @ArchTest
    static final ArchRule NOBODY_USES_KAITAI_STRUCT_BUT_TESTS = noClasses()
            .that()
            .resideOutsideOfPackage(KAITAI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAITAI, "io.kaitai..")
            .because("it is the second opinion");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.swarmlens.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_INPUT_AND_NO_OUTPUT = noClasses()
            .that()
            .resideOutsideOfPackage(KAITAI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..");

    @ArchTest
    static final ArchRule NOTHING_IS_NAMED_UTIL = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..helper..", "..common..")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper");
}
