/** The assembly that users depend on: one node of a cluster. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the test kit is compiled later
module dev.ha4j.node {
    requires transitive dev.ha4j.controller;
    requires transitive dev.ha4j.totem;
    requires static micrometer.core;
    requires transitive org.slf4j;

    exports dev.ha4j.node;
    exports dev.ha4j.node.metrics;
    exports dev.ha4j.node.assembly to
            dev.ha4j.testkit;
    exports dev.ha4j.node.environment to
            dev.ha4j.testkit;
}
