/** Deterministic simulation of whole clusters in virtual time. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.testkit {
    requires transitive dev.ha4j.node;
    requires net.bytebuddy;
    requires info.picocli;
    requires static org.junit.jupiter.api;

    opens dev.ha4j.testkit.cli to
            info.picocli;
}
