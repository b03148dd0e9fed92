/** Pacemaker's configuration and status (CIB XML), to and from the scheduler's values. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.cib {
    requires transitive dev.ha4j.resources;
    requires java.xml;

    exports dev.ha4j.cib;
}
