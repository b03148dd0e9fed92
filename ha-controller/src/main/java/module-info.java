/** Replicated state, designated controller, transition engine and fencer. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the test kit is compiled later
module dev.ha4j.controller {
    requires transitive dev.ha4j.api;
    requires transitive dev.ha4j.runtime;
    requires transitive dev.ha4j.quorum;
    requires transitive dev.ha4j.resources;
    requires transitive dev.ha4j.fencing;
    requires org.slf4j;

    exports dev.ha4j.controller;
    exports dev.ha4j.controller.codec to
            dev.ha4j.testkit;
    exports dev.ha4j.controller.command to
            dev.ha4j.testkit;
    exports dev.ha4j.controller.lease;
}
