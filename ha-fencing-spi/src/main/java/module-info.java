/** Fence devices, requests and results. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.fencing {
    requires transitive dev.ha4j.api;
    requires static org.junit.jupiter.api;

    exports dev.ha4j.fencing;
    exports dev.ha4j.fencing.kit;
}
