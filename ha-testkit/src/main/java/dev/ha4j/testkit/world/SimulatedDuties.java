package dev.ha4j.testkit.world;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.ResourceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Gives each process a {@link SimulatedResource} for each primitive of the policy. */
public record SimulatedDuties(Duration actEvery) implements ProductionNodes.ResourceMaker {

    @Override
    public Map<String, Resource> in(World world, NodeProcess process) {
        TreeMap<String, Resource> made = new TreeMap<>();
        for (ResourceSpec spec : world.options().policy().resources()) {
            Primitive primitive = spec instanceof Clone clone ? (Primitive) clone.child() : (Primitive) spec;
            boolean guarded = primitive.meta().requires() == ProofLevel.RESOURCE_TOKEN;
            made.put(
                    primitive.id(),
                    new SimulatedResource(
                            primitive.id(),
                            new SimulatedResource.Kind(spec instanceof Clone, guarded),
                            process,
                            world,
                            process.devicesRandom(),
                            actEvery.toNanos()));
        }
        return made;
    }
}
