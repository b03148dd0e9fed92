package dev.ha4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The ways in which a run stops being a function of its seed; each with a culprit that shows it. */
enum Impurity {
    CLOCK(Impurity::readsClock, Culprits.Clock.class),
    UNSEEDED_RANDOMNESS(Impurity::drawsUnseeded, Culprits.Dice.class),

    /**
     * Hash codes of enums differ between two runs, and the JDK salts the iteration order of {@code Set.of} and {@code
     * Map.of} with two elements or more. Sorted and linked collections are fine.
     */
    UNSTABLE_ORDER(Impurity::makesUnstableOrder, Culprits.Order.class),
    IDENTITY(access -> is(access, System.class, "identityHashCode"), Culprits.Identity.class);

    /** Everything that runs, waits or locks; not the plain values and ports of java.util.concurrent. */
    static final DescribedPredicate<JavaClass> THREADS =
            describe("are threads, locks, atomics or concurrent collections", Impurity::isConcurrent);

    private static final Set<String> PLAIN = Set.of(
            "CompletionStage",
            "CompletableFuture",
            "CompletionException",
            "CancellationException",
            "Executor",
            "TimeUnit");

    private final Predicate<JavaAccess<?>> access;
    private final Class<?> culprit;

    Impurity(Predicate<JavaAccess<?>> access, Class<?> culprit) {
        this.access = access;
        this.culprit = culprit;
    }

    DescribedPredicate<JavaAccess<?>> access() {
        return describe("target is " + this, access);
    }

    Class<?> culprit() {
        return culprit;
    }

    private static boolean readsClock(JavaAccess<?> access) {
        boolean time = access.getTargetOwner().getPackageName().startsWith("java.time");
        return is(access, System.class, "nanoTime|currentTimeMillis")
                || (time && access.getName().matches("now|system.*|tick.*"));
    }

    private static boolean drawsUnseeded(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        boolean fresh = access.getName().equals("<init>") && parameters(access).isEmpty();
        return (fresh && owner.isAssignableTo(RandomGenerator.class))
                || owner.isEquivalentTo(ThreadLocalRandom.class)
                || owner.getName().equals("java.security.SecureRandom")
                || is(access, Math.class, "random")
                || is(access, UUID.class, "randomUUID")
                || is(access, RandomGenerator.class, "getDefault");
    }

    private static boolean makesUnstableOrder(JavaAccess<?> access) {
        int count = parameters(access).size();
        boolean varargs = parameters(access).stream().anyMatch(JavaClass::isArray);
        return is(access, HashMap.class, "<init>")
                || is(access, HashSet.class, "<init>")
                || is(access, Set.class, "copyOf")
                || is(access, Map.class, "copyOf|ofEntries")
                || (is(access, Set.class, "of") && (count > 1 || varargs))
                || (is(access, Map.class, "of") && count > 2)
                || is(access, Collectors.class, "toSet|toUnmodifiableSet|toUnmodifiableMap")
                || (is(access, Collectors.class, "toMap") && count < 4)
                || (is(access, Collectors.class, "groupingBy") && count < 3);
    }

    private static boolean isConcurrent(JavaClass type) {
        boolean concurrent = type.getPackageName().startsWith("java.util.concurrent");
        return type.isAssignableTo(Thread.class) || (concurrent && !PLAIN.contains(outermost(type)));
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static boolean is(JavaAccess<?> access, Class<?> owner, String names) {
        return access.getTargetOwner().isEquivalentTo(owner) && access.getName().matches(names);
    }

    private static List<JavaClass> parameters(JavaAccess<?> access) {
        return access instanceof JavaCodeUnitAccess<?> call ? call.getTarget().getRawParameterTypes() : List.of();
    }
}
