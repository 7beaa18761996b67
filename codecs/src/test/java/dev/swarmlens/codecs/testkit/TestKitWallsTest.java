package dev.swarmlens.codecs.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The test kit stands alone: it is compiled where tests are, but must not need what only they have. */
class TestKitWallsTest {
    private static final JavaClasses KIT = new ClassFileImporter().importPath(Path.of("target", "classes-testkit"));

    @Test
    void itNeedsTheCodecsAndJqwikAndNothingElse() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.swarmlens.codecs..", "net.jqwik.api..", "java..")
                .check(KIT);
    }

    @Test
    void itHasNoKaitaiStructAndNoTests() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.swarmlens.codecs.kaitai")
                .orShould()
                .haveSimpleNameEndingWith("Test")
                .check(KIT);
    }
}
