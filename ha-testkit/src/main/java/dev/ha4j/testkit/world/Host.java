package dev.ha4j.testkit.world;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A machine: power, disk, clock, and the process that runs on it, if one does. */
public final class Host {

    private final NodeId id;
    private final String name;
    private final SimulatedDisk disk;
    private final SplittableRandom random;
    private final int driftPartsPerMillion;
    private int featureLevel;
    private final TreeMap<String, ResourceBehaviour> resources = new TreeMap<>();
    private boolean powered = true;
    private boolean held;
    private int boots = 1;
    private int lives;
    private int directories = 1;
    private long wallOffsetMillis;
    private boolean diskKept = true;
    private long slownessNanos;
    private long threadsLateNanos;
    private FenceBehaviour fenceBehaviour = FenceBehaviour.PROMPT;
    private @Nullable NodeProcess process;

    Host(NodeId id, String name, SimulatedDisk disk, SplittableRandom random, int drift, int featureLevel) {
        this.id = id;
        this.name = name;
        this.disk = disk;
        this.random = random;
        this.driftPartsPerMillion = drift;
        this.featureLevel = featureLevel;
    }

    public NodeId id() {
        return id;
    }

    public String name() {
        return name;
    }

    public boolean isPowered() {
        return powered;
    }

    /** The process that runs or is frozen here; empty if there is none. */
    public Optional<NodeProcess> process() {
        return Optional.ofNullable(process).filter(running -> running.life().isAlive());
    }

    String machineId() {
        return "machine-" + name;
    }

    SimulatedDisk disk() {
        return disk;
    }

    int driftPartsPerMillion() {
        return driftPartsPerMillion;
    }

    int featureLevel() {
        return featureLevel;
    }

    /** The operator installs newer software while nothing runs, at one stop or another. */
    void mayBeUpgraded(int newest) {
        if (featureLevel < newest && lives > 0 && random.nextBoolean()) {
            featureLevel = newest;
        }
    }

    FenceBehaviour fenceBehaviour() {
        return fenceBehaviour;
    }

    /** How the device that switches this host off behaves from now on. */
    public void fenceBehaviour(FenceBehaviour behaviour) {
        fenceBehaviour = behaviour;
    }

    /** How this resource behaves on this host from now on. */
    public void behaviour(String resource, ResourceBehaviour behaviour) {
        resources.put(resource, behaviour);
    }

    ResourceBehaviour behaviour(String resource) {
        return resources.getOrDefault(resource, ResourceBehaviour.WELL);
    }

    long wallOffsetMillis() {
        return wallOffsetMillis;
    }

    public void jumpWallClock(long millis) {
        wallOffsetMillis += millis;
    }

    /** Forces take at most this long from now on. */
    public void diskForceTakes(long nanos) {
        disk.forceTakes(nanos);
    }

    /** Tasks of the process wait up to this long more than they do on a healthy host. */
    public void slow(long nanos) {
        slownessNanos = nanos;
    }

    long slownessNanos() {
        return slownessNanos;
    }

    /** Threads of the process begin up to this much later than on a healthy host. */
    public void lateThreads(long nanos) {
        threadsLateNanos = nanos;
    }

    long threadsLateNanos() {
        return threadsLateNanos;
    }

    /** Writes go well, forces throw. */
    void diskForcesFail(boolean failing) {
        disk.failingForces(failing);
    }

    void diskFails(boolean failing) {
        disk.failing(failing);
    }

    Incarnation nextIncarnation() {
        lives++;
        return new Incarnation(
                machineId(), "boot-" + name + "-" + boots, "directory-" + name + "-" + directories, random.nextLong());
    }

    int lives() {
        return lives;
    }

    boolean takeDiskKept() {
        boolean kept = diskKept;
        diskKept = true;
        return kept;
    }

    void wipeDisk() {
        disk.wipe();
        directories++;
        diskKept = false;
    }

    void runs(NodeProcess started) {
        process = started;
    }

    void powerFails() {
        powered = false;
        disk.powerFailed();
    }

    void boots() {
        powered = true;
        boots++;
    }

    /** Whether somebody sees to it that it stays off. */
    public boolean isHeld() {
        return held;
    }

    /** Somebody sees to it from now on that it does not start, or leaves that off. */
    public void hold(boolean off) {
        held = off;
    }

    void heal(long forceNanos) {
        held = false;
        fenceBehaviour = FenceBehaviour.PROMPT;
        resources.clear();
        disk.failing(false);
        disk.failingForces(false);
        slownessNanos = 0;
        threadsLateNanos = 0;
        disk.forceTakes(forceNanos);
    }

    SplittableRandom random() {
        return random;
    }

    @Override
    public String toString() {
        return name;
    }
}
