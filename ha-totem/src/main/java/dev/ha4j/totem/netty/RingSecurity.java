package dev.ha4j.totem.netty;

import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.security.packet.SecurityConfig;
import dev.ha4j.totem.security.packet.SecurityLimits;
import java.time.Duration;

/** What packet security is told of a ring over UDP. */
final class RingSecurity {

    /** Each takes some milliseconds of the ring's thread. */
    private static final int CERTIFIED_HANDSHAKES_PER_SECOND = 50;

    private RingSecurity() {}

    static SecurityConfig of(UdpRingConfig config) {
        return new SecurityConfig(
                config.cluster(),
                config.self(),
                config.peers(),
                config.keys(),
                config.boot(),
                config.ring().nanos(RingTime.TOKEN_TIMEOUT),
                config.identity(),
                System::currentTimeMillis,
                limits(config));
    }

    private static SecurityLimits limits(UdpRingConfig config) {
        SecurityLimits limits = SecurityLimits.DEFAULTS.withIncumbentQuiet(incumbentQuiet(config));
        return config.identity().isPresent() ? limits.withHandshakesPerSecond(CERTIFIED_HANDSHAKES_PER_SECOND) : limits;
    }

    /**
     * Silent peers are probed that rarely: less would let a twin in between two probes, or during a pause that is forgiven.
     */
    private static Duration incumbentQuiet(UdpRingConfig config) {
        Duration probes = config.farProbeInterval().multipliedBy(2);
        Duration pause = config.ring().tokenTimeout().dividedBy(2);
        return probes.compareTo(pause) > 0 ? probes : pause;
    }
}
