/** Fencing by IPMI 2.0. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.fencing.ipmi {
    requires transitive dev.ha4j.fencing;
    requires org.slf4j;
}
