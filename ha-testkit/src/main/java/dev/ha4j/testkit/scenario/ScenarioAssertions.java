package dev.ha4j.testkit.scenario;

/** Where assertions begin; named so that it stands beside the {@code assertThat} of other libraries. */
public final class ScenarioAssertions {

    private ScenarioAssertions() {}

    public static ActsAssert assertThat(Acts acts) {
        return new ActsAssert(acts);
    }

    public static ClusterAssert assertThat(SimulatedCluster cluster) {
        return new ClusterAssert(cluster);
    }
}
