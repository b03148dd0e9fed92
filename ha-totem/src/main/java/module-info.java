/** The Totem ring: protocol core, wire codec, secure multi-link transport. */
@org.jspecify.annotations.NullMarked
module dev.ha4j.totem {
    requires transitive dev.ha4j.api;
    requires transitive dev.ha4j.runtime;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.unix.common;
    requires org.bouncycastle.provider;
    requires transitive org.slf4j;

    exports dev.ha4j.totem;
    exports dev.ha4j.totem.netty;
    exports dev.ha4j.totem.security;
    exports dev.ha4j.totem.wire;
}
