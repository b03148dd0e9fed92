/**
 * Tests of an application's own resources on a simulated cluster: production nodes, virtual time, faults on demand, and all
 * checkers of the test kit watching. Open {@link dev.ha4j.testkit.scenario.SimulatedCluster} first; a test begins with
 * {@link dev.ha4j.testkit.junit.HaCluster} and ends with {@link dev.ha4j.testkit.scenario.ScenarioAssertions}.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.scenario;
