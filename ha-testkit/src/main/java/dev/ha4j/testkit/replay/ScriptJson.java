package dev.ha4j.testkit.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.swarm.ClusterPlan;
import dev.ha4j.testkit.swarm.ClusterPlan.Voters;
import dev.ha4j.testkit.swarm.Fault;
import dev.ha4j.testkit.swarm.Scenario;
import dev.ha4j.testkit.world.Network;
import dev.ha4j.testkit.world.WorldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scripts as JSON. What is read is what was written, to the nanosecond. */
public final class ScriptJson {

    private static final int FORMAT = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ScriptJson() {}

    public static String write(Script script) {
        ObjectNode out = JSON.createObjectNode();
        out.put("format", FORMAT);
        script.violates().ifPresent(rule -> out.put("violates", rule));
        script.planted().ifPresent(bug -> out.put("planted", bug));
        Scenario scenario = script.scenario();
        out.put("seed", scenario.world().seed());
        Fields.seconds(out, "faultySeconds", scenario.faultyTime().toNanos());
        Fields.seconds(out, "requestEverySeconds", scenario.requestEvery().toNanos());
        Fields.seconds(out, "actEverySeconds", scenario.actEvery().toNanos());
        world(out.putObject("world"), scenario.world());
        ArrayNode faults = out.putArray("faults");
        scenario.faults().forEach(fault -> FaultJson.write(faults.addObject(), fault));
        return pretty(out);
    }

    private static void world(ObjectNode out, WorldOptions world) {
        ClusterPolicy policy = world.policy();
        out.put("nodes", policy.nodes().size());
        out.put("waitForAll", policy.quorum().waitForAll());
        putIf(out, "witness", Voters.of(policy).witnessVotes() == 1);
        if (Voters.of(policy).witnessVotes() > 1) {
            out.put("witnessVotes", Voters.of(policy).witnessVotes());
        }
        putIf(out, "lastManStanding", Voters.of(policy).lastManStanding());
        putIf(out, "downscale", Voters.of(policy).downscale());
        putIf(out, "rules", ClusterPlan.hasRules(policy));
        putIf(out, "notices", ClusterPlan.hasNotices(policy));
        ArrayNode resources = out.putArray("resources");
        policy.primitives().map(Primitive::id).forEach(resources::add);
        Fields.seconds(out, "tokenTimeoutSeconds", world.tokenTimeout().toNanos());
        if (!world.detectionFloor().equals(world.tokenTimeout())) {
            Fields.seconds(out, "detectionFloorSeconds", world.detectionFloor().toNanos());
        }
        Fields.seconds(out, "probeSeconds", world.probeInterval().toNanos());
        Fields.seconds(out, "forceSeconds", world.forceTakes().toNanos());
        Fields.seconds(out, "rebootSeconds", world.rebootTakes().toNanos());
        out.put("maxHopNanos", world.maxHopNanos());
        out.put("maxDriftPartsPerMillion", world.maxDriftPartsPerMillion());
        out.put("mixedLevels", world.mixedLevels());
        out.put("sealed", world.sealed());
        Network.Quality quality = world.quality();
        out.putObject("paths")
                .put("minDelayNanos", quality.minDelayNanos())
                .put("meanExtraNanos", quality.meanExtraNanos())
                .put("tail", quality.tail())
                .put("tailNanos", quality.tailNanos())
                .put("loss", quality.loss())
                .put("duplication", quality.duplication());
    }

    /** One line for each field, and for each fault: a script is read, compared and shortened by people. */
    private static String pretty(ObjectNode out) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : out.properties()) {
            JsonNode value = field.getValue();
            lines.add("  \"" + field.getKey() + "\": " + (value.isArray() ? list(value) : line(value)));
        }
        return "{\n" + String.join(",\n", lines) + "\n}\n";
    }

    private static String list(JsonNode values) {
        List<String> lines = new ArrayList<>();
        values.forEach(value -> lines.add("    " + line(value)));
        return lines.isEmpty() ? "[]" : "[\n" + String.join(",\n", lines) + "\n  ]";
    }

    private static String line(JsonNode value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a script can't be written", e);
        }
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IllegalArgumentException if it is no script, with what is wrong
     */
    public static Script read(String text) {
        JsonNode in;
        try {
            in = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the script is no JSON: " + e.getOriginalMessage(), e);
        }
        if (Fields.integer(in, "format") != FORMAT) {
            throw new IllegalArgumentException("the script's format is " + in.get("format") + ", known is " + FORMAT);
        }
        Scenario scenario = new Scenario(
                world(Fields.integer(in, "seed"), Fields.field(in, "world")),
                duration(in, "faultySeconds"),
                faults(Fields.field(in, "faults")),
                duration(in, "requestEverySeconds"),
                duration(in, "actEverySeconds"));
        return new Script(scenario, optional(in, "violates"), optional(in, "planted"));
    }

    private static List<Fault> faults(JsonNode all) {
        List<Fault> faults = new ArrayList<>();
        for (JsonNode each : all) {
            try {
                faults.add(FaultJson.read(each));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("faults[" + faults.size() + "]: " + e.getMessage(), e);
            }
        }
        return faults;
    }

    private static WorldOptions world(long seed, JsonNode in) {
        List<String> resources = new ArrayList<>();
        Fields.field(in, "resources").forEach(name -> resources.add(name.asText()));
        ClusterPolicy plain = ClusterPlan.policy(voters(in), resources);
        ClusterPolicy notified = isSet(in, "notices") ? ClusterPlan.withNotices(plain) : plain;
        return new WorldOptions(
                seed,
                isSet(in, "rules") ? ClusterPlan.withRules(notified) : notified,
                duration(in, "tokenTimeoutSeconds"),
                duration(in, in.has("detectionFloorSeconds") ? "detectionFloorSeconds" : "tokenTimeoutSeconds"),
                quality(Fields.field(in, "paths")),
                duration(in, "probeSeconds"),
                duration(in, "forceSeconds"),
                Fields.integer(in, "maxHopNanos"),
                (int) Fields.integer(in, "maxDriftPartsPerMillion"),
                duration(in, "rebootSeconds"),
                Fields.flag(in, "mixedLevels"),
                Fields.flag(in, "sealed"));
    }

    private static Voters voters(JsonNode in) {
        return new Voters(
                (int) Fields.integer(in, "nodes"),
                Fields.flag(in, "waitForAll"),
                in.has("witnessVotes") ? (int) Fields.integer(in, "witnessVotes") : isSet(in, "witness") ? 1 : 0,
                isSet(in, "lastManStanding"),
                isSet(in, "downscale"));
    }

    private static void putIf(ObjectNode out, String name, boolean set) {
        if (set) {
            out.put(name, true);
        }
    }

    private static boolean isSet(JsonNode in, String name) {
        return in.has(name) && Fields.flag(in, name);
    }

    private static Network.Quality quality(JsonNode in) {
        return new Network.Quality(
                Fields.integer(in, "minDelayNanos"),
                Fields.integer(in, "meanExtraNanos"),
                Fields.real(in, "tail"),
                Fields.integer(in, "tailNanos"),
                Fields.real(in, "loss"),
                Fields.real(in, "duplication"));
    }

    private static Duration duration(JsonNode in, String name) {
        return Duration.ofNanos(Fields.nanos(in, name));
    }

    private static Optional<String> optional(JsonNode in, String name) {
        return Optional.ofNullable(in.get(name)).map(JsonNode::asText);
    }
}
