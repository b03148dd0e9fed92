package dev.ha4j.qnetd.witness;

import java.util.Optional;

/** How far a client has come. */
final class Connection {

    private final long id;
    private long lastHeardNanos;
    private long patienceNanos;
    private Optional<String> cluster = Optional.empty();
    private Optional<String> certificateName = Optional.empty();
    private boolean encrypted;
    private boolean initialized;

    Connection(long id, long patienceNanos, long nowNanos) {
        this.id = id;
        this.patienceNanos = patienceNanos;
        this.lastHeardNanos = nowNanos;
    }

    long id() {
        return id;
    }

    void heard(long nowNanos) {
        lastHeardNanos = nowNanos;
    }

    boolean isSilent(long nowNanos) {
        return nowNanos - lastHeardNanos >= patienceNanos;
    }

    Optional<String> cluster() {
        return cluster;
    }

    void name(String clusterName) {
        cluster = Optional.of(clusterName);
    }

    boolean encrypted() {
        return encrypted;
    }

    void encrypt(Optional<String> name) {
        encrypted = true;
        certificateName = name;
    }

    /** Whether the certificate is the cluster's. */
    boolean belongsToItsCluster() {
        return certificateName.isPresent() && certificateName.equals(cluster);
    }

    boolean initialized() {
        return initialized;
    }

    void initialize(long newPatienceNanos) {
        initialized = true;
        patienceNanos = newPatienceNanos;
    }
}
