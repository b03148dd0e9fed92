package dev.ha4j.qnetd;

import java.time.Duration;
import java.util.Objects;

/**
 * How a witness treats its clients.
 *
 * @param tls whether connections are encrypted
 * @param clientCertificates whether a client has to show a certificate whose common name is its cluster's; needs TLS
 * @param minHeartbeat shortest heartbeat that a client may ask for ({@code heartbeat_interval_min}, 1 s)
 * @param maxHeartbeat longest one ({@code heartbeat_interval_max}, 2 min)
 * @param maxConnections more are turned away
 */
public record WitnessSettings(
        TlsMode tls, boolean clientCertificates, Duration minHeartbeat, Duration maxHeartbeat, int maxConnections) {

    public static final int DEFAULT_PORT = 5403;

    /** Without encryption. */
    public static final WitnessSettings PLAIN =
            new WitnessSettings(TlsMode.OFF, false, Duration.ofSeconds(1), Duration.ofMinutes(2), 1_000);

    /** Encrypted, with client certificates. */
    public static final WitnessSettings TLS =
            new WitnessSettings(TlsMode.REQUIRED, true, Duration.ofSeconds(1), Duration.ofMinutes(2), 1_000);

    public WitnessSettings {
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(minHeartbeat, "minHeartbeat");
        Objects.requireNonNull(maxHeartbeat, "maxHeartbeat");
        if (clientCertificates && tls == TlsMode.OFF) {
            throw new IllegalArgumentException("client certificates need TLS");
        }
    }
}
