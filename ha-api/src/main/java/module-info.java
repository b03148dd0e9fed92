/** The vocabulary of ha4j: nodes, resources, constraints, terms, cluster state, reports. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.api {
    requires static transitive org.jspecify;

    exports dev.ha4j.api;
    exports dev.ha4j.api.config;
    exports dev.ha4j.api.report;
    exports dev.ha4j.api.state;
}
