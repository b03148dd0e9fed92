package dev.ha4j.fencing.kit;

import dev.ha4j.fencing.FenceDevice;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A switch in memory and a device before it. */
final class SwitchRig implements FenceRig {

    private static final Set<Fault> NOT_DONE_IN_TIME =
            EnumSet.of(Fault.IGNORES_COMMANDS, Fault.FAILS_COMMANDS, Fault.ACTS_LATE, Fault.SLOW);

    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final FenceDevice device;
    private boolean on = true;
    private boolean flickered;
    private int commands;

    SwitchRig(Function<SwitchRig, FenceDevice> maker) {
        device = maker.apply(this);
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    /** What the switch says of itself. */
    boolean reading() {
        flickered = !flickered;
        return on && !(has(Fault.FLICKERS) && flickered);
    }

    /** Whether the command was answered. */
    boolean command(boolean wanted) {
        commands++;
        if (faults.stream().noneMatch(NOT_DONE_IN_TIME::contains)) {
            on = wanted;
        }
        return !has(Fault.LOSES_ANSWERS) && !has(Fault.SLOW);
    }

    @Override
    public FenceDevice device() {
        return device;
    }

    @Override
    public FenceDevice secondDevice() {
        return device;
    }

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public void turn(boolean newState) {
        on = newState;
    }

    @Override
    public int commandsReceived() {
        return commands;
    }

    @Override
    public boolean inject(Fault fault) {
        faults.add(fault);
        return true;
    }

    @Override
    public void heal() {
        faults.clear();
    }

    @Override
    public List<String> secrets() {
        return List.of("geheim");
    }

    @Override
    public void close() {}
}
