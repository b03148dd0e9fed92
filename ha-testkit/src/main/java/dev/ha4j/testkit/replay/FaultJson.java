package dev.ha4j.testkit.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ha4j.testkit.swarm.ClusterPlan;
import dev.ha4j.testkit.swarm.Fault;
import dev.ha4j.testkit.swarm.FaultKind;
import dev.ha4j.testkit.world.FenceBehaviour;
import dev.ha4j.testkit.world.Network;
import dev.ha4j.testkit.world.ResourceBehaviour;
import java.util.List;
import java.util.Optional;

/** One fault of a script, with the names of things where the simulator has numbers. */
final class FaultJson {

    private static final String CONTROLLER = "controller";
    private static final String HOLDER = "holder";
    private static final String DEVICE = "fenceDevice";
    private static final String ALL = "all";
    private static final String CUT = "cutAfterMicros";

    /** Before the name of the resource whose holder is meant. */
    private static final String HOLDER_OF = "holder of ";

    private static final List<FenceBehaviour> FENCES = List.of(FenceBehaviour.values());
    private static final List<ResourceBehaviour> RESOURCES = List.of(ResourceBehaviour.values());

    private FaultJson() {}

    static void write(ObjectNode out, Fault fault) {
        Fields.seconds(out, "at", fault.atNanos());
        out.put("kind", fault.kind().name());
        if (fault.target() != 0) {
            out.put("target", name(fault.target()));
        }
        if (fault.forNanos() > 0) {
            Fields.seconds(out, "for", fault.forNanos());
        }
        switch (fault.kind()) {
            case PARTITION -> writeSide(out.putArray("side"), fault.strength());
            case MAJORITY_GONE -> {
                writeSide(out.putArray("side"), fault.strength());
                out.put("unblockedSeconds", Math.abs(fault.other()));
                out.put("powerCut", fault.other() < 0);
            }
            case ONE_WAY_CUT, FALSE_REFUSAL -> out.put("other", name(fault.other()));
            case FREEZE -> writeDevice(out, fault.other());
            case FENCE_DEVICE -> {
                out.put("behaviour", FENCES.get((int) fault.strength()).name());
                if (fault.other() != 0) {
                    out.put(ALL, true);
                }
            }
            case RESOURCE -> {
                out.put("resource", ClusterPlan.TARGETS.get(fault.other()));
                out.put("behaviour", RESOURCES.get((int) fault.strength()).name());
            }
            case BURST -> {
                out.put("requests", fault.strength());
                if (fault.other() != 0) {
                    out.put(CUT, fault.other());
                }
            }
            default -> amount(fault.kind()).ifPresent(unit -> out.put(unit, fault.strength()));
        }
    }

    /** The field of a strength that is a plain number. Without a default: a new kind has to say what it has. */
    private static Optional<String> amount(FaultKind kind) {
        return switch (kind) {
            case LOSS -> Optional.of("perMille");
            case BURST -> Optional.of("requests");
            case DELAY,
                    SLOW_DISK,
                    SLOW_PROCESS,
                    WALL_CLOCK_JUMP,
                    RESTART_STORM,
                    FLAPPING,
                    REPLAY,
                    STALL_AND_CUT,
                    FENCER_FREEZE,
                    LATE_THREADS -> Optional.of("millis");
            case PARTITION, FENCE_DEVICE, RESOURCE -> Optional.empty();
            case KILL, POWER_OFF, POWER_OFF_ALL, DISK_LOST, DISK_ERRORS, FORCE_ERRORS -> Optional.empty();
            case FREEZE, ONE_WAY_CUT, ISOLATION, FALSE_REFUSAL -> Optional.empty();
            case LEAVE, STANDBY, CONFIRM_DOWN, RECONFIGURE, TICKET, HEALTH -> Optional.empty();
            case WITNESS_LATE, WITNESS_FLAPPING -> Optional.of("millis");
            case WITNESS_CUT, WITNESS_DOWN, HELD_OFF, CANCEL_WAIT, MAJORITY_GONE -> Optional.empty();
            case VOTERS -> Optional.of("votesAndOne");
            case DEVICE_CHANGED, ARBITERS_DIFFER -> Optional.of("votes");
        };
    }

