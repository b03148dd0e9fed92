/** Event loop, timers and clocks. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.runtime {
    requires transitive dev.ha4j.api;
    requires org.slf4j;

    exports dev.ha4j.runtime;
}
