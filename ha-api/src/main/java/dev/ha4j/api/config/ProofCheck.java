package dev.ha4j.api.config;

import dev.ha4j.api.ProofLevel;
import java.util.List;
import java.util.stream.Stream;

/** That a failover is possible at all: every proof that an exclusive role demands has somebody who can give it. */
record ProofCheck(ClusterPolicy policy, Check check) {

    void run() {
        if (policy.nodes().size() > 1) {
            policy.resources().stream().flatMap(ProofCheck::exclusive).forEach(this::primitive);
        }
    }

    /** Primitives that are active in an exclusive role: started outside of a clone, or promoted. */
    private static Stream<Primitive> exclusive(ResourceSpec resource) {
        if (resource instanceof Clone clone && !clone.options().promotable()) {
            return Stream.empty();
        }
        return ResourceCheck.withInner(resource)
                .filter(Primitive.class::isInstance)
                .map(Primitive.class::cast);
    }

    private void primitive(Primitive primitive) {
        String where = "resource " + primitive.id();
        switch (primitive.meta().requires()) {
            case NONE ->
                check.wrong(
                        where,
                        "demands no proof at all: it could run twice",
                        "requires(SELF_LEASE), or requires(RESOURCE_TOKEN) if its storage refuses old tokens");
            case RESOURCE_TOKEN -> {}
            case SELF_LEASE -> lease(where);
            default -> fence(where, primitive.meta().requires());
        }
    }

    private void lease(String where) {
        if (policy.quorum().twoNode()) {
            check.wrong(
                    where,
                    "relies on leases (SELF_LEASE), but with twoNode both halves may be quorate",
                    "a fence device and requires(POWER_VERIFIED)");
        }
        NoQuorumPolicy noQuorum = policy.options().noQuorumPolicy();
        if (noQuorum == NoQuorumPolicy.FREEZE || noQuorum == NoQuorumPolicy.IGNORE) {
            check.wrong(
                    where,
                    "relies on leases (SELF_LEASE), but a node without quorum goes on (no-quorum policy " + noQuorum
                            + ")",
                    "the no-quorum policy STOP, or a fence device and requires(POWER_VERIFIED)");
        }
    }

    private void fence(String where, ProofLevel demanded) {
        List<String> unprovable = policy.nodes().stream()
                .map(NodeSpec::name)
                .filter(node -> !isProvable(node, demanded))
                .toList();
        if (!unprovable.isEmpty()) {
            check.wrong(
                    where,
                    "demands " + demanded + " before it is taken over, and no fence device can prove that of "
                            + String.join(", ", unprovable),
                    "add a fence device for them with fencing(...), or requires(SELF_LEASE) to rely on leases, or"
                            + " requires(RESOURCE_TOKEN) if its storage refuses old tokens");
        }
    }

    private boolean isProvable(String node, ProofLevel demanded) {
        return policy.options().fencingEnabled()
                && policy.fencePaths(node).stream()
                        .anyMatch(path -> path.proofLevel().satisfies(demanded));
    }
}
