package dev.ha4j.totem.netty;

import java.net.InetSocketAddress;

/** An address that stays. */
record FixedAddress(InetSocketAddress address) implements AddressSource {

    @Override
    public boolean isFixed() {
        return true;
    }
}
