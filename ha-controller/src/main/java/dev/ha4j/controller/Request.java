package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.controller.QuorumWord.Unblock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What an application or operator asks of the cluster. */
public sealed interface Request {

    /** Characters that an operator's name and reason may have together. */
    int MAX_WORDS = 512;

    /**
     * Replaces the configuration, if it is still the one that the change was made from. Nodes and the way votes are counted
     * can't be changed by this.
     */
    record ReplacePolicy(ClusterPolicy before, ClusterPolicy policy) implements Request {
        public ReplacePolicy {
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(policy, "policy");
        }
    }

    /**
     * Changes the nodes and how their votes are counted, and the fence devices that go with them, if they are still what the
     * change was made from. It holds when a quorum by the old and by the new rule has it on disk. Kept with name and reason.
     */
    record ChangeVoters(ClusterPolicy before, ClusterPolicy after, String operator, String reason) implements Request {
        public ChangeVoters {
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
            requireSigned("a change of the voters", operator, reason);
        }

        /** Who, and why. */
        public String changedBy() {
            return operator + " (" + reason + ")";
        }
    }

    /**
     * A cluster that goes on at an operator's word, without some and without a quorum of all, does so for this long from now on.
     * Kept with name and reason.
     */
    record ProlongUnblocking(Duration length, String operator, String reason) implements Request {
        public ProlongUnblocking {
            requireSigned("more time", operator, reason);
            Unblock.requireTime(length);
        }

        /** Who, and why. */
        public String by() {
            return operator + " (" + reason + ")";
        }
    }

    /** Adds a resource, or replaces the one of this name. */
    record PutResource(ResourceSpec resource) implements Request {
        public PutResource {
            Objects.requireNonNull(resource, "resource");
        }
    }

    /** Keeps resources off a node, or lets them come back. */
    record Standby(NodeId node, boolean on) implements Request {
        public Standby {
            Objects.requireNonNull(node, "node");
        }
    }

    /** Leaves a node's resources alone, or takes care of them again. */
    record Maintenance(NodeId node, boolean on) implements Request {
        public Maintenance {
            Objects.requireNonNull(node, "node");
        }
    }

    /** Sets an attribute of a node, or removes it. */
    record SetAttribute(NodeId node, String name, Optional<String> value) implements Request {
        public SetAttribute {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    /** What is done with a ticket. */
    enum TicketChange {
        GRANT,
        /** It is kept, and what depends on it stops in peace. */
        STANDBY,
        REVOKE
    }

    /** Gives this cluster a ticket, or takes it away. Kept with name and reason. */
    record ChangeTicket(String ticket, TicketChange change, String operator, String reason) implements Request {
        public ChangeTicket {
            Objects.requireNonNull(ticket, "ticket");
            Objects.requireNonNull(change, "change");
            requireSigned("a change of a ticket", operator, reason);
        }

        /** Who, and why. */
        public String changedBy() {
            return operator + " (" + reason + ")";
        }
    }

    /** Forgets the failures of a resource, on one node or on all. */
    record ForgetFailures(String resource, Optional<NodeId> node) implements Request {
        public ForgetFailures {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(node, "node");
        }
    }

    /** An operator's order to fence a node, member or not. Kept with name and reason. */
    record Fence(NodeId node, String operator, String reason) implements Request {
        public Fence {
            Objects.requireNonNull(node, "node");
            requireSigned("an order to fence", operator, reason);
        }

        /** Who, and why. */
        public String orderedBy() {
            return operator + " (" + reason + ")";
        }
    }

    /** An operator's word that a lost node is down. Kept with name and reason. */
    record ConfirmDown(NodeId node, String operator, String reason) implements Request {
        public ConfirmDown {
            Objects.requireNonNull(node, "node");
            requireSigned("a confirmation", operator, reason);
        }
    }

    /**
     * That somebody stands for it.
     *
     * @throws IllegalArgumentException if nobody does, or in too many words
     */
    static void requireSigned(String what, String operator, String reason) {
        if (operator.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(what + " needs the operator's name and a reason");
        }
        if (operator.length() + reason.length() > MAX_WORDS) {
            throw new IllegalArgumentException("name and reason together may have " + MAX_WORDS + " characters");
        }
    }
}
