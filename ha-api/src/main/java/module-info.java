/** The vocabulary of ha4j: nodes, resources, constraints, terms, cluster state, reports. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.api {
    requires static transitive org.jspecify;
}
