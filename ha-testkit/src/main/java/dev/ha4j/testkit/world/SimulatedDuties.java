package dev.ha4j.testkit.world;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.ResourceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Gives each process a {@link SimulatedResource} for each primitive of the policy, and for each instance that differs from others. */
public record SimulatedDuties(Duration actEvery) implements ProductionNodes.ResourceMaker {

    @Override
    public Map<String, Resource> in(World world, NodeProcess process) {
        TreeMap<String, Resource> made = new TreeMap<>();
        for (ResourceSpec spec : world.options().policy().resources()) {
            if (!isNumbered(spec)) {
                Primitive primitive = primitive(spec);
                made.put(primitive.id(), resource(primitive.id(), spec, world, process));
            }
        }
        return made;
    }

    @Override
    public Map<String, IntFunction<Resource>> numbered(World world, NodeProcess process) {
        TreeMap<String, IntFunction<Resource>> made = new TreeMap<>();
        for (ResourceSpec spec : world.options().policy().resources()) {
            if (isNumbered(spec)) {
                String name = primitive(spec).id();
                made.put(name, number -> resource(InstanceName.of(name, number).toString(), spec, world, process));
            }
        }
        return made;
    }

    private static boolean isNumbered(ResourceSpec spec) {
        return spec instanceof Clone clone && clone.options().globallyUnique();
    }

    private static Primitive primitive(ResourceSpec spec) {
        return spec instanceof Clone clone ? (Primitive) clone.child() : (Primitive) spec;
    }

    private Resource resource(String name, ResourceSpec spec, World world, NodeProcess process) {
        boolean guarded = primitive(spec).meta().requires() == ProofLevel.RESOURCE_TOKEN;
        boolean promotable = spec instanceof Clone clone && clone.options().promotable();
        return new SimulatedResource(
                name,
                new SimulatedResource.Kind(promotable, guarded),
                process,
                world,
                process.devicesRandom(),
                actEvery.toNanos());
    }
}
