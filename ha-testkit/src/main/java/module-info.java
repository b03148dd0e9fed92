/** Deterministic simulation of whole clusters in virtual time. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.testkit {
    requires transitive dev.ha4j.node;
    requires dev.ha4j.qnetd;
    requires static net.bytebuddy;
    requires static com.fasterxml.jackson.databind;
    requires static info.picocli;
    requires static transitive org.junit.jupiter.api;

    exports dev.ha4j.testkit.junit;
    exports dev.ha4j.testkit.scenario;

    opens dev.ha4j.testkit.cli to
            info.picocli;
}
