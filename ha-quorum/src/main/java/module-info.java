/** Quorum as pure functions over membership. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.quorum {
    requires transitive dev.ha4j.api;

    exports dev.ha4j.quorum;
}
