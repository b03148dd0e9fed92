/** Corosync dialect of the ring: a JVM as a full member of a ring of corosync processes. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.corosync {
    requires transitive dev.ha4j.api;
    requires transitive dev.ha4j.quorum;
    requires transitive dev.ha4j.totem;
    requires org.slf4j;

    exports dev.ha4j.corosync;
    exports dev.ha4j.corosync.node;
}
