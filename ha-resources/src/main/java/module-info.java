/** The scheduler: a pure function from cluster state to transition. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.resources {
    requires transitive dev.ha4j.api;

    exports dev.ha4j.resources;
    exports dev.ha4j.resources.config;
    exports dev.ha4j.resources.policy;
    exports dev.ha4j.resources.verification;
}
