/** Fencing by IPMI 2.0. */
@SuppressWarnings("module") // The simulator, to which the wire format is shown, is built after this module.
@org.jspecify.annotations.NullMarked
module dev.ha4j.fencing.ipmi {
    requires transitive dev.ha4j.fencing;
    requires org.slf4j;

    exports dev.ha4j.fencing.ipmi;
    exports dev.ha4j.fencing.ipmi.wire to
            dev.ha4j.fencing.ipmi.testkit;
}
