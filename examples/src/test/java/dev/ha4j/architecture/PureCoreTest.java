package dev.ha4j.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protocol code is a function of (state, input, now): what is forbidden here would make it something else. */
class PureCoreTest {
    private static final String[] PROTOCOL = {
        "dev.ha4j.totem",
        "dev.ha4j.totem.core..",
        "dev.ha4j.totem.security.packet..",
        "dev.ha4j.totem.wire..",
        "dev.ha4j.quorum..",
        "dev.ha4j.qnetd.wire..",
        "dev.ha4j.qnetd.client..",
        "dev.ha4j.qnetd.witness..",
        "dev.ha4j.corosync.wire..",
        "dev.ha4j.corosync.srp..",
        "dev.ha4j.corosync.knet..",
        "dev.ha4j.corosync.services..",
        "dev.ha4j.resources..",
        "dev.ha4j.controller.."
    };

    /** What protocol code computes with has to keep its order too. */
    private static final String[] VALUES = {"dev.ha4j.api..", "dev.ha4j.fencing"};

    /** The lease is asked by whoever acts: its whole state is one immutable value behind one reference. */
    private static final String READ_BY_ANY_THREAD = "dev.ha4j.controller.lease.NodeLease";

    /** A device's thread asks whether it may still act, right before each power command. */
    private static final String READ_BEFORE_EACH_COMMAND = "dev.ha4j.controller.LocalFencing";

    @ParameterizedTest
    @EnumSource(Impurity.class)
    void protocolCodeCallsNothingImpure(Impurity impurity) {
        check(accessTargetWhere(impurity.access()), PROTOCOL);
    }

    @Test
    void valuesKeepTheirOrder() {
        check(accessTargetWhere(Impurity.UNSTABLE_ORDER.access()), VALUES);
        check(accessTargetWhere(Impurity.IDENTITY.access()), VALUES);
    }

    @Test
    void protocolCodeStartsNoThreadAndTakesNoLock() {
        noClasses()
                .that()
                .resideInAnyPackage(PROTOCOL)
                .and()
                .doNotHaveFullyQualifiedName(READ_BY_ANY_THREAD)
                .and()
                .doNotHaveFullyQualifiedName(READ_BEFORE_EACH_COMMAND)
                .should(dependOnClassesThat(Impurity.THREADS))
                .allowEmptyShould(true)
                .check(Codebase.PRODUCTION);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PROTOCOL)
                .should()
                .haveModifier(SYNCHRONIZED)
                .allowEmptyShould(true)
                .check(Codebase.PRODUCTION);
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PROTOCOL)
                .should()
                .haveModifier(VOLATILE)
                .allowEmptyShould(true)
                .check(Codebase.PRODUCTION);
    }

    @Test
    void protocolCodeOpensNoFileAndNoSocket() {
        var io = resideInAnyPackage("java.nio.channels..", "javax.net..", "io.netty..");
        for (Class<?> type : List.of(
                File.class,
                RandomAccessFile.class,
                Files.class,
                Socket.class,
                ServerSocket.class,
                DatagramSocket.class)) {
            io = io.or(assignableTo(type));
        }
        check(dependOnClassesThat(io), PROTOCOL);
    }

    /** A rule that can't fail proves nothing: each has to find the culprit that was planted for it. */
    @ParameterizedTest
    @EnumSource(Impurity.class)
    void eachRuleFindsItsCulprit(Impurity impurity) {
        JavaClasses culprit = new ClassFileImporter().importClasses(impurity.culprit());
        ArchRule rule = noClasses().should(accessTargetWhere(impurity.access()));
        assertThatThrownBy(() -> rule.check(culprit)).isInstanceOf(AssertionError.class);
    }

    private static void check(ArchCondition<JavaClass> forbidden, String... packages) {
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should(forbidden)
                .allowEmptyShould(true)
                .check(Codebase.PRODUCTION);
    }
}
