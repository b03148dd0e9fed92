package dev.ha4j.testkit.scenario;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.node.assembly.NodeAssembly;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.ProductionNodes;
import dev.ha4j.testkit.world.UserThreads;
import dev.ha4j.testkit.world.World;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Puts the code under test into each process: new instances for each life. */
final class HostedCode implements ProductionNodes.ResourceMaker {

    private final Setup setup;
    private final ClusterPolicy policy;
    private final UserThreads threads;
    private final Troubles troubles;
    private final Function<String, SimulatedStorage> storages;

    HostedCode(
            Setup setup,
            ClusterPolicy policy,
            UserThreads threads,
            Troubles troubles,
            Function<String, SimulatedStorage> storages) {
        this.setup = setup;
        this.policy = policy;
        this.threads = threads;
        this.troubles = troubles;
        this.storages = storages;
    }

    @Override
    public Map<String, Resource> in(World world, NodeProcess process) {
        process.employ(threads);
        TreeMap<String, Resource> made = new TreeMap<>();
        setup.resources().forEach((name, implementation) -> {
            Resource resource = make(name, implementation, process);
            made.put(name, observed(name, resource, duty(name, process)));
        });
        return made;
    }

    @Override
    public Map<String, IntFunction<Resource>> numbered(World world, NodeProcess process) {
        TreeMap<String, IntFunction<Resource>> made = new TreeMap<>();
        setup.numbered()
                .forEach((name, instances) -> made.put(name, number -> {
                    String instance = InstanceName.of(name, number).toString();
                    return observed(instance, instances.apply(number), duty(instance, process));
                }));
        return made;
    }

    @Override
    public void candidatures(NodeAssembly node, NodeProcess process) {
        setup.leaderships().forEach((name, candidacy) -> {
            LeadershipListener listener = make(name, candidacy.listener(), process);
            node.lead(name, candidacy.options(), new ObservedListener(listener, duty(name, process)));
        });
    }

    private Duty duty(String name, NodeProcess process) {
        return new Duty(name, process, threads, troubles, storages.apply(name));
    }

    private <T> T make(String name, Supplier<? extends T> implementation, NodeProcess process) {
        try {
            return threads.as(process, implementation::get);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "what should make " + name + " on node " + process.host() + " threw " + e, e);
        }
    }

    private Resource observed(String name, Resource resource, Duty duty) {
        Duty.Kind kind = Setup.kind(name, policy);
        boolean promotable = resource instanceof PromotableResource;
        if (promotable != (kind == Duty.Kind.PROMOTABLE)) {
            String type = resource.getClass().getSimpleName();
            throw new IllegalStateException(
                    promotable
                            ? type + " is a PromotableResource, but " + name
                                    + " is not promotable: use hostPromotable(\"" + name + "\", ...)"
                            : name + " is promotable, but " + type + " is no PromotableResource: implement it, or use"
                                    + " host(\"" + name + "\", ...)");
        }
        return resource instanceof PromotableResource both
                ? new ObservedPromotable(both, duty)
                : new ObservedResource(resource, duty, kind);
    }
}
