package dev.ha4j.api.state;

import dev.ha4j.api.Incarnation;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the cluster knows of one node.
 *
 * @param presence whether it is here
 * @param incarnation its present life, or the last one seen
 * @param proof what is known of its end, if it is lost
 * @param standby whether an operator keeps resources off it
 * @param maintenance whether its resources are left alone
 * @param leaving whether it asked for its resources to be moved away, to leave cleanly
 * @param announcedLevel the highest feature level that its software knows
 * @param implemented names of the primitives that it can run
 * @param attributes for rules, on top of the configured ones
 * @param promotionScores by name of the primitive; gone with its incarnation
 */
public record NodeStatus(
        Presence presence,
        Optional<Incarnation> incarnation,
        Proof proof,
        boolean standby,
        boolean maintenance,
        boolean leaving,
        int announcedLevel,
        SortedSet<String> implemented,
        SortedMap<String, String> attributes,
        SortedMap<String, Integer> promotionScores) {

    /** A configured node that was never seen. */
    public static final NodeStatus NEVER_SEEN = new NodeStatus(
            Presence.LOST,
            Optional.empty(),
            Proof.NONE,
            false,
            false,
            false,
            0,
            Collections.emptySortedSet(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());

    public NodeStatus {
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(proof, "proof");
        implemented = Collections.unmodifiableSortedSet(new TreeSet<>(implemented));
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        promotionScores = Collections.unmodifiableSortedMap(new TreeMap<>(promotionScores));
    }

    public boolean isMember() {
        return presence == Presence.MEMBER;
    }

    /** Whether it vanished, and nothing at all is known of its end. */
    public boolean isUnclean() {
        return presence == Presence.LOST && proof.equals(Proof.NONE);
    }

    public NodeStatus joined(Incarnation newIncarnation, int level, SortedSet<String> newImplemented) {
        return new NodeStatus(
                Presence.MEMBER,
                Optional.of(newIncarnation),
                Proof.NONE,
                standby,
                maintenance,
                false,
                level,
                newImplemented,
                attributes,
                Collections.emptySortedMap());
    }

    public NodeStatus gone(Presence newPresence) {
        return new NodeStatus(
                newPresence,
                incarnation,
                Proof.NONE,
                standby,
                maintenance,
                leaving,
                announcedLevel,
                implemented,
                attributes,
                Collections.emptySortedMap());
    }

    public NodeStatus withProof(Proof newProof) {
        return new NodeStatus(
                presence,
                incarnation,
                newProof,
                standby,
                maintenance,
                leaving,
                announcedLevel,
                implemented,
                attributes,
                promotionScores);
    }

    public NodeStatus withStandby(boolean newStandby) {
        return new NodeStatus(
                presence,
                incarnation,
                proof,
                newStandby,
                maintenance,
                leaving,
                announcedLevel,
                implemented,
                attributes,
                promotionScores);
    }

    public NodeStatus withMaintenance(boolean newMaintenance) {
        return new NodeStatus(
                presence,
                incarnation,
                proof,
                standby,
                newMaintenance,
                leaving,
                announcedLevel,
                implemented,
                attributes,
                promotionScores);
    }

    public NodeStatus withLeaving(boolean newLeaving) {
        return new NodeStatus(
                presence,
                incarnation,
                proof,
                standby,
                maintenance,
                newLeaving,
                announcedLevel,
                implemented,
                attributes,
                promotionScores);
    }

    public NodeStatus withImplemented(SortedSet<String> newImplemented) {
        return new NodeStatus(
                presence,
                incarnation,
                proof,
                standby,
                maintenance,
                leaving,
                announcedLevel,
                newImplemented,
                attributes,
                promotionScores);
    }

    public NodeStatus withAttributes(SortedMap<String, String> newAttributes) {
        return new NodeStatus(
                presence,
                incarnation,
                proof,
                standby,
                maintenance,
                leaving,
                announcedLevel,
                implemented,
                newAttributes,
                promotionScores);
    }

    public NodeStatus withPromotionScores(SortedMap<String, Integer> newScores) {
        return new NodeStatus(
                presence,
                incarnation,
                proof,
                standby,
                maintenance,
                leaving,
                announcedLevel,
                implemented,
                attributes,
                newScores);
    }
}
