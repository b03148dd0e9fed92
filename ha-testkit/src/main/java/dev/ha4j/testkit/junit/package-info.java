/** Scenarios as JUnit Jupiter tests. Open {@link dev.ha4j.testkit.junit.HaCluster} first. The only package that sees JUnit. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.junit;
