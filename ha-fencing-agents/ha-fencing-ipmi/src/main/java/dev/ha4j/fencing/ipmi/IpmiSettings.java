package dev.ha4j.fencing.ipmi;

import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** All that a device was told; secrets by reference. */
record IpmiSettings(
        String deviceId,
        String target,
        String host,
        int port,
        Secret userName,
        Secret password,
        Optional<Secret> bmcKey,
        Optional<String> identity,
        CipherSuite suite,
        Privilege privilege,
        Pace pace) {

    static final int DEFAULT_PORT = 623;

    /** Resolved anew for each session, so that a changed name is followed. */
    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    IpmiSettings withPort(int newPort) {
        if (newPort < 1 || newPort > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + newPort);
        }
        return new IpmiSettings(
                deviceId, target, host, newPort, userName, password, bmcKey, identity, suite, privilege, pace);
    }

    IpmiSettings withBmcKey(Secret key) {
        return new IpmiSettings(
                deviceId, target, host, port, userName, password, Optional.of(key), identity, suite, privilege, pace);
    }

    IpmiSettings withIdentity(String newIdentity) {
        return new IpmiSettings(
                deviceId,
                target,
                host,
                port,
                userName,
                password,
                bmcKey,
                Optional.of(newIdentity),
                suite,
                privilege,
                pace);
    }

    IpmiSettings withSuite(CipherSuite newSuite) {
        return new IpmiSettings(
                deviceId, target, host, port, userName, password, bmcKey, identity, newSuite, privilege, pace);
    }

    IpmiSettings withPrivilege(Privilege newPrivilege) {
        return new IpmiSettings(
                deviceId, target, host, port, userName, password, bmcKey, identity, suite, newPrivilege, pace);
    }

    IpmiSettings withPace(Pace newPace) {
        return new IpmiSettings(
                deviceId, target, host, port, userName, password, bmcKey, identity, suite, privilege, newPace);
    }

    /**
     * How long to wait for what.
     *
     * @param tries how often one message is sent at most
     * @param perTry how long to wait for an answer to each
     * @param perAction how long one call of the device may take; the request's deadline may be sooner
     * @param firstPoll time between the first two looks at the power; later ones grow apart
     */
    record Pace(int tries, Duration perTry, Duration perAction, Duration firstPoll) {

        static final int MAX_TRIES = 10;

        static final Pace DEFAULT = new Pace(3, Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMillis(5));

        Pace {
            if (tries < 1 || tries > MAX_TRIES) {
                throw new IllegalArgumentException("tries must be 1 to " + MAX_TRIES + ", not " + tries);
            }
            requirePositive(perTry, "perTry");
            requirePositive(perAction, "perAction");
            requirePositive(firstPoll, "firstPoll");
        }

        private static void requirePositive(Duration duration, String name) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException(name + " must be positive, not " + duration);
            }
        }

        /** The time after which a command that was sent can be expected to have had its effect, if it ever has. */
        Duration quietPeriod() {
            return perTry.multipliedBy(tries + 1L);
        }
    }
}
