package dev.ha4j.testkit.world;

import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;

/** An application that does nothing; a trace hears all the same. */
public class SilentRingListener implements RingListener {

    @Override
    public void delivered(Delivery delivery) {}

    @Override
    public void regular(RegularConfiguration configuration) {}

    @Override
    public void failed(String reason) {}
}
