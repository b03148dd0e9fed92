package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.Intent;
import dev.ha4j.api.state.ParameterDigests;
import dev.ha4j.api.state.ReturnCode;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One thing to be done on the way to where resources should be. */
public sealed interface Action {

    /**
     * Make sure that a lost node does no more harm.
     *
     * @param target whom
     * @param reason in words
     */
    record Fence(NodeId target, String reason) implements Action {
        public Fence {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Run an operation of a resource.
     *
     * @param node where
     * @param resource name of the primitive
     * @param operation what; {@link OperationName#MONITOR} with interval 0 is a probe
     * @param intervalMillis time between two runs; 0 for once
     * @param timeout after which it has failed
     * @param expected what it should come back with
     * @param exclusive whether a term has to be granted for it
     * @param parameters what the resource is told
     * @param digests of the parameters, for the record
     * @param peer where a migration goes to or comes from
     * @param reason in words
     */
    record Operate(
            NodeId node,
            String resource,
            OperationName operation,
            long intervalMillis,
            Duration timeout,
            ReturnCode expected,
            boolean exclusive,
            SortedMap<String, String> parameters,
            ParameterDigests digests,
            Optional<NodeId> peer,
            String reason)
            implements Action {
        public Operate {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(timeout, "timeout");
            Objects.requireNonNull(expected, "expected");
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            Objects.requireNonNull(digests, "digests");
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(reason, "reason");
        }

        /** Of a resource that is told nothing. */
        public Operate(
                NodeId node,
                String resource,
                OperationName operation,
                long intervalMillis,
                Duration timeout,
                ReturnCode expected,
                boolean exclusive,
                String reason) {
            this(
                    node,
                    resource,
                    operation,
                    intervalMillis,
                    timeout,
                    expected,
                    exclusive,
                    Collections.emptySortedMap(),
                    ParameterDigests.NONE,
                    Optional.empty(),
                    reason);
        }
    }

    /**
     * Tell a resource that runs what is about to be done with its peers.
     *
     * @param node where it runs
     * @param resource name of the primitive
     * @param intent what will be done
     * @param timeout after which it is given up
     */
    record Announce(NodeId node, String resource, Intent intent, Duration timeout) implements Action {
        public Announce {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(intent, "intent");
            Objects.requireNonNull(timeout, "timeout");
        }
    }

    /**
     * End a recurring monitor.
     *
     * @param node where
     * @param resource name of the primitive
     * @param intervalMillis which of its monitors
     */
    record Cancel(NodeId node, String resource, long intervalMillis) implements Action {
        public Cancel {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(resource, "resource");
        }
    }

    /**
     * Forget failures that are old enough, or whose resource is gone.
     *
     * @param node where they happened
     * @param resource name of the primitive
     */
    record ClearFailures(NodeId node, String resource) implements Action {
        public ClearFailures {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(resource, "resource");
        }
    }

    /**
     * Let a node go that asked to leave, and has nothing active left.
     *
     * @param node who
     */
    record Dismiss(NodeId node) implements Action {
        public Dismiss {
            Objects.requireNonNull(node, "node");
        }
    }

    /**
     * A point in the graph at which nothing is done; others wait for it.
     *
     * @param name what has happened then
     */
    record Pseudo(String name) implements Action {
        public Pseudo {
            Objects.requireNonNull(name, "name");
        }
    }
}
