package dev.ha4j.testkit.junit;

import dev.ha4j.testkit.scenario.SimulatedCluster;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on a simulated cluster, which it takes as its parameter of type {@link SimulatedCluster}; {@code @Test} is not
 * needed. The test fails if a checker finds something, too, and says how to replay it.
 *
 * <p>Without more, a test has one seed, made from its name: it does the same each time. {@code -Dha4j.seed=4711} replaces the
 * seeds of all tests, {@code -Dha4j.seeds=200} their number where they are made from names, and {@code -Dha4j.trace=DIR} writes
 * each step to {@code DIR/<class>.<method>-<seed>.jsonl}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(HaClusterExtension.class)
public @interface HaCluster {

    /** How many nodes the cluster has, called a, b, c and so on; 1 to 16. */
    int nodes() default 3;

    /** Whether each node has a power switch, by which the others can fence it. */
    boolean fencing() default true;

    /** The seeds to run, each on its own. Empty for {@link #seeds} of them, made from the test's name. */
    long[] seed() default {};

    /** How many seeds to make from the test's name. */
    int seeds() default 1;
}
