package dev.ha4j.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compiler checks the same arrows by module path; this test also holds for people who edit a pom. */
class ModuleArrowsTest {
    @ParameterizedTest
    @EnumSource(Module.class)
    void modulesSeeOnlyWhatStandsBelowThem(Module module) {
        noClasses()
                .that(module.classes())
                .should()
                .dependOnClassesThat(module.forbiddenClasses())
                .allowEmptyShould(true)
                .check(Codebase.PRODUCTION);
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void everyModuleIsLookedAt(Module module) {
        assertThat(Codebase.PRODUCTION.that(module.classes())).isNotEmpty();
    }

    @Test
    void nettyIsSeenByOnePackageOfAModuleOnly() {
        classes()
                .that()
                .resideInAPackage("dev.ha4j..")
                .and()
                .resideOutsideOfPackages("dev.ha4j.totem.netty..", "dev.ha4j.qnetd.netty..")
                .should()
                .onlyDependOnClassesThat(resideInAPackage("io.netty..").negate().as("are not netty's"))
                .check(Codebase.PRODUCTION);
    }

    @Test
    void theControllerSeesNoNetworkAndNoRing() {
        noClasses()
                .that()
                .resideInAPackage("dev.ha4j.controller..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "dev.ha4j.totem..", "java.net..", "java.nio.channels..")
                .check(Codebase.PRODUCTION);
    }

    @Test
    void theBrainUsesNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.ha4j.api..",
                        "dev.ha4j.runtime..",
                        "dev.ha4j.quorum..",
                        "dev.ha4j.resources..",
                        "dev.ha4j.controller..")
                .should()
                .dependOnClassesThat(Module.frameworks())
                .check(Codebase.PRODUCTION);
    }
}
