package dev.ha4j.node.assembly;

import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NoQuorumPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.runtime.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leaderships that this node stands for: each is put into the replicated configuration by the first node that asks for
 * it. Lives on the controller's loop.
 */
final class Leaderships {

    /** How long to wait before a request that wasn't carried out is made again. */
    static final Duration RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Leaderships.class);

    private final EventLoop loop;
    private final BiConsumer<Request, Consumer<RequestResult>> request;
    private final Supplier<ClusterState> state;
    private final Map<String, Clone> wanted = new TreeMap<>();
    private final TreeSet<String> asked = new TreeSet<>();

    Leaderships(EventLoop loop, BiConsumer<Request, Consumer<RequestResult>> request, Supplier<ClusterState> state) {
        this.loop = loop;
        this.request = request;
        this.state = state;
    }

    /**
     * What a leadership is to the cluster.
     *
     * @throws IllegalArgumentException if it would rely on leases in a cluster whose nodes go on without quorum
     */
    static Clone resource(String name, LeadershipOptions options, ClusterPolicy policy) {
        ProofLevel demanded = options.requires().orElseGet(() -> strongest(policy));
        NoQuorumPolicy noQuorum = policy.options().noQuorumPolicy();
        boolean goesOn = noQuorum == NoQuorumPolicy.FREEZE || noQuorum == NoQuorumPolicy.IGNORE;
        if (demanded == ProofLevel.SELF_LEASE && goesOn && policy.nodes().size() > 1) {
            throw new IllegalArgumentException("leadership " + name
                    + " would rely on leases (SELF_LEASE), but a node without" + " quorum goes on (no-quorum policy "
                    + noQuorum + "): use the policy STOP, or fence devices");
        }
        return Clone.of(Primitive.of(name).requires(demanded), CloneOptions.ONE_PROMOTED);
    }

    private static ProofLevel strongest(ClusterPolicy policy) {
        boolean fenced = policy.options().fencingEnabled()
                && policy.nodes().stream().map(NodeSpec::name).allMatch(node -> isProvable(node, policy));
        return fenced ? ProofLevel.POWER_VERIFIED : ProofLevel.SELF_LEASE;
    }

    private static boolean isProvable(String node, ClusterPolicy policy) {
        return policy.fencePaths(node).stream()
                .anyMatch(path -> path.proofLevel().satisfies(ProofLevel.POWER_VERIFIED));
    }

    void want(Clone leadership) {
        wanted.put(leadership.child().id(), leadership);
        ask();
    }

    void forget(String name) {
        wanted.remove(name);
    }

    /** Asks for what is not in the configuration yet. Called with each new state. */
    void ask() {
        ClusterState now = state.get();
        if (!now.quorate()) {
            return;
        }
        for (var entry : wanted.entrySet()) {
            String name = entry.getKey();
            if (now.policy().resource(name).isEmpty() && asked.add(name)) {
                request.accept(new Request.PutResource(entry.getValue()), result -> answered(name, result));
            }
        }
    }

    private void answered(String name, RequestResult result) {
        if (result instanceof RequestResult.Applied) {
            asked.remove(name);
            return;
        }
        LOG.debug("leadership {} could not be asked for: {}", name, result);
        loop.schedule(RETRY.toNanos(), () -> {
            asked.remove(name);
            ask();
        });
    }
}