    private static void writeDevice(ObjectNode out, int behaviour) {
        if (behaviour != 0) {
            out.put(DEVICE, FENCES.get(behaviour).name());
        }
    }

    private static void writeSide(ArrayNode out, long mask) {
        for (int node = 1; node <= Network.MAX_NODES; node++) {
            if ((mask >> (node - 1) & 1) == 1) {
                out.add(name(node));
            }
        }
    }

    static Fault read(JsonNode in) {
        FaultKind kind = Fields.constant(in, "kind", FaultKind.class);
        int target = in.has("target") ? number(Fields.text(in, "target")) : 0;
        long forNanos = in.has("for") ? Fields.nanos(in, "for") : 0;
        return new Fault(Fields.nanos(in, "at"), kind, target, other(in, kind), forNanos, strength(in, kind));
    }

    private static int other(JsonNode in, FaultKind kind) {
        return switch (kind) {
            case ONE_WAY_CUT, FALSE_REFUSAL -> number(Fields.text(in, "other"));
            case FREEZE -> in.has(DEVICE) ? FENCES.indexOf(Fields.constant(in, DEVICE, FenceBehaviour.class)) : 0;
            case FENCE_DEVICE -> in.has(ALL) && Fields.flag(in, ALL) ? 1 : 0;
            case BURST -> in.has(CUT) ? (int) Fields.integer(in, CUT) : 0;
            case RESOURCE -> primitive(Fields.text(in, "resource"));
            case MAJORITY_GONE -> (int) Fields.integer(in, "unblockedSeconds") * (Fields.flag(in, "powerCut") ? -1 : 1);
            default -> 0;
        };
    }

    private static int primitive(String name) {
        int number = ClusterPlan.TARGETS.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("resource is none of " + ClusterPlan.TARGETS);
        }
        return number;
    }

    private static long strength(JsonNode in, FaultKind kind) {
        return switch (kind) {
            case PARTITION, MAJORITY_GONE -> readSide(Fields.field(in, "side"));
            case FENCE_DEVICE -> FENCES.indexOf(Fields.constant(in, "behaviour", FenceBehaviour.class));
            case RESOURCE -> RESOURCES.indexOf(Fields.constant(in, "behaviour", ResourceBehaviour.class));
            default -> amount(kind).map(unit -> Fields.integer(in, unit)).orElse(0L);
        };
    }

    private static long readSide(JsonNode names) {
        long mask = 0;
        for (JsonNode name : names) {
            mask |= 1L << (number(name.asText()) - 1);
        }
        return mask;
    }

    private static String name(int node) {
        return switch (node) {
            case Fault.CONTROLLER -> CONTROLLER;
            case Fault.HOLDER -> HOLDER;
            default ->
                Fault.heldBy(node).isPresent()
                        ? HOLDER_OF + ClusterPlan.TARGETS.get(Fault.heldBy(node).getAsInt())
                        : String.valueOf((char) ('a' + node - 1));
        };
    }

    private static int number(String name) {
        if (List.of(CONTROLLER, HOLDER).contains(name)) {
            return name.equals(HOLDER) ? Fault.HOLDER : Fault.CONTROLLER;
        }
        if (name.startsWith(HOLDER_OF)) {
            return Fault.holderOf(primitive(name.substring(HOLDER_OF.length())));
        }
        int node = name.length() == 1 ? name.charAt(0) - 'a' + 1 : 0;
        if (node < 1 || node > Network.MAX_NODES) {
            throw new IllegalArgumentException(name + " is no node: they are called a, b, c and so on, or " + CONTROLLER
                    + ", " + HOLDER + " or " + HOLDER_OF + "a resource");
        }
        return node;
    }
}
