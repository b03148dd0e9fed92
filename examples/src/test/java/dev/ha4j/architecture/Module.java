package dev.ha4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.Set;

/** The modules and the arrows between them: each may see what its constant names, and what those see. */
enum Module {
    API("dev.ha4j.api"),
    RUNTIME("dev.ha4j.runtime", API),
    TOTEM("dev.ha4j.totem", RUNTIME),
    QUORUM("dev.ha4j.quorum", API),
    QNETD("dev.ha4j.qnetd", QUORUM),
    COROSYNC("dev.ha4j.corosync", TOTEM, QUORUM),
    RESOURCES("dev.ha4j.resources", API),
    CIB("dev.ha4j.cib", RESOURCES),
    CLI("dev.ha4j.cli", CIB),
    FENCING_SPI("dev.ha4j.fencing", API),
    CONTROLLER("dev.ha4j.controller", RUNTIME, QUORUM, RESOURCES, FENCING_SPI),
    NODE("dev.ha4j.node", CONTROLLER, TOTEM),
    FENCING_IPMI("dev.ha4j.fencing.ipmi", FENCING_SPI),
    FENCING_IPMI_TESTKIT("dev.ha4j.fencing.ipmi.testkit", FENCING_IPMI),
    TESTKIT("dev.ha4j.testkit", NODE, QNETD);

    private final String rootPackage;
    private final Set<Module> visible = new HashSet<>();

    Module(String rootPackage, Module... sees) {
        this.rootPackage = rootPackage;
        for (Module module : sees) {
            visible.add(module);
            visible.addAll(module.visible);
        }
    }

    DescribedPredicate<JavaClass> classes() {
        return describe("classes of " + this, type -> this == owner(type));
    }

    DescribedPredicate<JavaClass> forbiddenClasses() {
        DescribedPredicate<JavaClass> ours = resideInAPackage("dev.ha4j..");
        return ours.and(not(describe("classes that it may see", type -> this == owner(type) || sees(owner(type)))));
    }

    /** Frameworks that only some modules may touch; slf4j and jspecify are too small to be worth a rule. */
    static DescribedPredicate<JavaClass> frameworks() {
        return resideInAnyPackage(
                "io.netty..",
                "org.bouncycastle..",
                "io.micrometer..",
                "net.bytebuddy..",
                "picocli..",
                "com.fasterxml..",
                "ch.qos.logback..");
    }

    private boolean sees(Module other) {
        return visible.contains(other);
    }

    /** The module with the longest root package around the class; a class that belongs to none is nobody's to see. */
    private static Module owner(JavaClass type) {
        Module owner = null;
        for (Module module : values()) {
            boolean inside = (type.getPackageName() + ".").startsWith(module.rootPackage + ".");
            if (inside && (owner == null || module.rootPackage.length() > owner.rootPackage.length())) {
                owner = module;
            }
        }
        return owner;
    }
}
