package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Decides what to do: a pure function of the input and the time. May be called from any thread. */
public final class PolicyEngine {

    private PolicyEngine() {}

    /**
     * Makes a plan. Equal arguments give equal plans.
     *
     * @param now the time to plan for
     */
    public static Plan plan(PolicyInput input, Instant now) {
        return plan(new Model(input, now));
    }

    /** Plans in a model, which then holds how the plan came to be. */
    static Plan plan(Model model) {
        Operations operations = new Operations(model);
        FailCounts failCounts = new FailCounts(model);
        Digests digests = new Digests(model, operations);
        unpack(model, operations, failCounts, digests);
        Map<String, Map<String, List<String>>> before = Plan.statusOf(model);
        Health.run(model);
        UnpackConstraints.run(model);
        new NodeCriteria(model, failCounts).run();
        new InternalOrderings(model).run();
        new ConfigurationChanges(model, digests, failCounts).run();
        Assignment assignment = new Assignment(model);
        assignment.run();
        model.onceAssigned.forEach(Runnable::run);
        new Probes(model).run();
        clearFailcountsOfRemoved(model, failCounts);
        Notifications notifications = new Notifications(model);
        new CollectiveActions(model, notifications).run();
        new RemoteOrderings(model).run();
        new FencingActions(model, notifications).run();
        Takeovers takeovers = new Takeovers(model);
        takeovers.run();
        applyOrderings(model, assignment, takeovers);
        GraphBuilder graph = new GraphBuilder(model, notifications);
        graph.build();
        return Plan.of(model, digests, graph, before);
    }

    /** What was observed, without deciding anything. */
    public static Map<String, Map<String, List<String>>> status(PolicyInput input, Instant now) {
        return Plan.statusOf(unpacked(input, now));
    }

    static Model unpacked(PolicyInput input, Instant now) {
        Model model = new Model(input, now);
        Operations operations = new Operations(model);
        unpack(model, operations, new FailCounts(model), new Digests(model, operations));
        return model;
    }

    /** The attributes of the primitive with this name, wherever it is, even if another resource implies it. */
    static Map<String, String> kindOf(PolicyInput input, String id) {
        Stream<ResourceEntry.Primitive> configured = input.resources().stream().flatMap(PolicyEngine::primitives);
        Stream<ResourceEntry.Primitive> implied = input.resources().stream().flatMap(PolicyEngine::impliedByBundle);
        return Stream.of(configured, implied, RemoteNodes.guestConnections(input.resources()).stream())
                .flatMap(each -> each)
                .filter(primitive -> primitive.id().equals(id))
                .findFirst()
                .map(ResourceEntry.Primitive::attributes)
                .orElse(Map.of());
    }

    private static Stream<ResourceEntry.Primitive> primitives(ResourceEntry entry) {
        if (entry instanceof ResourceEntry.Primitive primitive) {
            return Stream.of(primitive);
        }
        if (entry instanceof ResourceEntry.Group group) {
            return group.members().stream();
        }
        return entry instanceof ResourceEntry.Bundle bundle
                ? Stream.ofNullable(bundle.child())
                : primitives(((ResourceEntry.Clone) entry).child());
    }

    private static Stream<ResourceEntry.Primitive> impliedByBundle(ResourceEntry entry) {
        return entry instanceof ResourceEntry.Bundle bundle
                ? BundleExpansion.of(bundle).replicas().stream()
                        .flatMap(replica -> Stream.of(replica.container(), replica.address(), replica.connection()))
                        .filter(java.util.Objects::nonNull)
                : Stream.empty();
    }

    private static void unpack(Model model, Operations operations, FailCounts failCounts, Digests digests) {
        Map<String, String> options = new LinkedHashMap<>();
        model.sets.readInto(options, model.input.options(), RuleInput.NOTHING, "cib-bootstrap-options");
        UnpackNodes.run(model, options);
        UnpackResources resources = new UnpackResources(model);
        resources.run();
        model.scoreLog.begin(model);
        new UnpackStatus(model, resources, operations, failCounts, digests).run();
    }

    private static void clearFailcountsOfRemoved(Model model, FailCounts failCounts) {
        for (Node node : model.nodes) {
            if (!node.online) {
                continue;
            }
            for (Resource resource : model.resources) {
                if (resource instanceof Primitive leaf && leaf.removed && failCounts.effective(node, leaf) > 0) {
                    Action clear = model.actions.clearFailcount(leaf, node, "it is orphaned");
                    model.order(clear, leaf, Tasks.STOP, Order.ORDERED);
                }
            }
        }
    }

    private static void applyOrderings(Model model, Assignment assignment, Takeovers takeovers) {
        Fixpoint fixpoint = new Fixpoint(assignment.choice(), assignment);
        UnderWay underWay = new UnderWay(model);
        underWay.join();
        new OrderApplication(model).run();
        underWay.part();
        List<Action> made = List.copyOf(model.actions.all);
        for (int i = made.size() - 1; i >= 0; i--) {
            fixpoint.blockDependents(made.get(i));
        }
        new ProbeOrderings(model, assignment.choice()).run();
        fixpoint.run(List.copyOf(model.actions.all));
        if (takeovers.mayBlock()) {
            fixpoint.run(List.copyOf(model.actions.all));
        }
        GraphBuilder.dropImpossible(model);
        GraphBuilder.breakLoadLoops(model);
    }
}
