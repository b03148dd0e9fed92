package dev.ha4j.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** What no class of ours does, protocol or not, production or test. */
class HabitsTest {
    private static final List<JavaClasses> EVERYTHING = List.of(Codebase.PRODUCTION, Codebase.TESTS);

    @Test
    void nobodyUsesJavaSerialization() {
        DescribedPredicate<JavaClass> serializable = DescribedPredicate.describe(
                "declare to be Serializable",
                type -> type.getRawInterfaces().stream()
                        .anyMatch(i -> i.isEquivalentTo(Serializable.class) || i.isEquivalentTo(Externalizable.class)));
        for (JavaClasses classes : EVERYTHING) {
            noClasses().should(ArchConditions.be(serializable)).check(classes);
            noClasses()
                    .that()
                    .doNotBelongToAnyOf(HabitsTest.class)
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
                    .check(classes);
        }
    }

    @Test
    void nobodySleeps() {
        for (JavaClasses classes : EVERYTHING) {
            noClasses()
                    .should(ArchConditions.accessTargetWhere(DescribedPredicate.describe(
                            "target is a sleep",
                            access -> (access.getTargetOwner().isEquivalentTo(Thread.class)
                                            || access.getTargetOwner()
                                                    .getName()
                                                    .equals("java.util.concurrent.TimeUnit"))
                                    && access.getName().equals("sleep"))))
                    .check(classes);
        }
    }

    @Test
    void noTestIsSwitchedOff() {
        noMethods().should().beAnnotatedWith(Disabled.class).check(Codebase.TESTS);
        noClasses().should().beAnnotatedWith(Disabled.class).check(Codebase.TESTS);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .check(Codebase.PRODUCTION);
    }
}
