/** Quorum device: a client for corosync-qnetd, and a witness that speaks the same protocol. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the test kit is compiled later
module dev.ha4j.qnetd {
    requires transitive dev.ha4j.quorum;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires java.naming;
    requires org.slf4j;

    exports dev.ha4j.qnetd;
    exports dev.ha4j.qnetd.netty;
    exports dev.ha4j.qnetd.client to
            dev.ha4j.testkit;
    exports dev.ha4j.qnetd.wire to
            dev.ha4j.testkit;
    exports dev.ha4j.qnetd.witness to
            dev.ha4j.testkit;
}
