/** A simulated BMC, for tests of fencing by IPMI. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.fencing.ipmi.testkit {
    requires transitive dev.ha4j.fencing.ipmi;

    exports dev.ha4j.fencing.ipmi.testkit;
}
